package dev.weir.reservation;

import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** What does the ledger answer? The module over the real database, without a gate, and a brand for each sequence. */
final class LedgerStock implements AutoCloseable {
    private static final UUID SHOW = new UUID(0, 1);

    private final TestClock clock = new TestClock();
    private final boolean sweeps;
    private final ReservationModule module;
    private final Map<Integer, UUID> ids = new HashMap<>();
    private String brand = "";

    /**
     * A sweeper knows no brands: only the stock whose clock is behind all others' may sweep, or it would end theirs.
     */
    LedgerStock(DataSource database, Duration behind, boolean sweeps, ReservationSettings settings) {
        clock.move(behind.negated());
        this.sweeps = sweeps;
        module = ReservationModule.create(
                database,
                new DataSourceTransactionManager(database),
                null,
                Shop.SECRET,
                (of, topic, key, type, payload) -> {},
                clock,
                settings);
    }

    void begin(String nextBrand) {
        brand = nextBrand;
        ids.clear();
    }

    /** The outcome in words, as {@link ModelStock#apply} says them. */
    String apply(Move move) {
        Reservations reservations = module.reservations();
        return switch (move) {
            case Move.Hold(var key, var lines) -> hold(key, lines);
            case Move.Release(var key) -> reservations.release(id(key)) ? "released" : "not released";
            case Move.Pay(var key) -> reservations.startPaying(id(key)) ? "paying" : "not paying";
            case Move.Commit(var key) -> commit(key);
            case Move.Sell(var line) -> sell(line);
            case Move.Restock(var line) -> refusedOr("restocked", () -> reservations.restock(sale(line)));
            case Move.Count(var line) ->
                refusedOr("counted", () -> module.stock().setOnHand(brand, new Sku(line.sku()), line.units(), "count"));
            case Move.Wait(var time) -> {
                clock.move(time);
                yield "waited";
            }
            case Move.Sweep() -> {
                if (sweeps) {
                    module.sweeper().sweep();
                }
                yield "swept";
            }
        };
    }

    String levels() {
        StringBuilder levels = new StringBuilder();
        module.stock()
                .levels(brand, "", 100)
                .forEach(level -> levels.append("%s %d %d %d %d;"
                        .formatted(level.sku(), level.onHand(), level.held(), level.sold(), level.available())));
        return levels.toString();
    }

    private UUID id(int key) {
        return ids.getOrDefault(key, new UUID(1, key));
    }

    private String hold(int key, List<Move.Units> lines) {
        Attribution attribution =
                new Attribution(Attribution.PLAYER, SHOW, "Mia", null, 1L, false, Map.of(), clock.instant(), "hold/1");
        List<HoldRequest.Line> asked = lines.stream()
                .map(line -> new HoldRequest.Line(new Sku(line.sku()), line.units(), Money.ofMinor(1290, "EUR")))
                .toList();
        HoldOutcome outcome =
                module.reservations().hold(new HoldRequest(brand, SHOW, "key-" + key, "buyer", asked, attribution));
        return switch (outcome) {
            case HoldOutcome.Granted granted -> {
                ids.put(key, granted.hold().id());
                yield granted.repeated() ? "granted again" : "granted";
            }
            case HoldOutcome.SoldOut(var sku, var units, var available) ->
                "sold out " + sku + " " + units + " " + available;
            case HoldOutcome.UnknownSku(var sku) -> "unknown " + sku;
            case HoldOutcome.OverCap _, HoldOutcome.BuyerNeeded _ -> "refused by a rule";
            case HoldOutcome.KeyReused _ -> "key reused";
            case HoldOutcome.Unavailable _ -> "unavailable";
        };
    }

    private String commit(int key) {
        CommitOutcome outcome = module.reservations().commit(id(key), "order/" + key);
        return switch (outcome) {
            case CommitOutcome.Committed _ -> "committed";
            case CommitOutcome.AlreadyCommitted _ -> "committed before";
            case CommitOutcome.Lost(var reason) -> "lost " + reason.substring(0, reason.indexOf(':'));
        };
    }

    private String sell(Move.Units line) {
        SaleOutcome outcome = module.reservations().sell(sale(line));
        return switch (outcome) {
            case SaleOutcome.Taken _ -> "sold";
            case SaleOutcome.Shortfall(var sku, var asked, var available) -> "short " + available;
        };
    }

    private Sale sale(Move.Units line) {
        return new Sale(brand, "tiktok-shop", Map.of(new Sku(line.sku()), line.units()), "order/x");
    }

    private static String refusedOr(String done, Runnable what) {
        try {
            what.run();
            return done;
        } catch (IllegalArgumentException e) {
            return "refused";
        }
    }

    @Override
    public void close() {
        module.close();
    }
}
