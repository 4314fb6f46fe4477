package dev.weir.reservation.internal;

import java.util.concurrent.atomic.AtomicReference;

/**
 * What does this hub believe of a pool in Redis? Either nothing, or that it is being rebuilt under an epoch, or that it may be
 * asked. Thread-safe.
 */
final class PoolState {

    private enum Phase {
        UNKNOWN,
        REBUILDING,
        OPEN
    }

    private record Belief(Phase phase, long epoch, long seen, long noted) {}

    private static final Belief NOTHING = new Belief(Phase.UNKNOWN, 0, 0, 0);

    private final AtomicReference<Belief> belief = new AtomicReference<>(NOTHING);

    /** True when it may be asked. */
    boolean isOpen() {
        return belief.get().phase == Phase.OPEN;
    }

    /** The epoch under which changes are told; 0 for none. */
    long epoch() {
        Belief now = belief.get();
        return now.phase == Phase.UNKNOWN ? 0 : now.epoch;
    }

    /** The newest admission that this hub knows of in that epoch. */
    long seen(long epoch) {
        Belief now = belief.get();
        return now.epoch == epoch ? now.seen : 0;
    }

    /** True when this hub had to do with that epoch before it lost the pool. */
    boolean knew(long epoch) {
        return belief.get().epoch == epoch;
    }

    /** An admission was answered. */
    void saw(long epoch, long seq) {
        belief.updateAndGet(
                now -> now.epoch == epoch && seq > now.seen ? new Belief(now.phase, epoch, seq, now.noted) : now);
    }

    /** What is to be noted in the ledger; 0 when it knows. */
    long unnoted() {
        Belief now = belief.get();
        return now.phase == Phase.OPEN && now.seen > now.noted ? now.seen : 0;
    }

    void noted(long epoch, long seq) {
        belief.updateAndGet(now -> now.epoch == epoch ? new Belief(now.phase, epoch, now.seen, seq) : now);
    }

    /** Not to be asked, but told of changes. */
    void rebuilding(long epoch) {
        belief.set(new Belief(Phase.REBUILDING, epoch, 0, 0));
    }

    /** To be asked, unless it was lost in the meantime. */
    boolean opened(long epoch) {
        return belief.updateAndGet(now -> now.phase == Phase.REBUILDING && now.epoch == epoch
                                ? new Belief(Phase.OPEN, epoch, now.seen, now.noted)
                                : now)
                        .phase
                == Phase.OPEN;
    }

    /** To be asked, as another hub has built it. */
    void adopted(long epoch, long seen) {
        belief.updateAndGet(
                now -> new Belief(Phase.OPEN, epoch, Math.max(seen, now.epoch == epoch ? now.seen : 0), seen));
    }

    /** Not to be believed any more; what was seen is kept, to tell an old copy by. */
    void lost() {
        belief.updateAndGet(now -> new Belief(Phase.UNKNOWN, now.epoch, now.seen, now.noted));
    }
}
