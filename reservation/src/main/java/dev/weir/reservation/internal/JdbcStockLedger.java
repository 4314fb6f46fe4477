package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.StockLedger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/** The levels as PostgreSQL has them; a hold past its time counts as free whether or not it was swept. */
public final class JdbcStockLedger implements StockLedger {
    private static final int MOST = 500;
    private static final String LEVEL = "select s.sku, s.on_hand, s.held, s.sold, s.allocated, s.version, s.waiting,"
            + " s.pre_order, s.ships_from, s.fair,"
            + " coalesce((select sum(u.units) from hold h, unnest(h.skus, h.units) as u (sku, units)"
            + " where h.brand = s.brand and h.state in ('HELD', 'PAYING') and h.expires_at <= ? and u.sku = s.sku), 0)"
            + " as due from stock s where s.brand = ? and ";
    private static final String ALLOCATIONS =
            "select sku, channel, units from allocation where brand = ? and sku = any(?) and units > 0 order by sku, channel";
    private static final String CREATE = "insert into stock (brand, sku, on_hand, version, updated_at)"
            + " values (?, ?, 0, 0, ?) on conflict do nothing";
    private static final String NOT_STOCKED = "select n.sku from unnest(?::text[]) as n (sku)"
            + " where not exists (select 1 from stock s where s.brand = ? and s.sku = n.sku)";
    private static final String CREATE_EACH = "insert into stock (brand, sku, on_hand, version, updated_at)"
            + " select ?, n.sku, 0, 0, ? from unnest(?::text[]) as n (sku)"
            + " where not exists (select 1 from bundle b where b.brand = ? and b.sku = n.sku)"
            + " order by n.sku on conflict do nothing returning sku";

    private final Ledger ledger;
    private final Gate gate;
    private final TransactionTemplate joining;

    /** {@code joining} takes part in the caller's transaction. */
    public JdbcStockLedger(Ledger ledger, Gate gate, TransactionTemplate joining) {
        this.ledger = ledger;
        this.gate = gate;
        this.joining = joining;
    }

    @Override
    public Optional<Level> level(String brand, Sku sku) {
        Optional<Level> own =
                read(brand, "s.sku = ?", brand, sku.value()).stream().findFirst();
        return own.isPresent() ? own : ofBundle(brand, sku);
    }

    private Optional<Level> ofBundle(String brand, Sku sku) {
        NavigableMap<Sku, Integer> each =
                ledger.recipes().read(brand, List.of(sku)).bySku().get(sku);
        if (each == null) {
            return Optional.empty();
        }
        List<Level> parts = read(brand, "s.sku = any(?)", brand, Sql.skus(each.keySet()));
        int whole = whole(parts, each, Level::available);
        int ready = whole(parts, each, part -> part.available() - part.preOrder());
        long version = parts.stream().mapToLong(Level::version).sum();
        LocalDate shipsFrom = parts.stream()
                .map(Level::shipsFrom)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
        return Optional.of(new Level(sku, whole, 0, 0, whole, List.of(), version, whole - ready, shipsFrom, false));
    }

    private static int whole(List<Level> parts, Map<Sku, Integer> each, ToIntFunction<Level> units) {
        return parts.stream()
                .mapToInt(part -> units.applyAsInt(part) / each.getOrDefault(part.sku(), 1))
                .min()
                .orElse(0);
    }

    @Override
    public List<Level> levels(String brand, String after, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1.." + MOST + ")");
        }
        return read(brand, "s.sku > ? order by s.sku limit ?", brand, after, limit);
    }

    @Override
    public Level setOnHand(String brand, Sku sku, int onHand, String cause) {
        if (onHand < 0) {
            throw new IllegalArgumentException("onHand: " + onHand + " (expected: 0 or more)");
        }
        StockRow refused = joining.execute(status -> change(brand, sku, onHand, cause));
        if (refused != null) {
            int least = refused.promised() - refused.rules().preOrder();
            throw new IllegalArgumentException("onHand of " + sku + ": " + onHand + " (expected: " + least
                    + " or more, which are held, sold or allocated)");
        }
        return level(brand, sku).orElseThrow();
    }

    @Override
    public Set<Sku> bringIn(String brand, Map<Sku, Integer> onHand, String cause) {
        onHand.forEach((sku, units) -> {
            if (units < 0) {
                throw new IllegalArgumentException("onHand of " + sku + ": " + units + " (expected: 0 or more)");
            }
        });
        return Objects.requireNonNull(joining.execute(status -> broughtIn(brand, onHand, cause)));
    }

    private Set<Sku> broughtIn(String brand, Map<Sku, Integer> onHand, String cause) {
        List<Sku> unknown = ledger.jdbc()
                .query(NOT_STOCKED, (row, n) -> new Sku(row.getString(1)), Sql.skus(onHand.keySet()), brand);
        if (unknown.isEmpty()) {
            return Set.of();
        }
        JdbcBundles.oneMeaning(ledger.jdbc(), brand, unknown);
        Instant now = ledger.now();
        Set<Sku> created = new TreeSet<>(ledger.jdbc()
                .query(
                        CREATE_EACH,
                        (row, n) -> new Sku(row.getString(1)),
                        brand,
                        Sql.at(now),
                        Sql.skus(unknown),
                        brand));
        StockBook book = ledger.open(brand, created, now);
        created.forEach(sku -> book.move(Movement.onHand(sku, onHand.getOrDefault(sku, 0), cause)));
        settle(brand, book);
        return created;
    }

    private void settle(String brand, StockBook book) {
        List<Gate.Settled> changes = book.flush().stream()
                .map(written -> new Gate.Settled(written.sku(), written, null, 0, null))
                .toList();
        AfterCommit.run(() -> gate.settle(brand, changes));
    }

    /** Null when done; the row that is in the way otherwise. */
    private @Nullable StockRow change(String brand, Sku sku, int onHand, String cause) {
        Instant now = ledger.now();
        boolean created = ledger.jdbc().update(CREATE, brand, sku.value(), Sql.at(now)) == 1;
        if (created) {
            JdbcBundles.refuseBundle(ledger.jdbc(), brand, sku);
        }
        StockBook book = ledger.open(brand, List.of(sku), now);
        StockRow row = book.row(sku);
        if (row == null) {
            throw new IllegalStateException("sku: " + sku + " (expected: the row just created)");
        }
        boolean fits = (long) onHand + row.rules().preOrder() >= row.promised();
        if (fits && (created || onHand != row.onHand())) {
            book.move(Movement.onHand(sku, onHand - row.onHand(), cause));
        }
        settle(brand, book);
        return fits ? null : row;
    }

    private List<Level> read(String brand, String condition, Object... parameters) {
        Object[] all = new Object[parameters.length + 1];
        all[0] = Sql.at(ledger.now());
        System.arraycopy(parameters, 0, all, 1, parameters.length);
        List<Level> levels = ledger.jdbc().query(LEVEL + condition, JdbcStockLedger::level, all);
        Map<Sku, List<Allocation>> allocations = allocations(brand, levels);
        return levels.stream()
                .map(level -> with(level, allocations.getOrDefault(level.sku(), List.of())))
                .toList();
    }

    private Map<Sku, List<Allocation>> allocations(String brand, List<Level> levels) {
        Map<Sku, List<Allocation>> allocations = new HashMap<>();
        ledger.jdbc()
                .query(
                        ALLOCATIONS,
                        rs -> {
                            allocations
                                    .computeIfAbsent(new Sku(rs.getString("sku")), any -> new ArrayList<>())
                                    .add(new Allocation(rs.getString("channel"), rs.getInt("units")));
                        },
                        brand,
                        Sql.skus(levels.stream().map(Level::sku).toList()));
        return allocations;
    }

    private static Level level(ResultSet rs, int n) throws SQLException {
        int onHand = rs.getInt("on_hand");
        int held = rs.getInt("held") - rs.getInt("due");
        int sold = rs.getInt("sold");
        int ready = onHand - held - sold - rs.getInt("allocated");
        int available = rs.getInt("waiting") > 0 ? 0 : ready + rs.getInt("pre_order");
        return new Level(
                new Sku(rs.getString("sku")),
                onHand,
                held,
                sold,
                available,
                List.of(),
                rs.getLong("version"),
                available - Math.clamp(ready, 0, available),
                rs.getObject("ships_from", LocalDate.class),
                rs.getBoolean("fair"));
    }

    private static Level with(Level level, List<Allocation> allocations) {
        return new Level(
                level.sku(),
                level.onHand(),
                level.held(),
                level.sold(),
                level.available(),
                allocations,
                level.version(),
                level.preOrder(),
                level.shipsFrom(),
                level.line());
    }
}
