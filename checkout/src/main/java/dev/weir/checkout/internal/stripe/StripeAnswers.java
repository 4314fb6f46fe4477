package dev.weir.checkout.internal.stripe;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.StripeError;
import dev.weir.checkout.PaymentResult;
import dev.weir.checkout.PaymentResult.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What does an answer of Stripe, or the lack of one, mean? */
public final class StripeAnswers {
    private static final Duration THROTTLE_PAUSE = Duration.ofSeconds(2);
    private static final String DONE_BEFORE = "charge_already_refunded";

    private StripeAnswers() {}

    /** Carries out {@code call} and says what it came to. */
    public static PaymentResult of(String operation, @Nullable String reference, Call<PaymentIntent> call) {
        try {
            return of(call.run());
        } catch (StripeException e) {
            StripeError error = e.getStripeError();
            PaymentIntent now = error == null ? null : error.getPaymentIntent();
            if (now != null && "payment_intent_unexpected_state".equals(e.getCode())) {
                return of(now);
            }
            return refused(operation, reference, e);
        }
    }

    /** As {@link #of}, for a refund. */
    public static PaymentResult ofRefund(String reference, Call<Refund> call) {
        try {
            Refund refund = call.run();
            return "failed".equals(refund.getStatus()) || "canceled".equals(refund.getStatus())
                    ? PaymentResult.failed(reference, "refund: " + refund.getStatus())
                    : PaymentResult.known(Status.CANCELLED, reference, null);
        } catch (StripeException e) {
            return DONE_BEFORE.equals(e.getCode())
                    ? PaymentResult.known(Status.CANCELLED, reference, null)
                    : refused("refund", reference, e);
        }
    }

    /** As {@link #of}, for a refund of a part, whose id is told. */
    public static PaymentResult ofPart(String reference, Call<Refund> call) {
        try {
            Refund refund = call.run();
            return "failed".equals(refund.getStatus()) || "canceled".equals(refund.getStatus())
                    ? PaymentResult.failed(refund.getId(), "refund: " + refund.getStatus())
                    : PaymentResult.known(Status.CANCELLED, refund.getId(), null);
        } catch (StripeException e) {
            return refused("refund", reference, e);
        }
    }

    /** A PaymentIntent's status in our words; one that Stripe invents later is not known to us. */
    public static Status status(@Nullable String status) {
        return switch (status) {
            case "requires_payment_method", "requires_confirmation" -> Status.REQUIRES_PAYMENT;
            case "requires_action", "processing" -> Status.REQUIRES_ACTION;
            case "requires_capture" -> Status.AUTHORISED;
            case "succeeded" -> Status.CAPTURED;
            case "canceled" -> Status.CANCELLED;
            case null, default -> Status.UNKNOWN;
        };
    }

    private static PaymentResult of(PaymentIntent intent) {
        return PaymentResult.known(status(intent.getStatus()), intent.getId(), intent.getClientSecret());
    }

    private static PaymentResult refused(String operation, @Nullable String reference, StripeException e) {
        String reason = operation + ": Stripe answered " + e.getStatusCode() + " " + e.getCode();
        return switch (e) {
            case RateLimitException throttled -> PaymentResult.unknown(reference, reason, THROTTLE_PAUSE);
            case ApiConnectionException lost ->
                PaymentResult.unknown(reference, operation + ": Stripe cannot be reached", null);
            case ApiException broken -> PaymentResult.unknown(reference, reason, null);
            // A wrong key is mended by the operator; no buyer's order may die of it.
            case AuthenticationException wrongKey -> PaymentResult.unknown(reference, reason, null);
            default ->
                Integer.valueOf(404).equals(e.getStatusCode())
                        ? PaymentResult.unknown(reference, reason, null)
                        : PaymentResult.failed(reference, reason);
        };
    }

    /** One call of the SDK. */
    @FunctionalInterface
    public interface Call<T> {
        /** Runs it. */
        T run() throws StripeException;
    }
}
