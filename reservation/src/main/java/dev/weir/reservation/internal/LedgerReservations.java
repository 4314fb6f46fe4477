package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.CommitOutcome;
import dev.weir.reservation.Hold;
import dev.weir.reservation.HoldOutcome;
import dev.weir.reservation.HoldRequest;
import dev.weir.reservation.PayingOutcome;
import dev.weir.reservation.ReservationSettings;
import dev.weir.reservation.Reservations;
import dev.weir.reservation.Sale;
import dev.weir.reservation.SaleOutcome;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Every move of a hold as a predicate on its row, in the caller's transaction; the gate hears of it after the commit. */
public final class LedgerReservations implements Reservations {
    private final Ledger ledger;
    private final Gate gate;
    private final TransactionTemplate joining;
    private final ReservationSettings settings;
    private final HoldDesk desk;
    private final Sales sales;
    private final ShortfallDesk shortfalls;
    private final PayingShares payingShares;

    /** {@code joining} takes part in the caller's transaction, {@code own} never does. */
    public LedgerReservations(
            Ledger ledger,
            Gate gate,
            Secrets secrets,
            TransactionTemplate joining,
            TransactionTemplate own,
            ReservationSettings settings,
            ShortfallDesk shortfalls) {
        this.ledger = ledger;
        this.gate = gate;
        this.joining = joining;
        this.settings = settings;
        this.desk = new HoldDesk(ledger, gate, secrets, own, settings);
        this.sales = new Sales(ledger, gate, shortfalls);
        this.shortfalls = shortfalls;
        this.payingShares = new PayingShares(ledger);
    }

    @Override
    public HoldOutcome hold(HoldRequest request) {
        return desk.hold(request);
    }

    @Override
    public Optional<HoldOutcome.SoldOut> soldOut(String brand, String idempotencyKey, Map<Sku, Integer> units) {
        return desk.soldOut(brand, idempotencyKey, units);
    }

    @Override
    public Optional<Hold> find(UUID id) {
        return ledger.holds().byId(id, ledger.now()).map(HoldRow::hold);
    }

    @Override
    public Optional<Hold> findByToken(String token) {
        if (!Secrets.looksLikeToken(token)) {
            return Optional.empty();
        }
        byte[] hash = Secrets.sha256(token);
        return ledger.holds()
                .byTokenHash(hash, ledger.now())
                .filter(row -> MessageDigest.isEqual(row.tokenHash(), hash))
                .map(HoldRow::hold);
    }

    @Override
    public boolean release(UUID id) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            return desk.release(id) || isOver(id, ledger.now());
        }
        return Boolean.TRUE.equals(joining.execute(status -> releaseNow(id, ledger.now())));
    }

    @Override
    public PayingOutcome pay(UUID id) {
        return Objects.requireNonNull(joining.execute(status -> payNow(id, ledger.now())));
    }

    @Override
    public CommitOutcome commit(UUID id, String cause) {
        return Objects.requireNonNull(joining.execute(status -> commitNow(id, cause, ledger.now())));
    }

    @Override
    public SaleOutcome sell(Sale sale) {
        return Objects.requireNonNull(joining.execute(status -> sales.sell(sale)));
    }

    @Override
    public void giveBack(Sale back, String sold) {
        joining.executeWithoutResult(status -> sales.giveBack(back, sold));
    }

    @Override
    public void restock(Sale sale) {
        joining.executeWithoutResult(status -> sales.restock(sale));
    }

    @Override
    public void calledOff(String brand, String cause) {
        joining.executeWithoutResult(status -> shortfalls.settled(brand, cause, "the sale was called off"));
    }

    private boolean releaseNow(UUID id, Instant now) {
        Journey journey = new Journey();
        Releases ended = Releases.end(journey, ledger, List.of(id), now);
        journey.go(ledger.jdbc());
        if (!ended.has(id)) {
            return isOver(id, now);
        }
        String brand = known(id, now).hold().brand();
        StockBook book = ledger.openAsIs(brand, ended.skus(), now);
        ended.move(book);
        List<Gate.Settled> changes = ended.changes(book.flush());
        AfterCommit.run(() -> gate.settle(brand, changes));
        return true;
    }

    private boolean isOver(UUID id, Instant now) {
        return ledger.holds()
                .byId(id, now)
                .filter(row -> row.hold().state() != Hold.State.COMMITTED)
                .isPresent();
    }

    private PayingOutcome payNow(UUID id, Instant now) {
        Optional<HoldRow> hold = ledger.holds().lock(id, now);
        if (hold.isEmpty() || hold.get().hold().state() != Hold.State.HELD) {
            return new PayingOutcome.NotHeld();
        }
        Optional<PayingOutcome.ShareTaken> taken = payingShares.beyond(hold.get(), now);
        if (taken.isPresent()) {
            return taken.get();
        }
        Instant until = now.plus(settings.payingFor());
        if (!ledger.moves().pay(id, now, until)) {
            return new PayingOutcome.NotHeld();
        }
        tellGate(hold.get(), List.of(), until);
        return new PayingOutcome.Started(until);
    }

    private CommitOutcome commitNow(UUID id, String cause, Instant now) {
        if (!ledger.moves().commit(id, now)) {
            return notCommitted(id, now);
        }
        HoldRow row = known(id, now);
        move(row, now, (sku, units) -> Movement.commit(sku, units, id, cause));
        return new CommitOutcome.Committed(row.hold());
    }

    private CommitOutcome notCommitted(UUID id, Instant now) {
        Optional<Hold> found = ledger.holds().byId(id, now).map(HoldRow::hold);
        if (found.isEmpty()) {
            return new CommitOutcome.Lost("unknown: no hold " + id);
        }
        Hold hold = found.get();
        return switch (hold.state()) {
            case COMMITTED -> new CommitOutcome.AlreadyCommitted(hold);
            case RELEASED -> new CommitOutcome.Lost("released: hold " + id + " was given back");
            case EXPIRED, HELD, PAYING ->
                new CommitOutcome.Lost("expired: hold " + id + " ended at " + hold.expiresAt());
        };
    }

    private interface Move {
        Movement of(Sku sku, int units);
    }

    private void move(HoldRow hold, Instant now, Move move) {
        StockBook book = ledger.openAsIs(hold.hold().brand(), hold.units().keySet(), now);
        hold.units().forEach((sku, quantity) -> book.move(move.of(sku, quantity)));
        tellGate(hold, book.flush(), null);
    }

    private void tellGate(HoldRow hold, List<StockRow> rows, @Nullable Instant until) {
        List<Gate.Settled> changes = new ArrayList<>();
        for (Map.Entry<Sku, Integer> line : hold.units().entrySet()) {
            StockRow row = rows.stream()
                    .filter(candidate -> candidate.sku().equals(line.getKey()))
                    .findFirst()
                    .orElse(null);
            changes.add(new Gate.Settled(line.getKey(), row, hold.hold().id(), line.getValue(), until));
        }
        AfterCommit.run(() -> gate.settle(hold.hold().brand(), changes));
    }

    private HoldRow known(UUID id, Instant now) {
        return ledger.holds()
                .byId(id, now)
                .orElseThrow(() -> new IllegalStateException("hold: " + id + " (expected: the row just moved)"));
    }
}
