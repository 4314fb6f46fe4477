package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import dev.weir.reservation.ChannelLevels;
import dev.weir.reservation.ChannelPolicy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.transaction.support.TransactionTemplate;

/** Number and version of a SKU are read in one statement, so a confirmed version says which number the channel has. */
public final class JdbcChannelLevels implements ChannelLevels {
    private static final int MOST = 1_000;
    private static final String LEVELS =
            "select s.sku, s.version, case when s.waiting > 0 then 0 else s.on_hand - s.held - s.sold"
                    + " - s.allocated + coalesce((select sum(u.units) from hold h, unnest(h.skus, h.units) as u (sku, units)"
                    + " where h.brand = s.brand and h.state in ('HELD', 'PAYING') and h.expires_at <= ? and u.sku = s.sku), 0)"
                    + " end as free, coalesce(a.target, a.units, 0) as promised, coalesce(a.units, 0) as own,"
                    + " p.mode, coalesce(p.safety, 0) as safety, p.floor, p.ceiling, p.aim_units, p.aim_percent from stock s"
                    + " left join allocation a on a.brand = s.brand and a.sku = s.sku and a.channel = ?"
                    + " left join channel_policy p on p.brand = s.brand and p.sku = s.sku and p.channel = ?"
                    + " where s.brand = ? and s.sku = any(?)";

    private final Ledger ledger;
    private final Gate gate;
    private final TransactionTemplate own;
    private final AllocationRows rows;
    private final PolicyRows policies;

    /** {@code own} starts a transaction of its own. */
    public JdbcChannelLevels(Ledger ledger, Gate gate, TransactionTemplate own) {
        this.ledger = ledger;
        this.gate = gate;
        this.own = own;
        this.rows = new AllocationRows(ledger.jdbc());
        this.policies = new PolicyRows(ledger.jdbc());
    }

    @Override
    public Map<Sku, StockLevel> published(String brand, String channel, Collection<Sku> skus) {
        if (skus.size() > MOST) {
            throw new IllegalArgumentException("skus: " + skus.size() + " (expected: at most " + MOST + ")");
        }
        Map<Sku, StockLevel> levels = new HashMap<>();
        ledger.jdbc()
                .query(LEVELS, (rs, n) -> level(rs), Sql.at(ledger.now()), channel, channel, brand, Sql.skus(skus))
                .forEach(level -> levels.put(level.sku(), level));
        return levels;
    }

    private static StockLevel level(ResultSet rs) throws SQLException {
        int promised = rs.getInt("promised");
        boolean decided = rs.getString("mode") != null;
        int number = decided || rs.getInt("own") == 0
                ? number(PolicyRows.policy(rs), rs.getInt("free"), promised)
                : promised;
        return new StockLevel(new Sku(rs.getString("sku")), number, rs.getLong("version"));
    }

    /** What a channel may see, of {@code free} units and those {@code promised} to it. */
    static int number(ChannelPolicy policy, int free, int promised) {
        return switch (policy) {
            case ChannelPolicy.Allocate allocate -> Math.max(0, promised - allocate.safety());
            case ChannelPolicy.Ask(int safety) -> Math.max(0, free - safety) + promised;
            case ChannelPolicy.Mirror(int safety) -> Math.max(0, free - safety) + promised;
        };
    }

    @Override
    public void confirmed(String brand, String channel, List<StockLevel> taken) {
        Set<Sku> waiting = Set.copyOf(
                rows.waiting(brand, channel, taken.stream().map(StockLevel::sku).toList()));
        for (StockLevel level : taken) {
            if (waiting.contains(level.sku())) {
                own.executeWithoutResult(status -> confirm(brand, channel, level));
            }
        }
    }

    private void confirm(String brand, String channel, StockLevel level) {
        AllocationBook book = AllocationBook.openAsIs(ledger, rows, brand, level.sku());
        if (book != null) {
            book.note(book.row(channel).confirmed(level.version(), book.now().plus(policies.inFlight(brand, channel))));
            book.flush(gate);
        }
    }
}
