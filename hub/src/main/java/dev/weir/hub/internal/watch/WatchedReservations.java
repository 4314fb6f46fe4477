package dev.weir.hub.internal.watch;

import dev.weir.connectors.Sku;
import dev.weir.reservation.CommitOutcome;
import dev.weir.reservation.Hold;
import dev.weir.reservation.HoldOutcome;
import dev.weir.reservation.HoldRequest;
import dev.weir.reservation.PayingOutcome;
import dev.weir.reservation.Reservations;
import dev.weir.reservation.Sale;
import dev.weir.reservation.SaleOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** How many holds become sales? Counts every move of a hold once its transaction is committed. Thread-safe. */
public final class WatchedReservations implements Reservations {
    static final String MOVES = "weir.hold.moves";
    static final String MOVES_MEANING =
            "Holds that came to this state; lost: paid for too late, released: asked to be, repeats too";

    private final Reservations reservations;
    private final Counter held;
    private final Counter paying;
    private final Counter committed;
    private final Counter lost;
    private final Counter released;
    private final Counter taken;
    private final Counter shortOfUnits;

    /** Does what {@code reservations} does. */
    public WatchedReservations(Reservations reservations, MeterRegistry registry) {
        this.reservations = reservations;
        held = moved(registry, "held");
        paying = moved(registry, "paying");
        committed = moved(registry, "committed");
        lost = moved(registry, "lost");
        released = moved(registry, "released");
        taken = sale(registry, "taken");
        shortOfUnits = sale(registry, "short");
    }

    private static Counter moved(MeterRegistry registry, String to) {
        return Counter.builder(MOVES).description(MOVES_MEANING).tag("to", to).register(registry);
    }

    private static Counter sale(MeterRegistry registry, String outcome) {
        return Counter.builder("weir.sales.without.hold")
                .description("Sales at shops, each try: units taken, or fewer there than sold")
                .tag("outcome", outcome)
                .register(registry);
    }

    /** What is rolled back has not happened. */
    private static void afterCommit(Counter counter) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            counter.increment();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                counter.increment();
            }
        });
    }

    @Override
    public HoldOutcome hold(HoldRequest request) {
        HoldOutcome outcome = reservations.hold(request);
        if (outcome instanceof HoldOutcome.Granted granted && !granted.repeated()) {
            held.increment();
        }
        return outcome;
    }

    @Override
    public Optional<HoldOutcome.SoldOut> soldOut(String brand, String idempotencyKey, Map<Sku, Integer> units) {
        return reservations.soldOut(brand, idempotencyKey, units);
    }

    @Override
    public Optional<Hold> find(UUID id) {
        return reservations.find(id);
    }

    @Override
    public Optional<Hold> findByToken(String token) {
        return reservations.findByToken(token);
    }

    @Override
    public boolean release(UUID id) {
        boolean over = reservations.release(id);
        if (over) {
            afterCommit(released);
        }
        return over;
    }

    @Override
    public PayingOutcome pay(UUID id) {
        PayingOutcome outcome = reservations.pay(id);
        if (outcome instanceof PayingOutcome.Started) {
            afterCommit(paying);
        }
        return outcome;
    }

    @Override
    public CommitOutcome commit(UUID id, String cause) {
        CommitOutcome outcome = reservations.commit(id, cause);
        switch (outcome) {
            case CommitOutcome.Committed sold -> afterCommit(committed);
            case CommitOutcome.Lost gone -> lost.increment();
            case CommitOutcome.AlreadyCommitted before -> {}
        }
        return outcome;
    }

    @Override
    public SaleOutcome sell(Sale sale) {
        SaleOutcome outcome = reservations.sell(sale);
        switch (outcome) {
            case SaleOutcome.Taken sold -> afterCommit(taken);
            case SaleOutcome.Shortfall less -> afterCommit(shortOfUnits);
        }
        return outcome;
    }

    @Override
    public void giveBack(Sale back, String sold) {
        reservations.giveBack(back, sold);
    }

    @Override
    public void restock(Sale sale) {
        reservations.restock(sale);
    }

    @Override
    public void calledOff(String brand, String cause) {
        reservations.calledOff(brand, cause);
    }
}
