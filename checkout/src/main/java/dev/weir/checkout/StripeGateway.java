package dev.weir.checkout;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Refund;
import com.stripe.net.RequestOptions;
import com.stripe.param.PaymentIntentCancelParams;
import com.stripe.param.PaymentIntentCaptureParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import dev.weir.checkout.internal.stripe.StripeAmounts;
import dev.weir.checkout.internal.stripe.StripeAnswers;
import dev.weir.checkout.internal.stripe.StripeEvents;
import dev.weir.checkout.internal.stripe.StripeSignature;
import dev.weir.connectors.Money;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookVerdict;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How are cards charged through Stripe? PaymentIntents with manual capture, for cards only, since most other means cannot
 * be captured later (docs.stripe.com/payments/place-a-hold-on-a-payment-method). Speaks the API version that the SDK pins.
 *
 * <p>Bounds: 10 s a try, 2 retries by the SDK; {@link #find} 5 s and none. Thread-safe.
 */
public final class StripeGateway implements PaymentGateway {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int FIND_TIMEOUT_MILLIS = 5_000;
    private static final int RETRIES = 2;
    private static final long MOST_REFUNDS = 100;

    private final Settings settings;
    private final StripeClient client;
    private final StripeSignature signature;

    /** A gateway for one Stripe account. */
    public StripeGateway(Settings settings, Clock clock) {
        this.settings = settings;
        this.client = StripeClient.builder()
                .setApiKey(settings.secretKey())
                .setApiBase(settings.apiBase().toString())
                .setConnectTimeout(TIMEOUT_MILLIS)
                .setReadTimeout(TIMEOUT_MILLIS)
                .setMaxNetworkRetries(RETRIES)
                .build();
        this.signature = new StripeSignature(settings.webhookSecrets(), clock);
    }

    @Override
    public String name() {
        return "stripe";
    }

    @Override
    public String publishableKey() {
        return settings.publishableKey();
    }

    @Override
    public PaymentResult create(CreatePayment payment) {
        PaymentIntentCreateParams params = PaymentIntentCreateParams.builder()
                .setAmount(StripeAmounts.minor(payment.amount()))
                .setCurrency(StripeAmounts.currency(payment.amount()))
                .setCaptureMethod(PaymentIntentCreateParams.CaptureMethod.MANUAL)
                .addPaymentMethodType("card")
                .putMetadata(StripeEvents.HOLD, payment.holdId().toString())
                .putMetadata(StripeEvents.CHECKOUT, payment.checkoutId().toString())
                .build();
        return StripeAnswers.of(
                "create", null, () -> client.v1().paymentIntents().create(params, keyed(payment.idempotencyKey())));
    }

    @Override
    public PaymentResult find(String reference) {
        RequestOptions once = RequestOptions.builder()
                .setReadTimeout(FIND_TIMEOUT_MILLIS)
                .setConnectTimeout(FIND_TIMEOUT_MILLIS)
                .setMaxNetworkRetries(0)
                .build();
        return StripeAnswers.of(
                "find",
                reference,
                () -> client.v1()
                        .paymentIntents()
                        .retrieve(
                                reference, PaymentIntentRetrieveParams.builder().build(), once));
    }

    @Override
    public PaymentResult capture(String reference, String idempotencyKey) {
        return StripeAnswers.of(
                "capture",
                reference,
                () -> client.v1()
                        .paymentIntents()
                        .capture(reference, PaymentIntentCaptureParams.builder().build(), keyed(idempotencyKey)));
    }

    @Override
    public PaymentResult cancel(String reference, String idempotencyKey) {
        return StripeAnswers.of(
                "cancel",
                reference,
                () -> client.v1()
                        .paymentIntents()
                        .cancel(reference, PaymentIntentCancelParams.builder().build(), keyed(idempotencyKey)));
    }

    @Override
    public PaymentResult refund(String reference, String idempotencyKey) {
        RefundCreateParams params =
                RefundCreateParams.builder().setPaymentIntent(reference).build();
        return StripeAnswers.ofRefund(reference, () -> client.v1().refunds().create(params, keyed(idempotencyKey)));
    }

    /** Stripe forgets a key after a day at the earliest, so the refund carries it too, and is looked up first. */
    @Override
    public PaymentResult refund(String reference, Money amount, String idempotencyKey) {
        RefundCreateParams params = RefundCreateParams.builder()
                .setPaymentIntent(reference)
                .setAmount(StripeAmounts.minor(amount))
                .putMetadata(StripeEvents.REFUND, idempotencyKey)
                .build();
        return StripeAnswers.ofPart(reference, () -> {
            Refund before = made(reference, idempotencyKey);
            return before == null ? client.v1().refunds().create(params, keyed(idempotencyKey)) : before;
        });
    }

    /** Among the newest 100 of the payment. */
    private @Nullable Refund made(String reference, String key) throws StripeException {
        RefundListParams ofPayment = RefundListParams.builder()
                .setPaymentIntent(reference)
                .setLimit(MOST_REFUNDS)
                .build();
        for (Refund each : client.v1().refunds().list(ofPayment).getData()) {
            if (each.getMetadata() != null && key.equals(each.getMetadata().get(StripeEvents.REFUND))) {
                return each;
            }
        }
        return null;
    }

    @Override
    public WebhookVerdict verify(RawWebhook webhook) {
        return signature.verify(webhook);
    }

    @Override
    public Optional<PaymentEvent> parse(RawWebhook webhook) {
        return StripeEvents.parse(webhook);
    }

    private static RequestOptions keyed(String idempotencyKey) {
        return RequestOptions.builder().setIdempotencyKey(idempotencyKey).build();
    }

    /**
     * With what is Stripe reached?
     *
     * @param apiBase https://api.stripe.com, or a sandbox's
     * @param webhookSecrets the signing secrets of the endpoint, newest first; two while one replaces the other
     */
    public record Settings(URI apiBase, String secretKey, String publishableKey, List<String> webhookSecrets) {
        /** Refuses no secret, or more than two. */
        public Settings {
            webhookSecrets = List.copyOf(webhookSecrets);
            if (webhookSecrets.isEmpty() || webhookSecrets.size() > 2) {
                throw new IllegalArgumentException("webhookSecrets: " + webhookSecrets.size() + " (expected: 1..2)");
            }
        }

        /** Without the secrets. */
        @Override
        public String toString() {
            return "Settings[" + apiBase + ", " + publishableKey + "]";
        }
    }
}
