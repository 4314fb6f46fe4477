package dev.weir.reservation.internal;

import dev.weir.connectors.Outbox;
import dev.weir.connectors.Sku;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** How does a transaction open the books? Shared parts of everything that moves units. Thread-safe. */
public final class Ledger {
    private final JdbcTemplate jdbc;
    private final Outbox outbox;
    private final Clock clock;
    private final @Nullable ServerClock serverClock;
    private final HoldRows holds;
    private final HoldMoves moves;
    private final RecipeBook recipes;
    private final WaitingLine line;

    /**
     * Over the database that {@code V1_*} prepared.
     *
     * @param serverTime true: the time is the database's; false: the clock's
     * @param holdFor life of a hold that is handed to who waits
     */
    public Ledger(DataSource database, Outbox outbox, Clock clock, boolean serverTime, Duration holdFor) {
        this.jdbc = new JdbcTemplate(database);
        this.outbox = outbox;
        this.serverClock = serverTime ? new ServerClock(jdbc, clock) : null;
        this.clock = serverClock == null ? clock : serverClock;
        this.holds = new HoldRows(jdbc);
        this.moves = new HoldMoves(jdbc, serverTime);
        this.recipes = new RecipeBook(jdbc);
        this.line = new WaitingLine(jdbc, outbox, holdFor);
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    HoldRows holds() {
        return holds;
    }

    HoldMoves moves() {
        return moves;
    }

    /** Has {@code gate} hear of holds that are handed over. */
    public void tells(Gate gate) {
        line.tells(gate::settle);
    }

    WaitingLine line() {
        return line;
    }

    Outbox outbox() {
        return outbox;
    }

    RecipeBook recipes() {
        return recipes;
    }

    /** Asks the database for its time, where that counts; throws when it is away. */
    void syncClock() {
        if (serverClock != null) {
            serverClock.sync();
        }
    }

    /** Now, as exact as PostgreSQL keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Locks {@code skus} after giving back the units of every hold of them whose time is over. */
    StockBook open(String brand, Collection<Sku> skus, Instant now) {
        List<HoldMoves.Due> due = new ArrayList<>();
        Journey journey = new Journey();
        moves.lockDue(journey, brand, skus, now, due::add);
        journey.go(jdbc);
        return openExpiring(brand, skus, due, now);
    }

    /** Locks {@code skus} and those of {@code due}, which this transaction has locked, and gives the units of these back. */
    StockBook openExpiring(String brand, Collection<Sku> skus, List<HoldMoves.Due> due, Instant now) {
        TreeSet<Sku> all = new TreeSet<>(skus);
        due.forEach(one -> all.addAll(one.units().keySet()));
        Journey journey = new Journey();
        if (!due.isEmpty()) {
            moves.expire(journey, due.stream().map(HoldMoves.Due::id).toList(), now);
        }
        StockBook book = ask(journey, brand, all, now);
        journey.go(jdbc);
        giveBack(book, due);
        return book;
    }

    /** Has {@code journey} lock {@code skus}, and nothing else; the book is open once it went. */
    StockBook ask(Journey journey, String brand, Collection<Sku> skus, Instant now) {
        return StockBook.ask(journey, jdbc, outbox, line, brand, now, skus);
    }

    /** Moves the units of {@code due} back in a book that has all their SKUs. */
    static void giveBack(StockBook book, List<HoldMoves.Due> due) {
        due.forEach(one -> one.units()
                .forEach((sku, quantity) -> book.move(Movement.back(Movement.Kind.EXPIRE, sku, quantity, one.id()))));
    }

    /** Locks {@code skus} as they are. */
    StockBook openAsIs(String brand, Collection<Sku> skus, Instant now) {
        Journey journey = new Journey();
        StockBook book = ask(journey, brand, skus, now);
        journey.go(jdbc);
        return book;
    }
}
