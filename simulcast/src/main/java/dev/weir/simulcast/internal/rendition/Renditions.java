package dev.weir.simulcast.internal.rendition;

import dev.weir.simulcast.PacketFanout;
import dev.weir.simulcast.Rendition;
import dev.weir.simulcast.RenditionLease;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The forms that one live's stream is offered in. Each is made by one worker while somebody holds a lease on it, and a
 * little longer, so that a viewer who reloads finds it running. Thread-safe.
 */
public final class Renditions implements AutoCloseable {

    private static final Duration LINGER = Duration.ofSeconds(5);

    private final PacketFanout source;
    private final long lingerNanos;
    private final Map<Rendition, Shared> forms = new HashMap<>();
    private boolean closed;

    /** Forms of {@code source}. */
    public Renditions(PacketFanout source) {
        this(source, LINGER);
    }

    /**
     * Forms of {@code source}.
     *
     * @param linger how long a form is made after its last lease was closed
     */
    Renditions(PacketFanout source, Duration linger) {
        this.source = source;
        this.lingerNanos = linger.toNanos();
    }

    /** The form asked for, made from now on if nobody had asked before; of an ended live it has no frames. */
    public RenditionLease open(Rendition form) {
        if (form instanceof Rendition.Source) {
            return new Lease(source, () -> {});
        }
        synchronized (forms) {
            if (closed) {
                var none = new PacketFanout();
                none.close();
                return new Lease(none, () -> {});
            }
            Shared shared = forms.get(form);
            if (shared == null) {
                shared = new Shared(form);
                forms.put(form, shared);
            }
            shared.leases++;
            Shared leased = shared;
            return new Lease(shared.worker.fanout(), () -> release(leased));
        }
    }

    private void release(Shared shared) {
        synchronized (forms) {
            shared.leases--;
            shared.leftAt = System.nanoTime();
        }
    }

    /** Forms that are being made now. */
    int active() {
        synchronized (forms) {
            return forms.size();
        }
    }

    /** The live is over: what waits is still made, and then all forms end. May be called again. */
    @Override
    public void close() {
        synchronized (forms) {
            closed = true;
            forms.values().forEach(shared -> shared.worker.stop());
            forms.clear();
        }
    }

    private final class Shared implements FormWorker.Owner {

        private final Rendition form;
        private final FormWorker worker;
        private int leases;
        private long leftAt;

        Shared(Rendition form) {
            this.form = form;
            this.worker = new FormWorker(form, source, this);
        }

        /** Decides and forgets the form in one step, so that nobody is given one that is about to end. */
        @Override
        public boolean unwanted() {
            synchronized (forms) {
                if (leases > 0 || closed || System.nanoTime() - leftAt < lingerNanos) {
                    return false;
                }
                return forms.remove(form, this);
            }
        }

        @Override
        public void ended() {
            synchronized (forms) {
                forms.remove(form, this);
            }
        }
    }

    private record Lease(PacketFanout fanout, Runnable release, AtomicBoolean open) implements RenditionLease {

        Lease(PacketFanout fanout, Runnable release) {
            this(fanout, release, new AtomicBoolean(true));
        }

        @Override
        public void close() {
            if (open.compareAndSet(true, false)) {
                release.run();
            }
        }
    }
}
