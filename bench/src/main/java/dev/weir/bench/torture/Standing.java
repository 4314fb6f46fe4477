package dev.weir.bench.torture;

import dev.weir.connectors.Sku;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What is still under way in a hub's database? Asked of the database itself, past every view. */
final class Standing {
    private static final long PATIENCE_SECONDS = 1_800;

    /** Shops that do not show what is free now; one that knows no SKU yet counts whole. */
    static final Map<String, String> TOLD = Map.of("levels that a shop was not told", """
            select count(*) from connection c cross join generate_series(0, %d) n
            left join stock s on s.brand = c.brand and s.sku = 'PIECE-' || to_char(n, 'FM00')
            left join published_level p on p.connection_id = c.id and p.sku = s.sku
            where s.sku is null or p.available is distinct from s.on_hand - s.held - s.sold - s.allocated""".formatted(StandIns.SKUS - 1));

    /** As above, and whatever was accepted has had its effect, and was told on. */
    static final Map<String, String> SETTLED = settled();

    private Standing() {}

    private static Map<String, String> settled() {
        Map<String, String> settled = new LinkedHashMap<>();
        settled.put("deliveries to be handled", "select count(*) from inbox where state = 'RECEIVED'");
        settled.put(
                "deliveries that are parked or dead", "select count(*) from inbox where state in ('PARKED', 'DEAD')");
        settled.put("events that Kafka has not", "select count(*) from outbox where sent_at is null");
        settled.put("orders to be pushed", "select count(*) from order_push where state = 'DUE'");
        settled.put("errands to shops", "select count(*) from channel_errand where state = 'DUE'");
        settled.putAll(TOLD);
        return settled;
    }

    /** Waits until all of {@code counts} are zero; throws with what is left after half an hour. */
    static void await(House house, String what, Map<String, String> counts)
            throws IOException, SQLException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Map<String, Long> left = left(house, counts);
        while (!left.isEmpty()) {
            if (System.nanoTime() > until) {
                throw new IOException(what + ": still under way after " + PATIENCE_SECONDS + " s: " + left);
            }
            Thread.sleep(250);
            left = left(house, counts);
        }
    }

    /** Waits until so many orders were heard of at the shop that is asked. */
    static void awaitAsked(House house, int orders) throws IOException, SQLException, InterruptedException {
        await(
                house,
                "orders of " + StandIns.MAGENTO,
                Map.of(
                        "not asked for yet",
                        "select %d - count(*) from orders where channel = '%s'".formatted(orders, StandIns.MAGENTO)));
    }

    /** Waits until stand-ins that work behind their answers show what they were told, half a minute at most: what they show is judged later. */
    static void awaitShown(House house) throws SQLException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!isShown(house) && System.nanoTime() < until) {
            Thread.sleep(250);
        }
    }

    private static boolean isShown(House house) throws SQLException {
        try (Connection connection = house.database();
                Statement statement = connection.createStatement();
                ResultSet told = statement.executeQuery("""
                        select c.channel, p.sku, p.available from published_level p
                        join connection c on c.id = p.connection_id""")) {
            while (told.next()) {
                Integer shown =
                        house.standIns().platform(told.getString(1)).stock().get(new Sku(told.getString(2)));
                if (shown == null || shown != told.getInt(3)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Those that are not zero. */
    static Map<String, Long> left(House house, Map<String, String> counts) throws SQLException {
        Map<String, Long> left = new LinkedHashMap<>();
        try (Connection connection = house.database();
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> count : counts.entrySet()) {
                try (ResultSet row = statement.executeQuery(count.getValue())) {
                    row.next();
                    left.put(count.getKey(), row.getLong(1));
                }
            }
        }
        return left.entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
    }
}
