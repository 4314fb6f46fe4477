package dev.weir.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Ten thousand random sequences of moves get the same answers from the ledger as from a plain model. Short sequences, a brand
 * each, over several connections: a fault needs few moves to show, and one that does is shown with the fewest.
 */
class ModelTest {
    private static final int SEQUENCES = 10_000;
    private static final int THREADS = 4;
    private static final int LEAST_MOVES = 4;
    private static final int MOST_MOVES = 8;
    private static final Map<String, Integer> STOCK = Map.of("A", 3, "B", 2);
    private static final ReservationSettings SETTINGS = new ReservationSettings(
            Duration.ofSeconds(90), Duration.ofSeconds(180), Duration.ofSeconds(2), Duration.ofSeconds(10), false);

    private final long seed = Long.getLong("weir.model.seed", 20261124L);
    private final HikariDataSource database = Servers.anotherDatabase("model");
    private final JdbcTemplate jdbc = new JdbcTemplate(database);

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void tenThousandSequences_agreeWithThePlainModel() throws Exception {
        List<Future<?>> threads = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(THREADS)) {
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                threads.add(executor.submit(() -> runShare(thread)));
            }
        }
        for (Future<?> thread : threads) {
            thread.get();
        }
        movementsExplainEverything();
    }

    private void runShare(int thread) {
        Duration behind = thread == 0 ? Duration.ofDays(3650) : Duration.ZERO;
        try (LedgerStock ledger = new LedgerStock(database, behind, thread == 0, SETTINGS)) {
            for (int n = thread; n < SEQUENCES; n += THREADS) {
                List<Move> moves = sequence(new Random(seed + n));
                if (disagreement(ledger, moves, n + "") != null) {
                    throw new AssertionError(shrunk(ledger, moves, n));
                }
            }
        }
    }

    /** Leaves out whatever the disagreement does not need. */
    private String shrunk(LedgerStock ledger, List<Move> moves, int n) {
        List<Move> least = moves;
        int tries = 0;
        for (int i = least.size() - 1; i >= 0; i--) {
            List<Move> without = new ArrayList<>(least);
            without.remove(i);
            if (disagreement(ledger, without, n + "-" + tries++) != null) {
                least = without;
            }
        }
        return "seed " + seed + ", sequence " + n + ": " + least + ": " + disagreement(ledger, least, n + "-" + tries);
    }

    /** Null when both gave the same answers and have the same numbers in the end. */
    private String disagreement(LedgerStock ledger, List<Move> moves, String name) {
        String brand = "model-" + name;
        jdbc.update(
                "with s as (insert into stock (brand, sku, on_hand, version, updated_at)"
                        + " values (?, 'A', 3, 1, now()), (?, 'B', 2, 1, now()) returning brand, sku, on_hand)"
                        + " insert into stock_movement (brand, sku, kind, on_hand, version, cause, at)"
                        + " select brand, sku, 'ON_HAND', on_hand, 1, 'test', now() from s",
                brand,
                brand);
        ModelStock model = new ModelStock(STOCK, SETTINGS.holdFor(), SETTINGS.payingFor());
        ledger.begin(brand);
        for (Move move : moves) {
            String expected = model.apply(move);
            String actual = ledger.apply(move);
            if (!actual.equals(expected)) {
                return move + " answered \"" + actual + "\" (expected: \"" + expected + "\")";
            }
        }
        String expected = model.levels();
        String actual = ledger.levels();
        return actual.equals(expected) ? null : "levels " + actual + " (expected: " + expected + ")";
    }

    private static List<Move> sequence(Random random) {
        return IntStream.range(0, random.nextInt(LEAST_MOVES, MOST_MOVES + 1))
                .mapToObj(i -> move(random))
                .toList();
    }

    private static Move move(Random random) {
        int key = random.nextInt(3);
        return switch (random.nextInt(16)) {
            case 0, 1 -> new Move.Commit(key);
            case 2 -> new Move.Release(key);
            case 3 -> new Move.Pay(key);
            case 4 -> new Move.Sell(units(random));
            case 5 -> new Move.Restock(units(random));
            case 6 -> new Move.Count(new Move.Units(sku(random), random.nextInt(6)));
            case 7, 8 ->
                new Move.Wait(Duration.ofSeconds(List.of(1, 89, 90, 180).get(random.nextInt(4))));
            case 9 -> new Move.Sweep();
            default -> new Move.Hold(key, lines(random));
        };
    }

    private static List<Move.Units> lines(Random random) {
        if (random.nextInt(20) == 0) {
            return List.of(new Move.Units("A", 1), new Move.Units("Z", 1));
        }
        return IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(i -> units(random))
                .toList();
    }

    private static Move.Units units(Random random) {
        return new Move.Units(sku(random), 1 + random.nextInt(2));
    }

    private static String sku(Random random) {
        return random.nextBoolean() ? "A" : "B";
    }

    private void movementsExplainEverything() {
        assertThat(jdbc.queryForList(
                        "select s.brand, s.sku from stock s left join (select brand, sku, sum(on_hand) as on_hand,"
                                + " sum(held) as held, sum(sold) as sold from stock_movement group by brand, sku) m"
                                + " using (brand, sku) where (s.on_hand, s.held, s.sold)"
                                + " is distinct from (m.on_hand, m.held, m.sold)"))
                .isEmpty();
    }
}
