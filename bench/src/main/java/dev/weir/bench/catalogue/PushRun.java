package dev.weir.bench.catalogue;

import dev.weir.connectors.Connection;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Products that go out to TikTok Shop and Meta, while stock changes. */
public final class PushRun implements AutoCloseable {
    private static final int PAGE = 500;
    private static final UUID BACKEND = UUID.nameUUIDFromBytes(new byte[] {1});

    private final Servers servers;
    private final Accepted accepted = new Accepted();
    private final List<Connection> shops;
    private final ShopHub hub;
    private final List<Calls> calls;
    private final Random random = new Random(7);
    private final int count;

    /** {@code perMinute} batches of Meta's catalogue, as it allows them. */
    public PushRun(Servers servers, int count, int perMinute) {
        this.servers = servers;
        this.count = count;
        shops = List.of(
                ShopHub.shop("tiktok-shop", servers.facts(), Map.of()),
                ShopHub.shop(
                        "instagram",
                        servers.facts(),
                        Map.of("batchCallsPerMinute", Integer.toString(perMinute), "brand", "House")));
        hub = new ShopHub(servers.database(), servers.kafka(), shops, accepted::watched);
        calls = shops.stream().map(shop -> new Calls(hub.http, shop)).toList();
    }

    /** The channels' names. */
    public List<String> channels() {
        return shops.stream().map(Connection::channel).toList();
    }

    /** Puts products with stock there, of which no shop knows yet. */
    public void stock() throws SQLException {
        URI picture = URI.create(servers.facts().path("url").asText() + Platforms.PICTURE);
        for (int from = 0; from < count; from += PAGE) {
            List<Listing> page = new ArrayList<>();
            Map<Sku, Integer> units = new HashMap<>();
            for (int number = from; number < Math.min(count, from + PAGE); number++) {
                Sku sku = Platforms.sku(number);
                page.add(new Listing(
                        sku, Platforms.title(number), Platforms.price(number), picture, "b-" + sku, null, null));
                units.put(sku, 50);
            }
            hub.live.catalogue().putAll(ShopHub.BRAND, BACKEND, page);
            hub.reservation.stock().bringIn(ShopHub.BRAND, units, "bench");
        }
        try (var connection = hub.database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update outbox set sent_at = now()");
        }
    }

    /** From now on they go out. */
    public void start() {
        hub.start();
    }

    /** How many products the shop has taken, and whether these are all. */
    public long[] standing(int shop) throws SQLException {
        long[] row = servers.numbers("select taken, case when done then 1 else 0 end from catalogue_run"
                + " where direction = 'OUT' and connection_id = '"
                + shops.get(shop).id() + "'");
        return row.length == 0 ? new long[] {0, 0} : row;
    }

    /** Changes the stock of so many listed SKUs of each shop that still takes products, spread over a second. */
    public void burst(int changes) throws SQLException, InterruptedException {
        for (int i = 0; i < changes; i++) {
            for (int shop = 0; shop < shops.size(); shop++) {
                long[] standing = standing(shop);
                if (standing[1] == 0 && standing[0] > 0) {
                    change(shops.get(shop), Platforms.sku(random.nextInt((int) standing[0])));
                }
            }
            TimeUnit.MILLISECONDS.sleep(Math.max(1, 1_000 / changes));
        }
    }

    private void change(Connection shop, Sku sku) {
        if (hub.live.catalogue().listing(shop.id(), sku).isEmpty()) {
            return;
        }
        long at = System.nanoTime();
        long version = hub.reservation
                .stock()
                .setOnHand(ShopHub.BRAND, sku, 1 + random.nextInt(90), "burst")
                .version();
        accepted.expect(shop, sku, version, at);
    }

    /** Nanoseconds from change to accepted. */
    public long[] latencies(int shop) {
        return accepted.latencies(shops.get(shop));
    }

    /** Changes that are not accepted yet. */
    public int open() {
        return accepted.open();
    }

    /** Counts the calls since the last look. */
    public void look() {
        calls.forEach(Calls::look);
    }

    /** How often an operation of the shop was called. */
    public int calls(int shop, String operation) {
        return calls.get(shop).of(operation);
    }

    /** All calls of the shop by operation and lane. */
    public String allCalls(int shop) {
        return calls.get(shop).toString();
    }

    /** How many calls the shop's stand-in refused because they were too many. */
    public String tooMany(int shop) throws IOException, InterruptedException {
        URI quota = URI.create(servers.facts().path("url").asText() + "/sandbox/"
                + shops.get(shop).channel() + "/quota");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(quota).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @Override
    public void close() {
        hub.close();
    }
}
