package dev.weir.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A product system of two pages, of which the second is not answered before {@link #release}. */
final class HouseCatalogue implements AutoCloseable {
    private static final String ITEM =
            "{\"sku\":\"%s\",\"title\":\"Of the house\",\"price\":\"9.00\",\"currency\":\"EUR\",\"onHand\":7}";

    private final HttpServer server;
    private final AtomicInteger firstPages = new AtomicInteger();
    private final CountDownLatch second = new CountDownLatch(1);

    HouseCatalogue() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** How often the catalogue was begun with. */
    int begun() {
        return firstPages.get();
    }

    void release() {
        second.countDown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = switch (exchange.getRequestURI().toString()) {
            case "/products" -> {
                firstPages.incrementAndGet();
                exchange.getResponseHeaders().set("Link", "</products?page=2>; rel=\"next\"");
                yield items("VASE-SAGE", "VASE-INK", "NOT-OURS");
            }
            case "/products?page=2" -> {
                await();
                yield items("VASE-CLAY");
            }
            default -> "[]";
        };
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void await() throws IOException {
        try {
            if (!second.await(60, TimeUnit.SECONDS)) {
                throw new IOException("nobody released the second page");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String items(String... skus) {
        StringBuilder items = new StringBuilder();
        for (String sku : skus) {
            items.append(items.isEmpty() ? "[" : ",").append(ITEM.formatted(sku));
        }
        return items.append("]").toString();
    }

    @Override
    public void close() {
        release();
        server.stop(0);
    }
}
