package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.HoldOutcome;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One request on its way through the ledger. Whoever asked may give up until the ledger has begun to decide it; afterwards it is
 * decided, so nothing is granted that nobody waits for. Thread-safe.
 *
 * @param <T> the answer
 */
abstract sealed class Pending<T> {
    private enum Stage {
        WAITING,
        TAKEN,
        GIVEN_UP
    }

    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
    private final CompletableFuture<T> answer = new CompletableFuture<>();

    /** A tap. */
    static final class Tap extends Pending<HoldOutcome> {
        private final Ask ask;

        Tap(Ask ask) {
            this.ask = ask;
        }

        Ask ask() {
            return ask;
        }
    }

    /** A hold is given back; answers false when it was over already. */
    static final class GivenBack extends Pending<Boolean> {
        private final UUID hold;
        private final Set<Sku> skus;

        /** {@code skus}: all that it takes units of; empty when nobody here remembers. */
        GivenBack(UUID hold, Set<Sku> skus) {
            this.hold = hold;
            this.skus = skus;
        }

        UUID hold() {
            return hold;
        }

        Set<Sku> skus() {
            return skus;
        }
    }

    /** True when it is to be decided now. */
    boolean take() {
        return stage.compareAndSet(Stage.WAITING, Stage.TAKEN) || stage.get() == Stage.TAKEN;
    }

    /** True when nothing was or will be decided. */
    boolean giveUp() {
        return stage.compareAndSet(Stage.WAITING, Stage.GIVEN_UP);
    }

    CompletableFuture<T> answer() {
        return answer;
    }
}
