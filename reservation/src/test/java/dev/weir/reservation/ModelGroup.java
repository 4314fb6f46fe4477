package dev.weir.reservation;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Do many sequences at once, in one brand but each with SKUs of its own, get the model's answers? In rounds: the taps and
 * releases of a round share their commits as a rush does, and what joins a caller's transaction shares one.
 */
final class ModelGroup {
    private static final int MOST_JOINED = 50;
    private static final String STOCK = "with s as (insert into stock (brand, sku, on_hand, version, updated_at)"
            + " select ?, n || '-' || sku, units, 1, now() from generate_series(0, ? - 1) n,"
            + " unnest(?::text[], ?::int[]) as t (sku, units) returning brand, sku, on_hand)"
            + " insert into stock_movement (brand, sku, kind, on_hand, version, cause, at)"
            + " select brand, sku, 'ON_HAND', on_hand, 1, 'test', now() from s";

    private final ReservationModule module;
    private final TestClock clock;
    private final TransactionTemplate transactions;
    private final String brand;
    private final List<Player> players = new ArrayList<>();

    private record Player(LedgerStock ledger, ModelStock model, List<Move> moves) {}

    /** All of {@code sequences} are equally long, and have their common moves at the same places. */
    ModelGroup(
            HikariDataSource database,
            ReservationModule module,
            TestClock clock,
            String brand,
            List<List<Move>> sequences) {
        this.module = module;
        this.clock = clock;
        this.brand = brand;
        this.transactions = new TransactionTemplate(new DataSourceTransactionManager(database));
        Map<String, Integer> stock = new TreeMap<>(ModelTest.STOCK);
        new JdbcTemplate(database)
                .update(
                        STOCK,
                        brand,
                        sequences.size(),
                        stock.keySet().toArray(String[]::new),
                        stock.values().toArray(Integer[]::new));
        module.allocations().setInFlight(brand, LedgerStock.OWNER, ModelTest.IN_FLIGHT);
        for (List<Move> moves : sequences) {
            ModelStock model = new ModelStock(
                    stock, ModelTest.SETTINGS.holdFor(), ModelTest.SETTINGS.payingFor(), ModelTest.IN_FLIGHT);
            players.add(new Player(new LedgerStock(module, clock, brand, players.size()), model, moves));
        }
    }

    /** What the first that disagreed was told instead, by its place in the group; empty when all agree. */
    Map<Integer, String> disagreements() throws Exception {
        Map<Integer, String> wrong = new TreeMap<>();
        for (int round = 0; round < players.getFirst().moves().size() && wrong.isEmpty(); round++) {
            int now = round;
            List<Move> moves =
                    players.stream().map(player -> player.moves().get(now)).toList();
            Map<Integer, String> answers = moves.getFirst() instanceof Move.Common common ? all(common) : round(moves);
            for (int i = 0; i < moves.size(); i++) {
                String expected = players.get(i).model().apply(moves.get(i));
                String actual = answers.getOrDefault(i, "done");
                if (!actual.equals(expected)) {
                    wrong.put(i, moves.get(i) + " answered \"" + actual + "\" (expected: \"" + expected + "\")");
                }
            }
        }
        return wrong.isEmpty() ? differingLevels() : wrong;
    }

    private Map<Integer, String> all(Move.Common move) {
        switch (move) {
            case Move.Wait(var time) -> clock.move(time);
            case Move.Sweep() -> module.sweeper().sweep();
            case Move.Settle() -> module.allocations().settle();
        }
        return Map.of();
    }

    private Map<Integer, String> round(List<Move> moves) throws Exception {
        Map<Integer, String> answers = new ConcurrentHashMap<>();
        List<Integer> joined = new ArrayList<>();
        List<Integer> alone = new ArrayList<>();
        for (int i = 0; i < moves.size(); i++) {
            if (moves.get(i) instanceof Move.Compose) {
                // Nobody taps while bundles change: it would have to try again, which is another story.
                answers.put(i, players.get(i).ledger().apply(moves.get(i)));
            } else {
                (joins(moves.get(i)) ? joined : alone).add(i);
            }
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int from = 0; from < joined.size(); from += MOST_JOINED) {
                List<Integer> some = joined.subList(from, Math.min(joined.size(), from + MOST_JOINED));
                running.add(threads.submit(() -> transactions.executeWithoutResult(status ->
                        some.forEach(i -> answers.put(i, answer(i, moves.get(i)))))));
            }
            alone.forEach(i -> running.add(threads.submit(() -> answers.put(i, answer(i, moves.get(i))))));
            for (Future<?> one : running) {
                one.get();
            }
        }
        return answers;
    }

    private String answer(int player, Move move) {
        return players.get(player).ledger().apply(move);
    }

    /** Those that throw, that gather at the queue, or that begin a transaction of their own do not. */
    private static boolean joins(Move move) {
        return switch (move) {
            case Move.Release(var key, var joined) -> joined;
            case Move.Pay _, Move.Commit _, Move.Sell _, Move.Count _, Move.Resize _, Move.Publish _ -> true;
            case Move.Hold _, Move.Restock _, Move.Confirm _, Move.Compose _, Move.Common _ -> false;
        };
    }

    private Map<Integer, String> differingLevels() {
        List<StockLedger.Level> levels = module.stock().levels(brand, "", 500);
        List<String> open = module.shortfalls().list(brand, true, 200).stream()
                .map(Shortfall::cause)
                .toList();
        Map<Integer, String> wrong = new TreeMap<>();
        for (int i = 0; i < players.size(); i++) {
            String expected = players.get(i).model().levels();
            String actual = players.get(i).ledger().levels(levels, open);
            if (!actual.equals(expected)) {
                wrong.put(i, "levels " + actual + " (expected: " + expected + ")");
            }
        }
        return wrong;
    }

    /** Or null. */
    @Nullable
    String onlyDisagreement() throws Exception {
        return disagreements().get(0);
    }
}
