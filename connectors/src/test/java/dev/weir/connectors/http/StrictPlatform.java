package dev.weir.connectors.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A platform with a bucket of points, that refuses what the bucket does not hold and tells its figures, as Shopify does. */
final class StrictPlatform implements AutoCloseable {
    private final HttpServer server;
    private final double limit;
    private final double perSecond;
    private final AtomicInteger throttled = new AtomicInteger();
    private double level;
    private double charged;
    private long at = System.nanoTime();

    StrictPlatform(double limit, double perSecond) {
        this.limit = limit;
        this.perSecond = perSecond;
        level = limit;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            double cost =
                    Double.parseDouble(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = charge(cost).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private synchronized String charge(double cost) {
        long now = System.nanoTime();
        level = Math.min(limit, level + perSecond * (now - at) / 1e9);
        at = now;
        boolean isEnough = level >= cost;
        if (isEnough) {
            level -= cost;
            charged += cost;
        } else {
            throttled.incrementAndGet();
        }
        return """
            {%s"extensions":{"cost":{"requestedQueryCost":%s,"actualQueryCost":%s,
             "throttleStatus":{"maximumAvailable":%s,"currentlyAvailable":%s,"restoreRate":%s}}}}""".formatted(
                        isEnough ? "" : "\"errors\":[{\"message\":\"Throttled\"}],",
                        cost,
                        isEnough ? cost : null,
                        limit,
                        level,
                        perSecond);
    }

    HttpCall call(Lane lane, double cost) {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/graphql");
        return new HttpCall(
                        lane.name(),
                        "POST",
                        uri,
                        Map.of(),
                        Double.toString(cost).getBytes(StandardCharsets.UTF_8),
                        true)
                .in(lane)
                .costing(cost);
    }

    int throttled() {
        return throttled.get();
    }

    synchronized double level() {
        return level;
    }

    synchronized double charged() {
        return charged;
    }

    /** What may be charged in this time, beside what the bucket holds at first. */
    double refill(Duration length) {
        return perSecond * length.toNanos() / 1e9;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
