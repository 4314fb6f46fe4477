package dev.weir.reservation.internal;

import dev.weir.connectors.Outbox;
import dev.weir.connectors.Sku;
import dev.weir.reservation.Shortfall;
import dev.weir.reservation.Shortfall.Remedy;
import dev.weir.reservation.Shortfalls;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/** What can still be done for a sale without units, and who chose what? Cases are written by the sale's own transaction. */
public final class ShortfallDesk implements Shortfalls {
    private static final int MOST = 200;

    private final Ledger ledger;
    private final Gate gate;
    private final TransactionTemplate joining;
    private final ShortfallRows rows;
    private final AllocationRows allocations;

    /** {@code joining} takes part in the caller's transaction. */
    public ShortfallDesk(Ledger ledger, Gate gate, TransactionTemplate joining) {
        this.ledger = ledger;
        this.gate = gate;
        this.joining = joining;
        this.rows = new ShortfallRows(ledger.jdbc());
        this.allocations = new AllocationRows(ledger.jdbc());
    }

    /** Opens the case of {@code cause} unless there is one; {@code book} has the stock of every line locked. */
    void open(String brand, String channel, String cause, List<Shortfall.Line> lines, StockBook book, Instant now) {
        rows.open(brand, channel, cause, lines, ranked(brand, channel, lines, book), now);
    }

    /** Closes whatever is open for {@code cause} or below it. */
    void settled(String brand, String cause, String note) {
        rows.settle(brand, cause, note, ledger.now());
    }

    /**
     * Another channel that has all that is missing comes first, the richest before others; then, when live holds could bring it
     * by lapsing, to wait for them rather than for new goods. Calling the order off is always last.
     */
    private List<Shortfall.Option> ranked(String brand, String channel, List<Shortfall.Line> lines, StockBook book) {
        List<Shortfall.Option> options = new ArrayList<>();
        richest(brand, channel, lines)
                .forEach(other -> options.add(new Shortfall.Option(Remedy.OTHER_ALLOCATION, other)));
        boolean holdsWouldDo = lines.stream().allMatch(line -> {
            StockRow row = book.row(line.sku());
            return row != null && row.held() >= line.asked() - line.available();
        });
        options.add(new Shortfall.Option(holdsWouldDo ? Remedy.WAITLIST : Remedy.BACKORDER, null));
        options.add(new Shortfall.Option(holdsWouldDo ? Remedy.BACKORDER : Remedy.WAITLIST, null));
        options.add(new Shortfall.Option(Remedy.CANCEL_ON_CHANNEL, null));
        return options;
    }

    private List<String> richest(String brand, String channel, List<Shortfall.Line> lines) {
        record Spare(String channel, int units) {}
        List<Spare> able = new ArrayList<>();
        for (AllocationRow first : allocations.of(brand, lines.getFirst().sku())) {
            int spare = lines.stream()
                    .mapToInt(line ->
                            allocations.one(brand, line.sku(), first.channel()).promised()
                                    - (line.asked() - line.available()))
                    .min()
                    .orElse(-1);
            if (spare >= 0 && !first.channel().equals(channel)) {
                able.add(new Spare(first.channel(), spare));
            }
        }
        return able.stream()
                .sorted(Comparator.comparingInt(Spare::units).reversed().thenComparing(Spare::channel))
                .map(Spare::channel)
                .toList();
    }

    @Override
    public List<Shortfall> list(String brand, boolean open, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1.." + MOST + ")");
        }
        return rows.list(brand, open, limit);
    }

    @Override
    public Optional<Shortfall> find(String brand, String cause) {
        return rows.find(brand, cause);
    }

    @Override
    public List<Waiting> ready(int limit) {
        return rows.ready(Math.clamp(limit, 1, MOST));
    }

    @Override
    public boolean resolve(String brand, String cause, Remedy remedy, @Nullable String from, String by, String note) {
        if (remedy == Remedy.SETTLED || (remedy == Remedy.OTHER_ALLOCATION) != (from != null)) {
            throw new IllegalArgumentException("remedy: " + remedy + (from == null ? "" : " from " + from)
                    + " (expected: OTHER_ALLOCATION from a channel, or WAITLIST, BACKORDER, CANCEL_ON_CHANNEL)");
        }
        if (by.isBlank() || by.length() > 100 || note.length() > 500) {
            throw new IllegalArgumentException(
                    "by, note: " + by.length() + ", " + note.length() + " characters (expected: 1..100, at most 500)");
        }
        Shortfall.Option chosen = new Shortfall.Option(remedy, from);
        return Boolean.TRUE.equals(joining.execute(status -> resolveNow(brand, cause, chosen, by, note)));
    }

    private boolean resolveNow(String brand, String cause, Shortfall.Option chosen, String by, String note) {
        if (!rows.resolve(brand, cause, chosen, by, note, ledger.now())) {
            return false;
        }
        Shortfall shortfall = rows.find(brand, cause).orElseThrow();
        if (chosen.from() != null) {
            takeFrom(shortfall, chosen.from());
        }
        if (chosen.remedy() == Remedy.CANCEL_ON_CHANNEL) {
            askToCancel(shortfall, note);
        }
        return true;
    }

    private void askToCancel(Shortfall shortfall, String note) {
        Map<String, Object> asked = Map.of(
                "brand", shortfall.brand(),
                "cause", shortfall.cause(),
                "channel", shortfall.channel(),
                "reason", note.isBlank() ? "sold out" : note,
                "at", ledger.now());
        ledger.outbox().append(shortfall.brand(), Outbox.ORDERS, shortfall.cause(), CANCEL_ASKED, asked);
    }

    @Override
    public boolean cancelRefused(String brand, String cause, String reason) {
        return Boolean.TRUE.equals(joining.execute(status -> rows.refused(brand, cause, reason)));
    }

    private void takeFrom(Shortfall shortfall, String other) {
        for (Sku sku :
                shortfall.lines().stream().map(Shortfall.Line::sku).collect(Collectors.toCollection(TreeSet::new))) {
            Shortfall.Line line = shortfall.lines().stream()
                    .filter(candidate -> candidate.sku().equals(sku))
                    .findFirst()
                    .orElseThrow();
            int missing = line.asked() - line.available();
            AllocationBook book = AllocationBook.openAsIs(ledger, allocations, shortfall.brand(), sku);
            int promised = book == null ? 0 : book.row(other).promised();
            if (book == null || promised < missing) {
                throw new IllegalArgumentException("from: " + other + " with " + promised + " of " + sku
                        + " (expected: a channel with " + missing + " or more)");
            }
            book.resize(other, promised - missing, "shortfall/" + shortfall.cause());
            book.flush(gate);
        }
    }
}
