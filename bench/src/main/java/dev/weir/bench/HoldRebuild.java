package dev.weir.bench;

import dev.weir.bench.hold.HoldRig;
import dev.weir.bench.rig.Machine;
import dev.weir.bench.rig.Options;
import dev.weir.connectors.Sku;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * For how long does the ledger decide alone after Redis has forgotten everything? Redis is flushed while the shop is busy
 * with a sold-out SKU; the clock runs from the flush to the first answer that comes from Redis again with all of it rebuilt.
 *
 * <p>Usage: {@code HoldRebuild [skus=10000] [holds=50000] [times=5]}.
 */
public final class HoldRebuild {
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private HoldRebuild() {}

    /** Runs it and prints each time. */
    public static void main(String[] args) throws Exception {
        var options = new Options(args, "skus", "holds", "times");
        int skus = options.number("skus", 10_000);
        int holds = options.number("holds", 50_000);
        PrintStream out = System.out;
        out.printf("%s; %,d SKUs, %,d live holds of one unit%n", Machine.describe(), skus, holds);
        try (HoldRig rig = HoldRig.start();
                RedisClient client = RedisClient.create(rig.redis());
                StatefulRedisConnection<String, String> redis = client.connect()) {
            fill(rig, skus, holds);
            Sku gone = rig.stock("gone", 1, 0).getFirst();
            List<Long> millis = new ArrayList<>();
            for (int i = 0; i < options.number("times", 5); i++) {
                redis.sync().flushall();
                millis.add(untilAnswered(rig, gone));
                long keys = redis.sync().dbsize();
                if (keys < 2L * Math.min(skus, holds)) {
                    throw new IllegalStateException(
                            "keys in Redis: %d (expected: stock and holds of all SKUs)".formatted(keys));
                }
            }
            out.printf(
                    "from the flush to the first answer of a rebuilt Redis: %s ms (expected: 2000 or less)%n", millis);
        }
        System.exit(0);
    }

    private static long untilAnswered(HoldRig rig, Sku gone) throws InterruptedException {
        long from = System.nanoTime();
        int tap = 0;
        while (System.nanoTime() - from < PATIENCE_NANOS) {
            // A buyer's tap notices the loss, as it would in a shop.
            if (tap++ == 0) {
                rig.module().reservations().hold(rig.tap("flush/" + from, gone));
            }
            if (rig.module()
                    .reservations()
                    .soldOut(HoldRig.BRAND, "look/" + from, Map.of(gone, 1))
                    .isPresent()) {
                return Duration.ofNanos(System.nanoTime() - from).toMillis();
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
        throw new IllegalStateException("gate: closed after 60 s (expected: open)");
    }

    private static void fill(HoldRig rig, int skus, int holds) {
        var jdbc = new JdbcTemplate(rig.database());
        jdbc.update(
                "insert into stock (brand, sku, on_hand, held, version, updated_at)"
                        + " select 'house', 'sku-' || i, 1000, ?::int / ?::int, 1, now() from generate_series(1, ?) i",
                holds,
                skus,
                skus);
        jdbc.update(
                "insert into hold (id, brand, show_id, idempotency_key, request_hash, token_hash, state, created_at,"
                        + " expires_at, attribution, skus, units) select md5(i::text)::uuid, 'house', md5(i::text)::uuid, 'fill/' || i,"
                        + " decode(md5(i::text), 'hex'), decode(md5('t' || i), 'hex'), 'HELD', now(),"
                        + " now() + interval '1 hour', '{}', array['sku-' || (i % ? + 1)], array[1] from generate_series(1, ?) i",
                skus, holds);
        jdbc.update(
                "insert into hold_line (hold_id, line_no, sku, quantity, unit_minor, currency)"
                        + " select md5(i::text)::uuid, 0, 'sku-' || (i % ? + 1), 1, 1290, 'EUR' from generate_series(1, ?) i",
                skus, holds);
        jdbc.execute("analyze");
    }
}
