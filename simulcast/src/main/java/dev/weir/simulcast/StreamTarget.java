package dev.weir.simulcast;

import dev.weir.simulcast.internal.targets.TargetBook;
import dev.weir.simulcast.internal.targets.TargetWorker;
import java.util.List;
import java.util.function.Function;

/**
 * What can be asked of one push to TikTok, Instagram or any RTMP(S) or SRT address?
 *
 * <p>Made by {@link StreamTargets#add}. It has a connection and a queue of its own: whatever happens to it, no other
 * consumer notices. Thread-safe.
 */
public final class StreamTarget {

    private final TargetBook book;
    private final TargetWorker worker;
    private final Function<TargetSpec, List<Misfit>> misfits;

    StreamTarget(TargetBook book, TargetWorker worker, Function<TargetSpec, List<Misfit>> misfits) {
        this.book = book;
        this.worker = worker;
        this.misfits = misfits;
    }

    /** As it was added, or given another address; its address is a secret. */
    public TargetSpec spec() {
        return book.spec();
    }

    /** How it is doing. */
    public TargetStatus status() {
        return book.status(misfits.apply(book.spec()));
    }

    /** Tries again now when it waits in BACKOFF or REJECTED. */
    public void retry() {
        worker.retry();
    }

    TargetWorker worker() {
        return worker;
    }

    TargetBook book() {
        return book;
    }
}
