package dev.weir.reservation.internal;

import dev.weir.reservation.HoldOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * How do the grants and releases of one brand reach the ledger? One writer at a time takes whatever has gathered, 64 at most,
 * into one transaction: what came during the commit before, and in a rush what comes within 1.5 ms more, because a transaction
 * costs both processors nearly the same for one tap as for ten. Who comes alone waits for nobody. Thread-safe.
 */
final class GrantQueue {
    private static final Logger LOG = LoggerFactory.getLogger(GrantQueue.class);
    private static final int MOST_WAITING = 1_024;
    private static final int MOST_IN_BATCH = 64;
    private static final int ATTEMPTS = 3;
    private static final int COMPANY = 8;
    private static final long GATHER_NANOS = 1_500_000L;

    /** Within this of the batch before, more are likely to be on their way. */
    private static final long RUSH_NANOS = Duration.ofMillis(20).toNanos();

    /**
     * Threads of the system's own: a writer waits for the database some four times a batch, and the way by which a virtual thread
     * comes back from each wait takes longer than the answer. At most one a brand, and a minute longer than its rush.
     */
    private static final ExecutorService WRITERS = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("grants-", 0).factory());

    /** What a buyer is told when the ledger cannot answer. */
    static final HoldOutcome UNAVAILABLE = new HoldOutcome.Unavailable(Duration.ofSeconds(1));

    private final String brand;
    private final Grants grants;
    private final LinkedBlockingQueue<Pending<?>> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean writing = new AtomicBoolean();
    private volatile long wroteAt = System.nanoTime() - RUSH_NANOS;

    GrantQueue(String brand, Grants grants) {
        this.brand = brand;
        this.grants = grants;
    }

    /** False when the queue is full. */
    boolean offer(Pending<?> pending) {
        if (!waiting.offer(pending)) {
            return false;
        }
        if (writing.compareAndSet(false, true)) {
            WRITERS.execute(this::write);
        }
        return true;
    }

    private void write() {
        do {
            try {
                List<Pending<?>> batch = new ArrayList<>(MOST_IN_BATCH);
                gather();
                while (waiting.drainTo(batch, MOST_IN_BATCH) > 0) {
                    decide(List.copyOf(batch));
                    batch.clear();
                    wroteAt = System.nanoTime();
                    gather();
                }
            } finally {
                writing.set(false);
            }
        } while (!waiting.isEmpty() && writing.compareAndSet(false, true));
    }

    private void gather() {
        int here = waiting.size();
        if (here > 0 && here < COMPANY && System.nanoTime() - wroteAt < RUSH_NANOS) {
            LockSupport.parkNanos(GATHER_NANOS);
        }
    }

    private void decide(List<Pending<?>> batch) {
        try {
            decideTogether(batch);
        } catch (ConcurrencyFailureException | DataIntegrityViolationException | IllegalArgumentException e) {
            // One of them spoilt it for all (a key taken at another hub, a text the database refuses): each by itself.
            batch.forEach(this::decideAlone);
        } catch (RuntimeException e) {
            LOG.warn("grants of {}: the ledger did not answer {} requests ({})", brand, batch.size(), e.toString());
            batch.forEach(GrantQueue::unanswered);
        }
    }

    private void decideAlone(Pending<?> pending) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                decideTogether(List.of(pending));
                return;
            } catch (ConcurrencyFailureException e) {
                LOG.debug("grant of {}: attempt {} lost a race", brand, attempt, e);
            } catch (DataIntegrityViolationException | IllegalArgumentException e) {
                pending.answer().completeExceptionally(e);
                return;
            } catch (RuntimeException e) {
                LOG.warn("grant of {}: the ledger did not answer ({})", brand, e.toString());
                break;
            }
        }
        unanswered(pending);
    }

    private void decideTogether(List<Pending<?>> batch) {
        List<Pending.Tap> taps = new ArrayList<>();
        List<Pending.GivenBack> back = new ArrayList<>();
        for (Pending<?> pending : batch) {
            switch (pending) {
                case Pending.Tap tap -> taps.add(tap);
                case Pending.GivenBack given -> back.add(given);
            }
        }
        Grants.Decided decided = grants.decide(brand, taps, back);
        taps.forEach(tap -> tap.answer().complete(decided.taps().getOrDefault(tap, UNAVAILABLE)));
        back.forEach(given -> given.answer().complete(decided.back().has(given.hold())));
    }

    private static void unanswered(Pending<?> pending) {
        switch (pending) {
            case Pending.Tap tap -> tap.answer().complete(UNAVAILABLE);
            case Pending.GivenBack given ->
                given.answer().completeExceptionally(new Unanswered("release of " + given.hold() + ": no answer"));
        }
    }
}
