package dev.weir.magento.internal.sandbox;

import dev.weir.connectors.sandbox.SandboxPlatform;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** How is this shop worse than the average one? All are off until flipped, and forgotten by a restart. Thread-safe. */
final class Quirks {
    private final Set<Twist> on = EnumSet.noneOf(Twist.class);

    synchronized boolean on(Twist quirk) {
        return on.contains(quirk);
    }

    /** Whether {@code quirk} is on; it is off afterwards. */
    synchronized boolean spend(Twist quirk) {
        return on.remove(quirk);
    }

    synchronized List<SandboxPlatform.Quirk> all() {
        return Arrays.stream(Twist.values())
                .map(quirk -> new SandboxPlatform.Quirk(quirk.id, quirk.what, on.contains(quirk)))
                .toList();
    }

    synchronized Twist flip(String id, boolean wanted) {
        Twist quirk = Arrays.stream(Twist.values())
                .filter(one -> one.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("quirk: " + id + " (expected: one of "
                        + Arrays.stream(Twist.values()).map(one -> one.id).toList() + ")"));
        if (wanted) {
            on.add(quirk);
        } else {
            on.remove(quirk);
        }
        return quirk;
    }

    enum Twist {
        BEARER_ALLOWED("bearer-allowed", "Takes an integration's token as Bearer, as before 2.4.4"),
        TOKEN_REVOKED("token-revoked", "Refuses the integration: its token was revoked"),
        LOGINS_LAPSE("logins-lapse", "Forgets the administrators and customers that are logged in now"),
        REPEAT_LAST_PAGE("repeat-last-page", "Repeats the last page of a list for ever, as up to 2.3"),
        NULL_ITEMS("null-items", "Says null instead of an empty list"),
        LEGACY_STOCK("legacy-stock", "Has no inventory sources: one number a product"),
        UNMANAGED_STOCK("unmanaged-stock", "Manages the stock of no product: all can be sold, whatever their number"),
        THRESHOLD("threshold", "Sells the last two units of no product"),
        INDEX_LAG("index-lag", "Shows what was written to a source only a minute later"),
        NEXT_WRITE_BREAKS("next-write-breaks", "Carries the next write out and answers it with 500"),
        NEXT_WRITE_DEADLOCKS("next-write-deadlocks", "Refuses the next write for a deadlock of its database"),
        MAINTENANCE("maintenance", "Answers every call with a page and 503"),
        BACK_PRESSURE("back-pressure", "Refuses to place orders of guests: too many"),
        BULK_FAILS_IN_PART("bulk-fails-in-part", "Refuses every second queued operation"),
        COMMENTS_UNLISTED("comments-unlisted", "Leaves comments out of lists of shipments and credit memos"),
        LATE_ROWS("late-rows", "Commits orders 90 s after the time that they say"),
        LOCALISED("localised", "Says no in German"),
        HOLLOW_REFUSED("hollow-orders-refused", "Imports no order without address or items, as of 2.4.9");

        private final String id;
        private final String what;

        Twist(String id, String what) {
            this.id = id;
            this.what = what;
        }
    }
}
