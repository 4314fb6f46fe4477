package dev.weir.bench.fire;

import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import dev.weir.reservation.Bundle;
import dev.weir.reservation.ChannelPolicy;
import dev.weir.reservation.ReservationModule;
import dev.weir.reservation.Sale;
import dev.weir.reservation.SaleOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How do channels and shopkeepers reach the true shop? Orders and refunds are noted under their cause in the transaction that
 * moves the units, as the order book does it, so that a repeat is known for one.
 */
final class WeirChannels {
    /** Before a run: where causes are noted. */
    static final String TABLE = "create table fire_order (brand text, cause text, primary key (brand, cause))";

    private static final Logger LOG = LoggerFactory.getLogger(WeirChannels.class);
    private static final String NOTE = "insert into fire_order values (?, ?) on conflict do nothing";
    private static final int MOST = 1_000_000;

    private final ReservationModule module;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;

    WeirChannels(ReservationModule module, DataSource database, PlatformTransactionManager manager) {
        this.module = module;
        this.jdbc = new JdbcTemplate(database);
        this.transactions = new TransactionTemplate(manager);
    }

    Answer sell(String brand, String cause, Line line) {
        return Objects.requireNonNull(transactions.execute(status -> {
            if (jdbc.update(NOTE, brand, cause) == 0) {
                return Answer.of(Answer.Word.ALREADY);
            }
            SaleOutcome outcome = module.reservations().sell(sale(brand, cause, line));
            if (outcome instanceof SaleOutcome.Taken) {
                return Answer.of(Answer.Word.DONE);
            }
            // Its case stays; the sale may be tried again.
            jdbc.update("delete from fire_order where brand = ? and cause = ?", brand, cause);
            return new Answer(Answer.Word.REFUSED, outcome.toString());
        }));
    }

    Answer restock(String brand, String cause, Line line) {
        try {
            return Objects.requireNonNull(transactions.execute(status -> {
                if (jdbc.update(NOTE, brand, cause) == 0) {
                    return Answer.of(Answer.Word.ALREADY);
                }
                String sold = "order/" + cause.substring(Wares.REFUND.length());
                module.reservations().giveBack(sale(brand, cause, line), sold);
                return Answer.of(Answer.Word.DONE);
            }));
        } catch (IllegalArgumentException e) {
            return new Answer(Answer.Word.REFUSED, String.valueOf(e.getMessage()));
        }
    }

    private static Sale sale(String brand, String cause, Line line) {
        String channel = cause.substring(0, cause.indexOf('/'));
        return new Sale(brand, channel, Map.of(new Sku(line.sku()), line.units()), cause);
    }

    Answer answer(Event.Op op, String brand, String id, List<Line> lines) {
        Line line = lines.getFirst();
        Sku sku = new Sku(line.sku());
        return switch (op) {
            case CHANNEL -> {
                ChannelPolicy policy = new ChannelPolicy.Allocate(0, 0, MOST, new ChannelPolicy.Aim.Units(0));
                module.allocations().setInFlight(brand, id, Duration.ofMillis(line.units()));
                yield Answer.doneIf(module.allocations().setPolicy(brand, sku, id, policy, "fire"));
            }
            case ALLOCATE -> {
                module.allocations().resize(brand, sku, id, line.units(), "fire");
                yield Answer.of(Answer.Word.DONE);
            }
            case PUBLISHED -> {
                StockLevel level = Objects.requireNonNull(module.channelLevels()
                        .published(brand, id, List.of(sku))
                        .get(sku));
                yield Answer.numbers(level.available(), level.version());
            }
            case CONFIRM -> {
                module.channelLevels().confirmed(brand, id, List.of(new StockLevel(sku, 0, line.units())));
                yield Answer.of(Answer.Word.DONE);
            }
            case BUNDLE -> {
                Map<Sku, Integer> parts = new TreeMap<>();
                lines.forEach(part -> parts.put(new Sku(part.sku()), part.units()));
                module.bundles().define(brand, new Bundle(new Sku(id), new TreeMap<>(parts)));
                yield Answer.of(Answer.Word.DONE);
            }
            case HOLD, COMMIT, RELEASE, PAY, SELL, RESTOCK, ONHAND, LEVEL ->
                throw new IllegalArgumentException("op: " + op + " (expected: one of channels and bundles)");
        };
    }

    void tend() {
        try {
            module.allocations().settle();
        } catch (RuntimeException e) {
            LOG.warn("allocations: not settled, at the next call ({})", e.toString());
        }
    }
}
