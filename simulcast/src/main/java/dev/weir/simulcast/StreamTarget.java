package dev.weir.simulcast;

import dev.weir.simulcast.internal.targets.TargetBook;
import dev.weir.simulcast.internal.targets.TargetWorker;

/**
 * What can be asked of one push to TikTok, Instagram or any RTMP(S) or SRT address?
 *
 * <p>Made by {@link StreamTargets#add}. Runs on a thread of its own with a queue of its own: whatever happens to it, no
 * other consumer notices. Thread-safe.
 */
public final class StreamTarget {

    private final TargetSpec spec;
    private final TargetBook book;
    private final TargetWorker worker;

    StreamTarget(TargetSpec spec, TargetBook book, TargetWorker worker) {
        this.spec = spec;
        this.book = book;
        this.worker = worker;
    }

    /** As it was added; its address is a secret. */
    public TargetSpec spec() {
        return spec;
    }

    /** How it is doing. */
    public TargetStatus status() {
        return book.status();
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
