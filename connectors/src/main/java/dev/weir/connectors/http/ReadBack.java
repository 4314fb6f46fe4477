package dev.weir.connectors.http;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How is something done once on a platform that would do it twice? When the answer was lost it is looked for, not sent again. What
 * cannot be found stays {@link Fault#OUTCOME_UNKNOWN}: it may still be under way, and whoever tries again later looks first
 * ({@link #unlessThere}). Thread-safe; blocking.
 */
public final class ReadBack {
    private static final int LOOKS = 3;
    private static final Duration BEFORE_EACH = Duration.ofMillis(500);

    private final Waits waits;

    /** Looks up to 3 times, half a second apart. */
    public ReadBack() {
        this(Waits.REAL);
    }

    /** As above, waiting by {@code waits}. */
    public ReadBack(Waits waits) {
        this.waits = waits;
    }

    /**
     * For what was tried before: looks first and acts only when nothing is there.
     *
     * @throws ChannelException of either; {@link Fault#OUTCOME_UNKNOWN} when acting had no answer and nothing was found since
     */
    public <T> T unlessThere(Supplier<Optional<T>> lookUp, Supplier<T> act) {
        return lookUp.get().orElseGet(() -> once(act, lookUp));
    }

    /**
     * For what was never tried before: acts, and looks only when the answer was lost.
     *
     * @throws ChannelException of {@code act}; {@link Fault#OUTCOME_UNKNOWN} when nothing was found since
     */
    public <T> T once(Supplier<T> act, Supplier<Optional<T>> lookUp) {
        try {
            return act.get();
        } catch (ChannelException e) {
            if (e.fault() != Fault.OUTCOME_UNKNOWN) {
                throw e;
            }
            return find(lookUp, e).orElseThrow(() -> e);
        }
    }

    private <T> Optional<T> find(Supplier<Optional<T>> lookUp, ChannelException lost) {
        for (int look = 0; look < LOOKS; look++) {
            if (!waits.sleep(BEFORE_EACH)) {
                return Optional.empty();
            }
            try {
                Optional<T> found = lookUp.get();
                if (found.isPresent()) {
                    return found;
                }
            } catch (ChannelException e) {
                lost.addSuppressed(e);
            }
        }
        return Optional.empty();
    }
}
