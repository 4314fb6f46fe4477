package dev.weir.connectors;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What does one delivery of a platform say, once it is understood? */
public sealed interface ChannelEvent {

    /** An order was placed or changed; carries the whole order as the shop states it now. */
    record OrderStated(Order order) implements ChannelEvent {}

    /** The delivery names an order but does not carry it: the hub must read it from the platform. */
    record OrderTouched(String externalId, Instant at) implements ChannelEvent {}

    /** Money or units went back. */
    record RefundStated(Refund refund) implements ChannelEvent {}

    /** The shop's own level of a stock record changed; {@code stockRef} is {@link Listing#stockRef()}. */
    record StockSeen(String stockRef, int available, Instant at) implements ChannelEvent {}

    /** Goods of an order have left. */
    record ShipmentStated(String orderExternalId, Shipment shipment) implements ChannelEvent {}

    /** A listing was created, changed or removed at the shop: read it again. */
    record CatalogueTouched(String externalId, Instant at) implements ChannelEvent {}

    /**
     * Somebody said something under a live at the platform.
     *
     * @param externalId the platform's id of the comment; tells repeats
     * @param liveExternalId the platform's id of the live, or of the post that it is
     * @param author the name shown there
     */
    record CommentMade(String externalId, String liveExternalId, String author, String text, Instant at)
            implements ChannelEvent {}

    /** The shop's grant to us ends, or has ended, unless the operator renews it. */
    record AccessLapsing(Instant ends, String reason) implements ChannelEvent {}

    /**
     * A person asked, through the platform, what is kept of them or to have it erased.
     *
     * @param orderExternalIds the orders that are meant; empty for all of {@code buyerEmail}
     */
    record PrivacyAsked(Kind kind, @Nullable String buyerEmail, List<String> orderExternalIds) implements ChannelEvent {
        /** What is asked for. */
        public enum Kind {
            /** Hand over what is kept of the buyer. */
            DISCLOSE,
            /** Erase what is kept of the buyer. */
            ERASE,
            /** Erase everything of a shop that left. */
            ERASE_SHOP
        }

        /** Copies the ids. */
        public PrivacyAsked {
            orderExternalIds = List.copyOf(orderExternalIds);
        }
    }

    /** Understood, and of no consequence to us. {@code reason} is shown to ops. */
    record Ignored(String reason) implements ChannelEvent {}
}
