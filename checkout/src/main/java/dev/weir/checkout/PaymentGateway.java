package dev.weir.checkout;

import dev.weir.connectors.Money;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookVerdict;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How is money set aside, taken and given back? Every call answers within a bound and never throws for what the gateway
 * or the network does: an answer that did not arrive is {@link PaymentResult.Status#UNKNOWN}, and asking again with the
 * same key does the thing at most once. Thread-safe; blocking.
 */
public interface PaymentGateway {
    /** Its name in settings and addresses, such as {@code stripe}. */
    String name();

    /** What the buyer's browser needs beside the client secret; no secret itself. */
    String publishableKey();

    /** Opens a payment that is captured later; FAILED when it is refused for good. */
    PaymentResult create(CreatePayment payment);

    /** How the payment stands now; UNKNOWN when the gateway does not answer or does not know it. Asked once, no retries. */
    PaymentResult find(String reference);

    /** Takes the money set aside: CAPTURED also when it was taken before, FAILED when refused for good. */
    PaymentResult capture(String reference, String idempotencyKey);

    /** Lets the money go: CANCELLED also when it was let go before, CAPTURED when it is too late. */
    PaymentResult cancel(String reference, String idempotencyKey);

    /** Gives captured money back in full: CANCELLED when it is on its way back, now or before. */
    PaymentResult refund(String reference, String idempotencyKey);

    /**
     * Gives so much of captured money back, once for the key however late it is asked again: CANCELLED with the gateway's id of the
     * refund when it is on its way, FAILED when there is not so much left or it is refused for good.
     *
     * @param amount more than zero
     */
    PaymentResult refund(String reference, Money amount, String idempotencyKey);

    /** Whether the delivery is from the gateway. */
    WebhookVerdict verify(RawWebhook webhook);

    /** What an authentic delivery says; empty when it is about something else than a payment. */
    Optional<PaymentEvent> parse(RawWebhook webhook);

    /**
     * @param amount more than zero
     * @param idempotencyKey equal for repeats of this payment
     * @param holdId kept with the payment, for whoever looks at it there
     * @param checkoutId kept with the payment, and told by every event about it
     */
    record CreatePayment(Money amount, String idempotencyKey, UUID holdId, UUID checkoutId) {}

    /**
     * @param deliveryId equal for repeats of one delivery
     * @param type the gateway's name of the event kind
     * @param checkoutId null when the payment is not one of ours
     */
    record PaymentEvent(
            String deliveryId, String type, @Nullable UUID checkoutId, PaymentResult payment) {}
}
