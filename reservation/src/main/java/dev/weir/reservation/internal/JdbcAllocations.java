package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.AllocationOutcome;
import dev.weir.reservation.Allocations;
import dev.weir.reservation.Allotment;
import dev.weir.reservation.ChannelPolicy;
import dev.weir.reservation.ChannelSales;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import org.springframework.transaction.support.TransactionTemplate;

/** Each change in a transaction that has the stock of its SKU locked. */
public final class JdbcAllocations implements Allocations {
    private static final int MOST_UNITS = 1_000_000;
    private static final int MOST_SETTLED = 500;
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Ledger ledger;
    private final Gate gate;
    private final TransactionTemplate joining;
    private final TransactionTemplate own;
    private final AllocationRows rows;
    private final PolicyRows policies;
    private final SalesRows sales;

    /** {@code joining} takes part in the caller's transaction, {@code own} never does. */
    public JdbcAllocations(Ledger ledger, Gate gate, TransactionTemplate joining, TransactionTemplate own) {
        this.ledger = ledger;
        this.gate = gate;
        this.joining = joining;
        this.own = own;
        this.rows = new AllocationRows(ledger.jdbc());
        this.policies = new PolicyRows(ledger.jdbc());
        this.sales = new SalesRows(ledger.jdbc());
    }

    @Override
    public List<Allotment> of(String brand, Sku sku) {
        return rows.of(brand, sku).stream()
                .filter(row -> row.units() > 0 || row.ceilingNow() != null)
                .map(AllocationRow::view)
                .toList();
    }

    @Override
    public AllocationOutcome resize(String brand, Sku sku, String channel, int units, String cause) {
        range("units", units);
        return changed(brand, sku, book -> book.resize(channel, units, cause));
    }

    @Override
    public AllocationOutcome clamp(String brand, Sku sku, String channel, int units, String cause) {
        range("units", units);
        return changed(brand, sku, book -> {
            book.note(book.row(channel).clampedTo(units));
            return book.resize(channel, Math.min(units, book.row(channel).promised()), cause);
        });
    }

    @Override
    public void unclamp(String brand, Sku sku, String channel) {
        changed(brand, sku, book -> {
            book.note(book.row(channel).clampedTo(null));
            return new AllocationOutcome.Set(book.row(channel).view(), 0);
        });
    }

    @Override
    public int returnAll(String brand, Collection<Sku> skus, String cause) {
        int returned = 0;
        for (Sku sku : new TreeSet<>(skus)) {
            returned += Objects.requireNonNull(joining.execute(status -> returnOf(brand, sku, cause)));
        }
        return returned;
    }

    private int returnOf(String brand, Sku sku, String cause) {
        AllocationBook book = AllocationBook.openAsIs(ledger, rows, brand, sku);
        if (book == null) {
            return 0;
        }
        int returned = book.giveBack(channel -> floor(brand, sku, channel), cause);
        book.flush(gate);
        return returned;
    }

    @Override
    public int settle() {
        int freed = 0;
        for (AllocationRows.Key key : rows.drained(ledger.now(), MOST_SETTLED)) {
            freed += Boolean.TRUE.equals(own.execute(status -> free(key))) ? 1 : 0;
        }
        return freed;
    }

    private boolean free(AllocationRows.Key key) {
        AllocationBook book = AllocationBook.openAsIs(ledger, rows, key.brand(), key.sku());
        if (book == null || !book.free(key.channel())) {
            return false;
        }
        book.flush(gate);
        return true;
    }

    @Override
    public List<PolicyOf> policies(String brand, Sku sku) {
        return policies.of(brand, sku);
    }

    @Override
    public boolean setPolicy(String brand, Sku sku, String channel, ChannelPolicy policy, String cause) {
        AllocationOutcome outcome = changed(brand, sku, book -> {
            policies.write(brand, sku, channel, policy);
            AllocationOutcome resized = book.resize(channel, start(policy, book, channel), cause);
            book.announce(channel, cause);
            return resized;
        });
        return !(outcome instanceof AllocationOutcome.UnknownSku);
    }

    private static int start(ChannelPolicy policy, AllocationBook book, String channel) {
        return switch (policy) {
            case ChannelPolicy.Ask _, ChannelPolicy.Mirror _ -> 0;
            case ChannelPolicy.Allocate allocate -> {
                int promised = book.row(channel).promised();
                int aim = allocate.aim().of(book.sellable());
                yield allocate.within(Math.max(promised, aim));
            }
        };
    }

    @Override
    public List<ChannelSales> sales(String brand, Sku sku) {
        return sales.of(brand, sku, ledger.now());
    }

    @Override
    public Duration inFlight(String brand, String channel) {
        return policies.inFlight(brand, channel);
    }

    @Override
    public void setInFlight(String brand, String channel, Duration window) {
        if (window.isNegative() || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("inFlight: " + window + " (expected: PT0S.." + LONGEST + ")");
        }
        policies.writeInFlight(brand, channel, window);
    }

    private int floor(String brand, Sku sku, String channel) {
        return policies.one(brand, sku, channel) instanceof ChannelPolicy.Allocate allocate ? allocate.floor() : 0;
    }

    private AllocationOutcome changed(String brand, Sku sku, Function<AllocationBook, AllocationOutcome> change) {
        return Objects.requireNonNull(joining.execute(status -> {
            AllocationBook book = AllocationBook.open(ledger, rows, brand, sku);
            if (book == null) {
                return new AllocationOutcome.UnknownSku();
            }
            AllocationOutcome outcome = change.apply(book);
            book.flush(gate);
            return outcome;
        }));
    }

    private static void range(String name, int units) {
        if (units < 0 || units > MOST_UNITS) {
            throw new IllegalArgumentException(name + ": " + units + " (expected: 0.." + MOST_UNITS + ")");
        }
    }
}
