package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.HoldOutcome;
import dev.weir.reservation.HoldRequest;
import dev.weir.reservation.ReservationSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/** How does a tap become a hold? The gate admits, the ledger grants, and what they disagree on is put right. */
final class HoldDesk {
    /** How often a brand may change its bundles under one tap. */
    private static final int ATTEMPTS = 3;

    /** Holds that are remembered, more than live in 90 s at the highest rate; then it begins anew. */
    private static final int MOST_KNOWN = 100_000;

    private final Ledger ledger;
    private final Gate gate;
    private final Secrets secrets;
    private final Grants grants;
    private final ReservationSettings settings;
    private final ConcurrentMap<String, GrantQueue> queues = new ConcurrentHashMap<>();
    private final ConcurrentMap<UUID, Known> known = new ConcurrentHashMap<>();

    HoldDesk(Ledger ledger, Gate gate, Secrets secrets, TransactionTemplate own, ReservationSettings settings) {
        this.ledger = ledger;
        this.gate = gate;
        this.secrets = secrets;
        this.grants = new Grants(ledger, gate, own);
        this.settings = settings;
    }

    HoldOutcome hold(HoldRequest request) {
        if (request.idempotencyKey().startsWith(Ask.WAITLIST_KEYS)) {
            throw new IllegalArgumentException("idempotencyKey: " + request.idempotencyKey()
                    + " (expected: one that does not begin with " + Ask.WAITLIST_KEYS + ")");
        }
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Recipes recipes = ledger.recipes().of(request.brand());
            HoldOutcome outcome = hold(Ask.of(request, secrets, recipes, ledger.now(), settings.holdFor()));
            if (!outcome.equals(Grants.RECOMPOSED)) {
                return outcome;
            }
            ledger.recipes().reload(request.brand());
        }
        return GrantQueue.UNAVAILABLE;
    }

    private HoldOutcome hold(Ask ask) {
        return switch (gate.admit(ask)) {
            case Gate.Admission.SoldOut(var sku, var available) -> ask.soldOut(sku, available);
            case Gate.Admission.Admitted(var epoch, var seq) -> admitted(ask.admitted(epoch, seq));
            case Gate.Admission.Repeat() -> repeated(ask);
            case Gate.Admission.Unknown() -> unknown(ask);
        };
    }

    Optional<HoldOutcome.SoldOut> soldOut(String brand, String idempotencyKey, Map<Sku, Integer> units) {
        Recipes recipes = ledger.recipes().of(brand);
        return gate.look(brand, secrets.holdId(brand, idempotencyKey), recipes.units(units))
                .map(gone -> recipes.soldOut(units, gone.sku(), gone.available()));
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
        Pending.Tap tap = new Pending.Tap(ask);
        if (!queue(ask.brand()).offer(tap)) {
            return GrantQueue.UNAVAILABLE;
        }
        HoldOutcome outcome = await(tap);
        if (outcome instanceof HoldOutcome.Granted granted) {
            remember(granted.hold().id(), new Known(ask.brand(), ask.units().keySet()));
        }
        return outcome == null ? GrantQueue.UNAVAILABLE : outcome;
    }

    /** What of a hold never changes. */
    private record Known(String brand, Set<Sku> skus) {}

    private void remember(UUID id, Known hold) {
        if (known.size() >= MOST_KNOWN) {
            known.clear();
        }
        known.put(id, hold);
    }

    /** The database is asked about those of other hubs, and of before the start. */
    private @Nullable Known known(UUID id) {
        Known here = known.remove(id);
        return here != null
                ? here
                : ledger.holds()
                        .brandOf(id)
                        .map(brand -> new Known(brand, Set.of()))
                        .orElse(null);
    }

    /** Gives a hold back together with whatever else is being written; false when it was over already, or is unknown. */
    boolean release(UUID id) {
        Known hold = known(id);
        if (hold == null) {
            return false;
        }
        Pending.GivenBack back = new Pending.GivenBack(id, hold.skus());
        Boolean released = queue(hold.brand()).offer(back) ? await(back) : null;
        if (released == null) {
            throw new Unanswered("release of " + id + ": no answer within " + settings.grantTimeout());
        }
        return released;
    }

    private GrantQueue queue(String brand) {
        return queues.computeIfAbsent(brand, any -> new GrantQueue(any, grants));
    }

    private <T> @Nullable T await(Pending<T> pending) {
        T answer = await(pending, settings.grantTimeout());
        // Being decided at this moment: a little longer is better than an answer that may be wrong.
        return answer != null || pending.giveUp() ? answer : await(pending, settings.grantTimeout());
    }

    private static <T> @Nullable T await(Pending<T> pending, Duration most) {
        try {
            return pending.answer().get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Unanswered unanswered) {
                throw unanswered;
            }
            throw new IllegalArgumentException(
                    "hold: refused by the ledger (expected: a request that it can keep)", e.getCause());
        }
    }
}
