package dev.weir.connectors;

import java.util.List;

/** How is money or stock of an order given back at the shop? */
public interface OrderRefund {
    /**
     * Notes the refund there, once for one {@code key} however often it is asked; returns the shop's id of it.
     *
     * @throws ChannelException {@link Fault#REJECTED} with the shop's reason, {@link Fault#NOT_FOUND} when it has no such order
     */
    String refund(Request request);

    /**
     * @param key our refund id: unique, and stored at the shop so that a lost answer can be looked up; 1..64 characters
     * @param orderExternalId the shop's id of the order
     * @param restocked lines whose units may be sold again; may be empty
     * @param amount money given back here, 0 or more; the shop moves no money of its own
     * @param reason shown at the shop, where it has a place for it
     */
    record Request(String key, String orderExternalId, List<OrderLine> restocked, Money amount, String reason) {
        /** Copies the lines. */
        public Request {
            restocked = List.copyOf(restocked);
        }
    }
}
