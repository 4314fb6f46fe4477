package dev.weir.connectors.http;

import dev.weir.connectors.http.RateBudget.Ask;
import dev.weir.connectors.http.RateBudget.Outcome;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whose turn is it at one bucket? Only the first in line asks the store; a newcomer of a lane further ahead becomes the first at once.
 * Thread-safe.
 */
final class Line {
    private static final int MOST_IN_A_LANE = 64;
    /** What is said to a caller who never came to the front, so nothing was calculated for. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final BucketStore store;
    private final Waits waits;
    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityQueue<Waiter> waiters =
            new PriorityQueue<>(Comparator.comparing(Waiter::lane).thenComparingLong(Waiter::number));
    private long number;
    private Duration stated = SOON;

    Line(BucketStore store, Waits waits) {
        this.store = store;
        this.waits = waits;
    }

    private record Waiter(Lane lane, long number, Condition turn) {}

    Outcome spend(Ask ask) {
        long began = waits.nanos();
        lock.lock();
        try {
            if (waiters.stream().filter(w -> w.lane() == ask.lane()).count() >= MOST_IN_A_LANE) {
                return new Outcome.Refused(stated);
            }
            Waiter self = new Waiter(ask.lane(), number++, lock.newCondition());
            waiters.add(self);
            try {
                return served(self, ask, began);
            } finally {
                waiters.remove(self);
                wakeFirst();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Refused(stated);
        } finally {
            lock.unlock();
        }
    }

    private Outcome served(Waiter self, Ask ask, long began) throws InterruptedException {
        while (true) {
            Duration waited = Duration.ofNanos(waits.nanos() - began);
            Duration left = ask.longest().minus(waited);
            if (!self.equals(waiters.peek())) {
                if (!left.isPositive()) {
                    return new Outcome.Refused(stated);
                }
                waits.await(self.turn(), left);
                continue;
            }
            switch (store.take(ask)) {
                case BucketStore.Take.Taken taken -> {
                    return new Outcome.Spent(ask, taken.receipt(), waited);
                }
                case BucketStore.Take.NotYet notYet -> {
                    stated = notYet.after();
                    if (notYet.after().compareTo(left) > 0) {
                        return new Outcome.Refused(notYet.after());
                    }
                    waits.await(self.turn(), notYet.after());
                }
            }
        }
    }

    /** To be called when there may be more than was said. */
    void changed() {
        lock.lock();
        try {
            wakeFirst();
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return waiters.size();
        } finally {
            lock.unlock();
        }
    }

    private void wakeFirst() {
        Waiter first = waiters.peek();
        if (first != null) {
            first.turn().signal();
        }
    }
}
