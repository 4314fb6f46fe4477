package dev.weir.shopify;

import com.sun.net.httpserver.HttpServer;
import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelKit;
import dev.weir.connectors.Connection;
import dev.weir.connectors.http.ChannelHttp;
import dev.weir.connectors.mapping.Mappings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A shop that gives the answers it was told to give, in order, and keeps what it was asked. */
final class FakeShop implements AutoCloseable {
    private final HttpServer server;
    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    FakeShop() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            Answer answer = answers.size() > 1 ? answers.remove() : answers.element();
            if (answer.status() == 0) {
                exchange.close();
                return;
            }
            answer.headers().forEach(exchange.getResponseHeaders()::add);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    FakeShop then(int status, String body) {
        return then(status, Map.of(), body);
    }

    FakeShop then(int status, Map<String, String> headers, String body) {
        answers.add(new Answer(status, headers, body));
        return this;
    }

    /** Takes the request and says nothing. */
    FakeShop thenHangsUp() {
        return then(0, "");
    }

    List<String> asked() {
        return asked;
    }

    Channel channel() {
        return new ShopifyProvider()
                .create(new ChannelKit(new ChannelHttp(100), new Mappings(null), Clock.systemUTC()));
    }

    Connection connection() {
        return new Connection(
                UUID.randomUUID(),
                "demo",
                "shopify",
                "Fake",
                Map.of(
                        "baseUrl", "http://127.0.0.1:" + server.getAddress().getPort(),
                        "shop", "fake.myshopify.com",
                        "accessToken", "shpat_fake",
                        "webhookSecret", "hush",
                        "locationId", "7"));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private record Answer(int status, Map<String, String> headers, String body) {}
}
