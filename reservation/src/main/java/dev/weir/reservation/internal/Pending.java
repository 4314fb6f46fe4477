package dev.weir.reservation.internal;

import dev.weir.reservation.HoldOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One request on its way through the ledger. The buyer may give up until the ledger has begun to decide it; afterwards it is
 * decided, so nothing is granted that nobody waits for. Thread-safe.
 */
final class Pending {
    private enum Stage {
        WAITING,
        TAKEN,
        GIVEN_UP
    }

    private final Ask ask;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
    private final CompletableFuture<HoldOutcome> answer = new CompletableFuture<>();

    Pending(Ask ask) {
        this.ask = ask;
    }

    Ask ask() {
        return ask;
    }

    /** True when it is to be decided now. */
    boolean take() {
        return stage.compareAndSet(Stage.WAITING, Stage.TAKEN) || stage.get() == Stage.TAKEN;
    }

    /** True when nothing was or will be decided. */
    boolean giveUp() {
        return stage.compareAndSet(Stage.WAITING, Stage.GIVEN_UP);
    }

    CompletableFuture<HoldOutcome> answer() {
        return answer;
    }
}
