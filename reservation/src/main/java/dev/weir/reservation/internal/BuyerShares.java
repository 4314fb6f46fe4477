package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.FairnessRules;
import dev.weir.reservation.HoldOutcome;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * How much of a capped SKU does each buyer of a batch have in a show? Read once, when the first cap is met, and counted on while
 * the batch is decided; true because whoever grants a unit of the SKU has its row of stock locked. For one transaction.
 */
final class BuyerShares {
    private static final String SHARES = "select h.show_id, h.buyer, u.sku, sum(u.units)::integer as units"
            + " from hold h, unnest(h.skus, h.units) as u (sku, units) where h.brand = ? and h.buyer = any(?)"
            + " and h.show_id = any(?::uuid[]) and u.sku = any(?) and (h.state = 'COMMITTED'"
            + " or h.state in ('HELD', 'PAYING') and h.expires_at > ?) group by h.show_id, h.buyer, u.sku";

    private final JdbcTemplate jdbc;
    private final String brand;
    private final StockBook book;
    private final Collection<Ask> asks;
    private final Instant now;
    private @Nullable Map<Share, Integer> shares;

    BuyerShares(JdbcTemplate jdbc, String brand, StockBook book, Collection<Ask> asks, Instant now) {
        this.jdbc = jdbc;
        this.brand = brand;
        this.book = book;
        this.asks = asks;
        this.now = now;
    }

    private record Share(UUID show, String buyer, Sku sku) {}

    /** Why this buyer may not have these units, or null. */
    @Nullable
    HoldOutcome refusal(Ask ask) {
        String buyer = ask.request().buyer();
        for (Map.Entry<Sku, Integer> line : ask.units().entrySet()) {
            FairnessRules rules = rules(line.getKey());
            if (buyer == null && rules.buyerNeeded()) {
                return new HoldOutcome.BuyerNeeded(line.getKey());
            }
            Integer cap = rules.buyerCap();
            if (buyer != null && cap != null) {
                int has = shares().getOrDefault(new Share(ask.request().showId(), buyer, line.getKey()), 0);
                if ((long) has + line.getValue() > cap) {
                    return new HoldOutcome.OverCap(line.getKey(), cap, has);
                }
            }
        }
        return null;
    }

    /** The units are this buyer's now. */
    void granted(Ask ask) {
        String buyer = ask.request().buyer();
        Map<Share, Integer> read = shares;
        if (buyer != null && read != null) {
            ask.units()
                    .forEach((sku, units) ->
                            read.merge(new Share(ask.request().showId(), buyer, sku), units, Math::addExact));
        }
    }

    private FairnessRules rules(Sku sku) {
        StockRow row = book.row(sku);
        return row == null ? FairnessRules.NONE : row.rules();
    }

    private Map<Share, Integer> shares() {
        Map<Share, Integer> read = shares;
        if (read == null) {
            read = read();
            shares = read;
        }
        return read;
    }

    private Map<Share, Integer> read() {
        Set<String> buyers = new HashSet<>();
        Set<UUID> shows = new HashSet<>();
        Set<Sku> capped = new HashSet<>();
        for (Ask ask : asks) {
            String buyer = ask.request().buyer();
            if (buyer != null) {
                buyers.add(buyer);
                shows.add(ask.request().showId());
                ask.units().keySet().stream()
                        .filter(sku -> rules(sku).buyerCap() != null)
                        .forEach(capped::add);
            }
        }
        Map<Share, Integer> read = new HashMap<>();
        jdbc.query(
                SHARES,
                (RowCallbackHandler) rs -> read.put(
                        new Share(
                                rs.getObject("show_id", UUID.class),
                                rs.getString("buyer"),
                                new Sku(rs.getString("sku"))),
                        rs.getInt("units")),
                brand,
                buyers.toArray(String[]::new),
                Sql.ids(shows),
                Sql.skus(capped),
                Sql.at(now));
        return read;
    }
}
