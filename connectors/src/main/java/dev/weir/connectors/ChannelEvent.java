package dev.weir.connectors;

import java.time.Instant;

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

    /** Understood, and of no consequence to us. {@code reason} is shown to ops. */
    record Ignored(String reason) implements ChannelEvent {}
}
