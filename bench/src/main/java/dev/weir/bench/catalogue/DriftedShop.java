package dev.weir.bench.catalogue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Sku;
import dev.weir.routes.Drifts;
import dev.weir.routes.Drifts.Ask;
import dev.weir.routes.Drifts.Cause;
import dev.weir.routes.Drifts.Entry;
import dev.weir.routes.Drifts.Mode;
import dev.weir.routes.Drifts.Run;
import dev.weir.routes.Drifts.RunState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A Shopify shop whose numbers somebody changes behind the hub's back, in ways that each have a cause of their own. */
public final class DriftedShop implements AutoCloseable {
    private static final long PATIENCE_NANOS = 900_000_000_000L;

    /** Echoes are late only for a moment: their SKUs are among the first that are read. */
    private static final int EARLY = 400;

    private final Servers servers;
    private final Connection shop;
    private final ShopHub hub;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Integer> skus;
    private final Map<String, Cause> expected = new LinkedHashMap<>();
    private final Map<String, Integer> before = new LinkedHashMap<>();

    /** A hub over {@code servers}, at whose shop there are {@code count} SKUs. */
    public DriftedShop(Servers servers, int count) {
        this.servers = servers;
        shop = ShopHub.shop("shopify", servers.facts(), Map.of("backend", "true"));
        hub = new ShopHub(servers.database(), servers.kafka(), List.of(shop), UnaryOperator.identity());
        skus = new ArrayList<>(IntStream.range(EARLY, count).boxed().toList());
        Collections.shuffle(skus, new Random(7));
    }

    /** Brings the shop's catalogue in, and waits until it was asked for orders for the first time. */
    public void start(int count) throws SQLException, InterruptedException {
        hub.start();
        await("select case when count(*) = " + count
                + " then 1 else 0 end from published_level where version is not null");
        await("select count(*) from connection_chore where kind = 'ORDERS' and done_at is not null");
    }

    private void await(String query) throws SQLException, InterruptedException {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (servers.numbers(query)[0] == 0) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("not within 15 min: " + query);
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /** Buyers buy and no push tells of it. */
    public void sell(int count) throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            Sku sku = next(Cause.LOST_WEBHOOK);
            call("POST", "/sandbox/shopify/orders", "{\"sku\":\"" + sku + "\",\"quantity\":" + (1 + i % 3) + "}");
        }
    }

    /** Somebody sets numbers, up and down by turns. */
    public void edit(int count) throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            Sku sku = next(Cause.MANUAL_EDIT);
            int now = level(sku);
            set(sku, i % 2 == 0 ? now + 1 + i : Math.max(0, now - 1 - i % 9));
        }
    }

    /** The shop takes a number of ours and shows the one before it again. */
    public void loseWrites(int count) throws Exception {
        List<Sku> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(next(Cause.OURS));
        }
        for (Map.Entry<Sku, Integer> earlier : overwritten(some).entrySet()) {
            set(earlier.getKey(), earlier.getValue());
        }
    }

    /** As {@link #loseWrites}, a moment ago: these are to be left alone. */
    public void echo(int count) throws Exception {
        List<Sku> some = IntStream.range(0, count).mapToObj(Platforms::sku).toList();
        some.forEach(sku -> expected.put(sku.value(), Cause.LATE_ECHO));
        for (Map.Entry<Sku, Integer> earlier : overwritten(some).entrySet()) {
            set(earlier.getKey(), earlier.getValue());
        }
    }

    /** Writes two numbers of ours after each other; answers the first of each. */
    private Map<Sku, Integer> overwritten(List<Sku> some) throws SQLException, InterruptedException {
        Map<Sku, Integer> earlier = new LinkedHashMap<>();
        for (int more = 1; more <= 2; more++) {
            for (Sku sku : some) {
                int units = level(sku) + more;
                hub.reservation.stock().setOnHand(ShopHub.BRAND, sku, units, "bench");
                earlier.putIfAbsent(sku, units);
            }
            for (Sku sku : some) {
                await("select count(*) from published_level where sku = '" + sku + "' and available = " + level(sku));
            }
        }
        return earlier;
    }

    /** What was told until now lies back so far that nothing of it is under way. */
    public void age() throws SQLException {
        try (var connection = hub.database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update published_level set published_at = published_at - interval '10 minutes'");
        }
    }

    private Sku next(Cause cause) {
        Sku sku = Platforms.sku(skus.removeLast());
        expected.put(sku.value(), cause);
        return sku;
    }

    private int level(Sku sku) {
        return hub.reservation.stock().level(ShopHub.BRAND, sku).orElseThrow().available();
    }

    private void set(Sku sku, int units) throws IOException, InterruptedException {
        before.put(sku.value(), units);
        call("PUT", "/sandbox/shopify/stock", "{\"sku\":\"" + sku + "\",\"units\":" + units + "}");
    }

    private String call(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(servers.facts().path("url").asText() + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(method + " " + path + " " + body + ": " + answer.body());
        }
        return answer.body();
    }

    /** Compares and heals. */
    public Run run() throws InterruptedException {
        Drifts drifts = hub.routes.drifts();
        UUID id = drifts.ask(ShopHub.BRAND, shop.id(), new Ask(Mode.HEAL, false, false, "bench"))
                .id();
        while (true) {
            Run run = drifts.run(ShopHub.BRAND, id).orElseThrow();
            if (run.state() == RunState.DONE || run.state() == RunState.FAILED) {
                return run;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** What the run found. */
    public List<Entry> found(Run run) {
        List<Entry> found = new ArrayList<>();
        String cursor = null;
        do {
            Drifts.Page page = hub.routes.drifts().list(ShopHub.BRAND, null, null, run.id(), cursor, 200);
            found.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return found;
    }

    /** What was changed, by SKU, and why the hub should say it was. */
    public Map<String, Cause> expected() {
        return Collections.unmodifiableMap(expected);
    }

    /** Whether the shop shows what it should: our number, or what was set where that was to be left alone. */
    public int right() throws IOException, InterruptedException {
        var shown = new ObjectMapper().readTree(call("GET", "/sandbox/shopify/stock", ""));
        int right = 0;
        for (Map.Entry<String, Cause> one : expected.entrySet()) {
            int should = one.getValue() == Cause.LATE_ECHO ? before(one.getKey()) : level(new Sku(one.getKey()));
            right += shown.path(one.getKey()).asInt(-1) == should ? 1 : 0;
        }
        return right;
    }

    private int before(String sku) {
        return Objects.requireNonNull(before.get(sku), sku);
    }

    /** Takes every heal back; answers of how many the shop shows again what was there before. */
    public int undo(List<Entry> healed) throws IOException, InterruptedException {
        for (Entry entry : healed) {
            hub.routes.drifts().undo(ShopHub.BRAND, entry.id(), "bench");
        }
        var shown = new ObjectMapper().readTree(call("GET", "/sandbox/shopify/stock", ""));
        return (int) healed.stream()
                .filter(entry -> shown.path(entry.subject()).asInt(-1) == before(entry.subject()))
                .count();
    }

    @Override
    public void close() {
        hub.close();
    }
}
