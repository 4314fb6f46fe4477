package dev.weir.reservation.internal;

import dev.weir.reservation.HoldOutcome;
import dev.weir.reservation.HoldRequest;
import dev.weir.reservation.ReservationSettings;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/** How does a tap become a hold? The gate admits, the ledger grants, and what they disagree on is put right. */
final class HoldDesk {
    private final Ledger ledger;
    private final Gate gate;
    private final Secrets secrets;
    private final Grants grants;
    private final ReservationSettings settings;
    private final ConcurrentMap<String, GrantQueue> queues = new ConcurrentHashMap<>();

    HoldDesk(Ledger ledger, Gate gate, Secrets secrets, TransactionTemplate own, ReservationSettings settings) {
        this.ledger = ledger;
        this.gate = gate;
        this.secrets = secrets;
        this.grants = new Grants(ledger, own);
        this.settings = settings;
    }

    HoldOutcome hold(HoldRequest request) {
        Ask ask = Ask.of(request, secrets, ledger.now(), settings.holdFor());
        return switch (gate.admit(ask)) {
            case Gate.Admission.SoldOut(var sku, var available) ->
                new HoldOutcome.SoldOut(sku, ask.units().getOrDefault(sku, 0), available);
            case Gate.Admission.Admitted(var epoch, var seq) -> admitted(ask.admitted(epoch, seq));
            case Gate.Admission.Repeat() -> repeated(ask);
            case Gate.Admission.Unknown() -> unknown(ask);
        };
    }

    private HoldOutcome admitted(Ask ask) {
        boolean kept = false;
        boolean known = false;
        try {
            HoldOutcome outcome = grant(ask);
            if (outcome.equals(Grants.STALE)) {
                gate.distrust(ask.brand());
                outcome = grant(ask.notAdmitted());
                known = outcome instanceof HoldOutcome.Granted;
                return outcome;
            }
            known = outcome instanceof HoldOutcome.Granted;
            kept = outcome instanceof HoldOutcome.Granted granted && !granted.repeated();
            return outcome;
        } finally {
            if (!kept) {
                gate.withdraw(ask);
                learn(ask, known);
            }
        }
    }

    private HoldOutcome repeated(Ask ask) {
        HoldOutcome outcome = grant(ask);
        if (outcome instanceof HoldOutcome.Granted granted && !granted.repeated()) {
            // The first tap was admitted but never granted; what the gate kept of it may be gone.
            learn(ask, true);
        }
        return outcome;
    }

    private HoldOutcome unknown(Ask ask) {
        HoldOutcome outcome = grant(ask);
        learn(ask, outcome instanceof HoldOutcome.Granted);
        return outcome;
    }

    /** The marker comes first: once the SKUs are known to the gate, a repeat must be too. */
    private void learn(Ask ask, boolean granted) {
        if (granted) {
            gate.remember(ask);
        }
        gate.learn(ask.brand(), ask.skus());
    }

    private HoldOutcome grant(Ask ask) {
        Pending pending = new Pending(ask);
        GrantQueue queue = queues.computeIfAbsent(ask.brand(), brand -> new GrantQueue(brand, grants));
        if (!queue.offer(pending)) {
            return GrantQueue.UNAVAILABLE;
        }
        HoldOutcome outcome = await(pending, settings.grantTimeout());
        if (outcome == null && !pending.giveUp()) {
            // Being decided at this moment: a little longer is better than an answer that may be wrong.
            outcome = await(pending, settings.grantTimeout());
        }
        return outcome == null ? GrantQueue.UNAVAILABLE : outcome;
    }

    private static @Nullable HoldOutcome await(Pending pending, Duration most) {
        try {
            return pending.answer().get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException e) {
            throw new IllegalArgumentException(
                    "hold: refused by the ledger (expected: a request that it can keep)", e.getCause());
        }
    }
}
