package dev.weir.checkout;

import dev.weir.connectors.Money;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How does a hold become a paid order? Opens a payment for the hold's total, books the order when it is authorised, then
 * captures; a hold that was lost cancels the payment, so nobody pays for nothing. Thread-safe.
 */
public interface Checkouts {
    /** Opens a checkout for a hold; a repeat for the same hold answers the same checkout. */
    Opened open(Request request);

    /** The checkout; asks the gateway when it has waited for an answer for over 2 s, so a lost webhook is no dead end. */
    Optional<CheckoutView> find(UUID id);

    /** Whether the delivery is from the gateway. */
    WebhookVerdict verify(String gateway, RawWebhook webhook);

    /** Carries out what an authentic delivery says; repeatable, in any order. Returns its effect for ops. */
    String take(String gateway, RawWebhook webhook);

    /** Brings unfinished checkouts to their end by asking the gateway; call at start and every few seconds. Returns how many moved. */
    int recover();

    /**
     * Gives so much of what was paid for the order back to its buyer, once for the key: asks the gateway, which looks first, and changes
     * nothing else. CANCELLED with the gateway's id of the refund, FAILED when it is refused for good, else ask again with the same key.
     *
     * @param amount more than zero, in the order's currency
     * @param key 1..64 characters
     */
    PaymentResult refund(UUID orderId, Money amount, String key);

    /** Erases e-mail and postal addresses that ended checkouts of these orders keep, in the caller's transaction; repeatable. */
    void forget(Collection<UUID> orders);

    /**
     * @param holdToken the hold's token
     * @param email 3..254 characters with one @
     * @param address name, line1, line2 (may be absent), city, postalCode, country (ISO 3166 alpha-2)
     * @param gateway null for the default
     */
    record Request(
            String holdToken,
            String email,
            Map<String, String> address,
            @Nullable String gateway) {
        /** Copies the address. */
        public Request {
            address = Map.copyOf(address);
        }
    }

    /** What became of {@link #open}. */
    sealed interface Opened {
        /** Ready to pay. */
        record Ready(CheckoutView checkout) implements Opened {}

        /** The token belongs to no hold. */
        record UnknownHold() implements Opened {}

        /** The hold's time ran out, or it was released. */
        record HoldLost(String reason) implements Opened {}

        /** The gateway cannot be reached or refuses: nothing was charged. */
        record GatewayDown(String reason, Duration retryAfter) implements Opened {}
    }

    /**
     * @param clientSecret lets the buyer's browser confirm this one payment
     * @param orderId set once booked
     * @param reason why it ended without an order, for the buyer
     */
    record CheckoutView(
            UUID id,
            UUID holdId,
            State state,
            Money total,
            String gateway,
            String paymentReference,
            String clientSecret,
            String publishableKey,
            Instant expiresAt,
            @Nullable UUID orderId,
            @Nullable String reason) {}

    /** Where does a checkout stand? OPEN→AUTHORISED→PAID, or OPEN→CANCELLED/EXPIRED/FAILED, or AUTHORISED→FAILED. */
    enum State {
        /** Waiting for the buyer. */
        OPEN,
        /** The order is booked, the money not captured yet. */
        AUTHORISED,
        /** Captured. */
        PAID,
        /** The payment was cancelled because the hold was lost. */
        CANCELLED,
        /** The buyer did not pay in time. */
        EXPIRED,
        /** The gateway refused for good. */
        FAILED
    }
}
