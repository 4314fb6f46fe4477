package dev.weir.routes;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is done at a connected shop by itself, now and then, and did it work the last time? Thread-safe. */
public interface ConnectionChores {
    /** Where the connection's chores stand, in the order of {@link Kind}; empty before its routes were opened. */
    List<Standing> of(UUID connectionId);

    /** Does all of them but {@link Kind#DRIFT} and {@link Kind#LISTINGS} at the next look, whatever their time. */
    void soon(UUID connectionId);

    /** What is done. */
    enum Kind {
        /** The platform is asked whether it still pushes to us, and what it dropped is subscribed to again. */
        SUBSCRIPTIONS,
        /** Orders are asked for that a push should have told of. */
        ORDERS,
        /** Shipments and refunds are asked for, where a shop does not push. */
        AFTER_SALE,
        /** Listings that changed are read. */
        CATALOGUE,
        /** What was paid out is read. */
        SETTLEMENTS,
        /** What the shop shows is compared with what we expect: {@link Drifts}. */
        DRIFT,
        /** A shop that follows is sent what it was not sent as it is. */
        LISTINGS
    }

    /**
     * @param doneAt when it last went well; null before the first time
     * @param found what was found then, in words
     * @param error why the last try failed; null when it did not
     * @param nextAt when it is done next
     */
    record Standing(
            Kind kind,
            @Nullable Instant doneAt,
            @Nullable String found,
            @Nullable String error,
            Instant nextAt) {}
}
