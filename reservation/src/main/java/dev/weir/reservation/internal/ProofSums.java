package dev.weir.reservation.internal;

import dev.weir.reservation.StockHistory.Units;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Do the movements of one SKU, one after the other, keep the promise? Judged after each version, because movements of one
 * transaction became true together. Not thread-safe.
 */
final class ProofSums {
    long movementId;
    long version;
    long movements;
    long onHand;
    long held;
    long sold;
    long allocated;
    long preOrder;

    @Nullable
    Long tightest;

    @Nullable
    Instant since;

    long breaches;

    @Nullable
    String breach;

    @Nullable
    Instant breachAt;

    private @Nullable Instant open;

    /** Adds a movement; those of one version follow each other. */
    void add(long id, long ofVersion, Units by, Instant at) {
        if (ofVersion != version) {
            close();
            if (ofVersion != version + 1) {
                broken(
                        "version " + ofVersion + " follows " + version + " (expected: " + (version + 1)
                                + "; movements are missing)",
                        at);
            }
            version = ofVersion;
        }
        movementId = id;
        movements++;
        onHand += by.onHand();
        held += by.held();
        sold += by.sold();
        allocated += by.allocated();
        preOrder += by.preOrder();
        open = at;
    }

    /** The movements of the newest version are all there. */
    void close() {
        Instant at = open;
        if (at == null) {
            return;
        }
        open = null;
        Long least = tightest;
        tightest = least == null ? free() : Math.min(least, free());
        if (!keeps()) {
            broken(
                    "version " + version + ": " + text()
                            + " (expected: none negative, and at most what is on hand or may be pre-ordered)",
                    at);
        } else if (since == null) {
            since = at;
        }
    }

    /** Every movement is in: are the sums what the counters say? */
    void compare(long head, Units counters, Instant now) {
        boolean same = version == head
                && onHand == counters.onHand()
                && held == counters.held()
                && sold == counters.sold()
                && allocated == counters.allocated()
                && preOrder == counters.preOrder();
        if (!same) {
            String found = "version " + version + ": movements sum to " + text() + " (expected: version " + head + ", "
                    + text(
                            counters.onHand(),
                            counters.held(),
                            counters.sold(),
                            counters.allocated(),
                            counters.preOrder())
                    + ")";
            if (!found.equals(breach)) {
                broken(found, now);
            }
            since = null;
        } else if (since == null && movements > 0 && keeps()) {
            since = now;
        }
    }

    private long free() {
        return onHand + preOrder - held - sold - allocated;
    }

    private boolean keeps() {
        return free() >= 0 && onHand >= 0 && held >= 0 && sold >= 0 && allocated >= 0 && preOrder >= 0;
    }

    private void broken(String what, Instant at) {
        breaches++;
        breach = what;
        breachAt = at;
        since = null;
    }

    private String text() {
        return text(onHand, held, sold, allocated, preOrder);
    }

    private static String text(long onHand, long held, long sold, long allocated, long preOrder) {
        return "on hand " + onHand + ", held " + held + ", sold " + sold + ", allocated " + allocated
                + (preOrder == 0 ? "" : ", to be pre-ordered " + preOrder);
    }
}
