package dev.weir.bench.fire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * How do buyers reach a hub under fire? Over plain HTTP, with everything in the query. The whole hub is too heavy to be
 * started hundreds of times; this front is the JDK's own server over the same module.
 */
final class HubServer {
    private static final int BACKLOG = 256;

    private final HubShop shop;
    private final ShiftedClock clock;

    private HubServer(HubShop shop, ShiftedClock clock) {
        this.shop = shop;
        this.clock = clock;
    }

    /** Serves until it is killed. */
    static void run(HubArgs args, BiFunction<HubArgs, Clock, HubShop> shops) throws IOException {
        var clock = new ShiftedClock();
        HubShop shop = shops.apply(args, clock);
        var ticker = Executors.newSingleThreadScheduledExecutor();
        ticker.scheduleWithFixedDelay(shop::tend, 0, 1, TimeUnit.SECONDS);
        HttpServer http =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), args.port()), BACKLOG);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", new HubServer(shop, clock)::serve);
        http.start();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer;
            try {
                answer = answer(exchange.getRequestURI().getPath().substring(1), query(exchange));
            } catch (Exception e) {
                answer = new Answer(Answer.Word.UNSURE, e.toString());
            }
            byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(String what, Map<String, String> query) throws Exception {
        String brand = query.getOrDefault("brand", "");
        String id = query.getOrDefault("id", "");
        return switch (what) {
            case "ready" -> Answer.of(Answer.Word.DONE);
            case "clock" -> {
                clock.shift(Duration.ofMillis(Long.parseLong(id)));
                yield Answer.of(Answer.Word.DONE);
            }
            case "hold" -> shop.hold(brand, id, Line.parse(query.getOrDefault("lines", "")));
            case "commit" -> shop.commit(brand, id);
            case "release" -> shop.release(brand, id);
            case "pay" -> shop.pay(brand, id);
            case "sell" -> shop.sell(brand, id, line(query));
            case "restock" -> shop.restock(brand, id, line(query));
            case "onhand" -> shop.onHand(brand, line(query));
            case "level" -> shop.level(brand, id);
            default ->
                shop.more(
                        Event.Op.valueOf(what.toUpperCase(Locale.ROOT)),
                        brand,
                        id,
                        Line.parse(query.getOrDefault("lines", "")));
        };
    }

    private static Line line(Map<String, String> query) {
        return Line.parse(query.getOrDefault("lines", "")).getFirst();
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String part : raw == null ? new String[0] : raw.split("&")) {
            int equals = part.indexOf('=');
            query.put(part.substring(0, equals), URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }
}
