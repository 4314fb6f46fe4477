package dev.weir.reservation;

import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What does the ledger answer? One sequence's part of a brand: its SKUs, keys and orders have its number in front, which no
 * answer shows.
 */
final class LedgerStock {
    /** The channel that may have units of its own. */
    static final String OWNER = "tiktok-shop";

    private static final UUID SHOW = new UUID(0, 1);

    private final ReservationModule module;
    private final TestClock clock;
    private final String brand;
    private final String prefix;
    private final Map<Integer, UUID> ids = new HashMap<>();
    private final Map<String, StockLevel> read = new HashMap<>();

    LedgerStock(ReservationModule module, TestClock clock, String brand, int number) {
        this.module = module;
        this.clock = clock;
        this.brand = brand;
        this.prefix = number + "-";
    }

    Sku sku(String name) {
        return new Sku(prefix + name);
    }

    private String name(Sku sku) {
        return sku.value().substring(prefix.length());
    }

    /** The outcome in words, as {@link ModelStock#apply} says them. */
    String apply(Move move) {
        Reservations reservations = module.reservations();
        return switch (move) {
            case Move.Hold(var key, var lines) -> hold(key, lines);
            case Move.Release(var key, var joined) -> reservations.release(id(key)) ? "released" : "not released";
            case Move.Pay(var key) -> reservations.startPaying(id(key)) ? "paying" : "not paying";
            case Move.Commit(var key) -> commit(key);
            case Move.Sell(var channel, var order, var line) -> sell(channel, order, line);
            case Move.Restock(var line) ->
                refusedOr("restocked", () -> reservations.restock(sale("web", "restock", line)));
            case Move.Count(var line) ->
                refusedOr("counted", () -> module.stock().setOnHand(brand, sku(line.sku()), line.units(), "count"));
            case Move.Resize(var line) -> resize(line);
            case Move.Publish(var sku) -> publish(sku);
            case Move.Confirm(var sku) -> {
                StockLevel level = read.get(sku);
                if (level != null) {
                    module.channelLevels().confirmed(brand, OWNER, List.of(level));
                }
                yield "confirmed";
            }
            case Move.Compose(var parts) -> compose(parts);
            case Move.Common common -> throw new IllegalArgumentException(common + " (expected: one of a sequence)");
        };
    }

    /** The numbers of all SKUs of {@code levels} that are this sequence's, and its orders among the open ones. */
    String levels(List<StockLedger.Level> levels, List<String> openCauses) {
        StringBuilder text = new StringBuilder();
        levels.stream()
                .filter(level -> level.sku().value().startsWith(prefix))
                .forEach(level -> text.append("%s %d %d %d %d %d;"
                        .formatted(
                                name(level.sku()),
                                level.onHand(),
                                level.held(),
                                level.sold(),
                                level.allocations().stream()
                                        .mapToInt(StockLedger.Allocation::units)
                                        .sum(),
                                level.available())));
        openCauses.stream()
                .filter(cause -> cause.startsWith(prefix))
                .sorted()
                .forEach(cause -> text.append(" open ").append(cause.substring(prefix.length())));
        return text.toString();
    }

    private UUID id(int key) {
        return ids.getOrDefault(key, new UUID(1, key));
    }

    private String hold(int key, List<Move.Units> lines) {
        Attribution attribution =
                new Attribution(Attribution.PLAYER, SHOW, "Mia", null, 1L, false, Map.of(), clock.instant(), "hold/1");
        List<HoldRequest.Line> asked = lines.stream()
                .map(line -> new HoldRequest.Line(sku(line.sku()), line.units(), Money.ofMinor(1290, "EUR")))
                .toList();
        HoldOutcome outcome =
                module.reservations().hold(new HoldRequest(brand, SHOW, prefix + key, "buyer", asked, attribution));
        return switch (outcome) {
            case HoldOutcome.Granted granted -> {
                ids.put(key, granted.hold().id());
                yield granted.repeated() ? "granted again" : "granted";
            }
            case HoldOutcome.SoldOut(var sku, var units, var available) ->
                "sold out " + name(sku) + " " + units + " " + available;
            case HoldOutcome.UnknownSku(var sku) -> "unknown " + name(sku);
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

    private String sell(String channel, int order, Move.Units line) {
        SaleOutcome outcome = module.reservations().sell(sale(channel, prefix + order, line));
        return switch (outcome) {
            case SaleOutcome.Taken _ -> "sold";
            case SaleOutcome.Shortfall(var sku, var asked, var available) ->
                "short " + name(sku) + " " + asked + " " + available;
        };
    }

    private Sale sale(String channel, String cause, Move.Units line) {
        return new Sale(brand, channel, Map.of(sku(line.sku()), line.units()), cause);
    }

    private String resize(Move.Units line) {
        AllocationOutcome outcome =
                module.allocations().resize(brand, sku(line.sku()), OWNER, line.units(), "operator");
        return switch (outcome) {
            case AllocationOutcome.Set(var now, var missing) -> "set " + now.units() + " missing " + missing;
            case AllocationOutcome.Shrinking(var now) -> "shrinking to " + now.promised();
            case AllocationOutcome.UnknownSku _ -> "unknown";
        };
    }

    private String publish(String name) {
        StockLevel level = module.channelLevels()
                .published(brand, OWNER, List.of(sku(name)))
                .get(sku(name));
        read.put(name, level);
        return "told " + level.available();
    }

    private String compose(List<Move.Units> parts) {
        Sku bundle = sku(ModelStock.BUNDLE);
        if (parts.isEmpty()) {
            module.bundles().dissolve(brand, bundle);
        } else {
            module.bundles()
                    .define(
                            brand,
                            new Bundle(
                                    bundle,
                                    parts.stream()
                                            .collect(Collectors.toMap(
                                                    part -> sku(part.sku()),
                                                    Move.Units::units,
                                                    Integer::sum,
                                                    TreeMap::new))));
        }
        return "composed";
    }

    private static String refusedOr(String done, Runnable what) {
        try {
            what.run();
            return done;
        } catch (IllegalArgumentException e) {
            return "refused";
        }
    }
}
