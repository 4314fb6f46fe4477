package dev.weir.checkout;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What does a gateway say of one payment?
 *
 * @param reference the gateway's id of the payment; null only while it is not known
 * @param clientSecret lets the buyer's browser confirm this one payment; null where the gateway did not tell it
 * @param reason why it failed or is not known, free of secrets; null otherwise
 * @param retryAfter the wait that the gateway asked for; null when it did not
 */
public record PaymentResult(
        Status status,
        @Nullable String reference,
        @Nullable String clientSecret,
        @Nullable String reason,
        @Nullable Duration retryAfter) {

    /** Where does the payment stand? */
    public enum Status {
        /** The buyer has to give a means of payment, for the first time or after a decline. */
        REQUIRES_PAYMENT,
        /** Under way: the buyer's bank asks the buyer, or has not answered yet. */
        REQUIRES_ACTION,
        /** The money is set aside and waits for the capture. */
        AUTHORISED,
        /** The money is ours. */
        CAPTURED,
        /** It will never be charged. */
        CANCELLED,
        /** Refused for good; asking again answers the same. */
        FAILED,
        /** No answer, or none that settles it: it may have happened or not. Ask again with the same key. */
        UNKNOWN
    }

    /** A payment that the gateway knows. */
    public static PaymentResult known(Status status, String reference, @Nullable String clientSecret) {
        return new PaymentResult(status, reference, clientSecret, null, null);
    }

    /** Refused for good. */
    public static PaymentResult failed(@Nullable String reference, String reason) {
        return new PaymentResult(Status.FAILED, reference, null, reason, null);
    }

    /** It may have happened or not. */
    public static PaymentResult unknown(@Nullable String reference, String reason, @Nullable Duration retryAfter) {
        return new PaymentResult(Status.UNKNOWN, reference, null, reason, retryAfter);
    }

    /** Without the client secret, which has no place in a log. */
    @Override
    public String toString() {
        return "PaymentResult[" + status + ", " + reference + ", " + reason + "]";
    }
}
