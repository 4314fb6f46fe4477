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
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/**
 * Ten thousand random sequences of moves, with bundles and allocations, get the same answers from the ledger as from a plain
 * model. Short sequences: a fault needs few moves to show, and one that does is shown with the fewest.
 */
class ModelTest {
    static final Map<String, Integer> STOCK = Map.of("A", 5, "B", 4);
    static final Duration IN_FLIGHT = Duration.ofSeconds(30);
    static final ReservationSettings SETTINGS = new ReservationSettings(
            Duration.ofSeconds(90), Duration.ofSeconds(180), Duration.ofSeconds(2), Duration.ofSeconds(10), false);

    private static final int SEQUENCES = 10_000;
    private static final int AT_ONCE = 50;
    private static final int LEAST_MOVES = 4;
    private static final int MOST_MOVES = 7;

    private final long seed = Long.getLong("weir.model.seed", 20261124L);
    /** Each half has a database and a clock of its own, because whoever sweeps or settles does it for all. */
    private final List<Half> halves = List.of(new Half("model_one"), new Half("model_two"));

    private static final class Half implements AutoCloseable {
        final HikariDataSource database;
        final TestClock clock = new TestClock();
        final ReservationModule module;

        Half(String name) {
            database = Servers.anotherDatabase(name);
            module = ReservationModule.create(
                    database,
                    new DataSourceTransactionManager(database),
                    null,
                    Shop.SECRET,
                    events -> {},
                    clock,
                    SETTINGS);
        }

        ModelGroup group(String name, List<List<Move>> sequences) {
            return new ModelGroup(database, module, clock, "model-" + name, sequences);
        }

        @Override
        public void close() {
            module.close();
            database.close();
        }
    }

    @AfterEach
    void stop() {
        halves.forEach(Half::close);
    }

    @Test
    void tenThousandSequences_agreeWithThePlainModel() throws Exception {
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(halves.size())) {
            for (int i = 0; i < halves.size(); i++) {
                int which = i;
                running.add(threads.submit(() -> {
                    agree(which);
                    return null;
                }));
            }
        }
        for (Future<?> one : running) {
            one.get();
        }
        halves.forEach(ModelTest::movementsExplainEverything);
    }

    private void agree(int which) throws Exception {
        Half half = halves.get(which);
        for (int first = which * AT_ONCE; first < SEQUENCES; first += halves.size() * AT_ONCE) {
            List<List<Move>> sequences = sequences(first);
            Map<Integer, String> wrong = half.group("" + first, sequences).disagreements();
            if (!wrong.isEmpty()) {
                throw new AssertionError("seed " + seed + ": " + shrunk(half, sequences, wrong, first));
            }
        }
    }

    /** One that disagreed, without whatever its disagreement does not need; the group, when it disagrees only with others. */
    private static String shrunk(Half half, List<List<Move>> sequences, Map<Integer, String> wrong, int first)
            throws Exception {
        int tries = 0;
        for (int which : wrong.keySet()) {
            List<Move> least = sequences.get(which);
            String why = alone(half, least, first + "-" + tries++);
            for (int i = least.size() - 1; i >= 0 && why != null; i--) {
                List<Move> without = new ArrayList<>(least);
                without.remove(i);
                String still = without.isEmpty() ? null : alone(half, without, first + "-" + tries++);
                if (still != null) {
                    least = without;
                    why = still;
                }
            }
            if (why != null) {
                return "sequence " + (first + which) + ": " + least + ": " + why;
            }
        }
        int which = wrong.keySet().iterator().next();
        return "sequence " + (first + which) + ", among its group only: " + sequences.get(which) + ": "
                + wrong.get(which);
    }

    private static String alone(Half half, List<Move> moves, String name) throws Exception {
        return half.group(name, List.of(moves)).onlyDisagreement();
    }

    /** Equally long, with time, sweeper and settlement at the same places. */
    private List<List<Move>> sequences(int first) {
        Random shared = new Random(seed + first);
        List<Move.Common> common = new ArrayList<>();
        for (int i = shared.nextInt(LEAST_MOVES, MOST_MOVES + 1); i > 0; i--) {
            common.add(shared.nextInt(4) == 0 ? common(shared) : null);
        }
        return IntStream.range(first, first + AT_ONCE)
                .mapToObj(n -> {
                    Random random = new Random(31 * seed + n);
                    return common.stream()
                            .map(move -> move == null ? move(random) : move)
                            .toList();
                })
                .toList();
    }

    private static Move.Common common(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> new Move.Sweep();
            case 1, 2 -> new Move.Settle();
            default ->
                new Move.Wait(Duration.ofSeconds(List.of(1, 30, 89, 90, 180).get(random.nextInt(5))));
        };
    }

    private static Move move(Random random) {
        int key = random.nextInt(3);
        return switch (random.nextInt(20)) {
            case 0, 1 -> new Move.Commit(key);
            case 2 -> new Move.Release(key, random.nextBoolean());
            case 3 -> new Move.Pay(key);
            case 4, 5, 6 ->
                new Move.Sell(
                        random.nextInt(3) == 0 ? "web" : LedgerStock.OWNER, key, new Move.Units(any(random), 1 + key));
            case 7 -> new Move.Restock(new Move.Units(any(random), 1 + random.nextInt(2)));
            case 8 -> new Move.Count(new Move.Units(sku(random), random.nextInt(9)));
            case 9, 10, 11 -> new Move.Resize(new Move.Units(sku(random), random.nextInt(6)));
            case 12 -> new Move.Publish(sku(random));
            case 13 -> new Move.Confirm(sku(random));
            case 14 -> new Move.Compose(recipe(random));
            default -> new Move.Hold(key, lines(random));
        };
    }

    private static List<Move.Units> recipe(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> List.of();
            case 1 -> List.of(new Move.Units("A", 2));
            default -> List.of(new Move.Units("A", 1), new Move.Units("B", 1 + random.nextInt(2)));
        };
    }

    private static List<Move.Units> lines(Random random) {
        if (random.nextInt(20) == 0) {
            return List.of(new Move.Units("A", 1), new Move.Units("Z", 1));
        }
        return IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(i -> new Move.Units(any(random), 1 + random.nextInt(2)))
                .toList();
    }

    private static String any(Random random) {
        return random.nextInt(4) == 0 ? ModelStock.BUNDLE : sku(random);
    }

    private static String sku(Random random) {
        return random.nextBoolean() ? "A" : "B";
    }

    private static void movementsExplainEverything(Half half) {
        assertThat(new JdbcTemplate(half.database)
                        .queryForList("select s.brand, s.sku from stock s left join (select brand, sku,"
                                + " sum(on_hand) as on_hand, sum(held) as held, sum(sold) as sold, sum(allocated) as allocated"
                                + " from stock_movement group by brand, sku) m using (brand, sku)"
                                + " where (s.on_hand, s.held, s.sold, s.allocated)"
                                + " is distinct from (m.on_hand, m.held, m.sold, m.allocated)"))
                .isEmpty();
    }
}
