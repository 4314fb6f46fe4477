package dev.weir.simulcast.internal.targets;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks one session to end, whatever it is waiting for. Thread-safe. */
final class StopSignal {

    private final CompletableFuture<@Nullable Void> asked = new CompletableFuture<>();

    /** Ends the session; what was handed to {@link #then} runs now. */
    void give() {
        asked.complete(null);
    }

    boolean given() {
        return asked.isDone();
    }

    /** Runs when the signal is given, at once if it was. */
    void then(Runnable action) {
        asked.thenRun(action);
    }
}
