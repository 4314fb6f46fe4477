package dev.weir.checkout.internal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.http.Signatures;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Which way does a PaymentIntent go? The states of docs.stripe.com/payments/paymentintents/lifecycle; inside the store's lock. */
public final class SandboxIntents {
    private static final String INTENTS = "intents";
    private static final String REFUNDS = "refunds";
    private static final Set<String> CONFIRMABLE = Set.of("requires_payment_method", "requires_confirmation");
    private static final Set<String> CANCELABLE =
            Set.of("requires_payment_method", "requires_capture", "requires_confirmation", "requires_action");

    private final SandboxStore store;
    private final SandboxEvents events;
    private final Clock clock;

    /** The intents of {@code store}. */
    public SandboxIntents(SandboxStore store, SandboxEvents events, Clock clock) {
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    /** All of them, oldest first. */
    public List<ObjectNode> list() {
        return store.list(INTENTS);
    }

    /** The intent, or Stripe's 404. */
    public ObjectNode find(String id) {
        ObjectNode found = store.get(INTENTS, id);
        if (found == null) {
            throw StripeRefusal.unknownIntent(id);
        }
        return found;
    }

    /** The intent, for a page that knows its client secret. */
    public ObjectNode withSecret(String id, String clientSecret) {
        ObjectNode intent = find(id);
        if (!Signatures.same(intent.path("client_secret").asText(), clientSecret)) {
            throw StripeRefusal.refused(
                    "payment_intent_invalid_parameter",
                    "The client_secret provided does not match any associated PaymentIntent.");
        }
        return intent;
    }

    /** A new intent that waits for a card. */
    public ObjectNode create(FormBody form) {
        long amount = form.positive("amount");
        String currency = form.text("currency");
        if (!currency.matches("[a-z]{3}")) {
            throw StripeRefusal.missing("currency");
        }
        String id = "pi_" + SandboxKeys.random();
        ObjectNode intent = SandboxStore.document()
                .put("id", id)
                .put("object", "payment_intent")
                .put("amount", amount)
                .put("amount_capturable", 0)
                .put("amount_received", 0)
                .put("capture_method", "manual".equals(form.text("capture_method")) ? "manual" : "automatic")
                .put("client_secret", id + "_secret_" + SandboxKeys.random())
                .put("created", clock.instant().getEpochSecond())
                .put("currency", currency)
                .put("livemode", false)
                .put("status", "requires_payment_method");
        ObjectNode metadata = intent.putObject("metadata");
        form.group("metadata").forEach(metadata::put);
        intent.putArray("payment_method_types").add("card");
        return save("payment_intent.created", intent);
    }

    /** The buyer confirms with a card. */
    public ObjectNode confirm(String id, FormBody form) {
        ObjectNode intent = find(id);
        require(intent, CONFIRMABLE, "confirmed", "confirm");
        TestCards.Verdict verdict = TestCards.of(form, clock);
        return switch (verdict.bank()) {
            case APPROVES -> approve(intent);
            case CHALLENGES -> {
                intent.put("status", "requires_action").remove("last_payment_error");
                intent.putObject("next_action")
                        .put("type", "use_stripe_sdk")
                        .putObject("use_stripe_sdk")
                        .put("type", "three_d_secure_redirect")
                        .put("stripe_js", "/v1/payment_intents/" + id + "/challenge");
                yield save("payment_intent.requires_action", intent);
            }
            case DECLINES -> {
                ObjectNode error = Objects.requireNonNull(verdict.error());
                decline(intent, error);
                throw StripeRefusal.card(error, intent);
            }
        };
    }

    /** The buyer answers the bank. */
    public ObjectNode challenge(String id, boolean approve) {
        ObjectNode intent = find(id);
        require(intent, Set.of("requires_action"), "challenged", "challenge");
        if (approve) {
            return approve(intent);
        }
        return decline(
                intent,
                SandboxStore.document()
                        .put("type", "invalid_request_error")
                        .put("code", "payment_intent_authentication_failure")
                        .put("message", "The provided PaymentMethod has failed authentication."));
    }

    /** The shop takes what was set aside, or less. */
    public ObjectNode capture(String id, FormBody form) {
        ObjectNode intent = find(id);
        require(intent, Set.of("requires_capture"), "captured", "capture");
        long most = intent.path("amount_capturable").asLong();
        long amount = form.text("amount_to_capture").isEmpty() ? most : form.positive("amount_to_capture");
        if (amount > most) {
            throw StripeRefusal.refused(
                    "amount_too_large", "The amount to capture is greater than the remaining amount: " + most);
        }
        return succeed(intent, amount);
    }

    /** The shop lets the buyer go. */
    public ObjectNode cancel(String id, FormBody form) {
        ObjectNode intent = find(id);
        require(intent, CANCELABLE, "canceled", "cancel");
        String why = form.text("cancellation_reason");
        intent.put("status", "canceled")
                .put("amount_capturable", 0)
                .put("canceled_at", clock.instant().getEpochSecond())
                .put("cancellation_reason", why.isEmpty() ? null : why)
                .remove("next_action");
        return save("payment_intent.canceled", intent);
    }

    /** The shop gives a part of it back, or all that is left. */
    public ObjectNode refund(FormBody form) {
        ObjectNode intent = find(form.text("payment_intent"));
        require(intent, Set.of("succeeded"), "refunded", "refund");
        long received = intent.path("amount_received").asLong();
        long before = intent.path("amount_refunded").asLong();
        if (before >= received) {
            throw StripeRefusal.refused("charge_already_refunded", "The charge has already been refunded.");
        }
        long amount = form.text("amount").isEmpty() ? received - before : form.positive("amount");
        if (amount > received - before) {
            throw StripeRefusal.refused(
                    "amount_too_large",
                    "Refund amount (" + amount + ") is greater than unrefunded amount on charge (" + (received - before)
                            + ")");
        }
        store.put(INTENTS, intent.path("id").asText(), intent.put("amount_refunded", before + amount));
        ObjectNode refund = SandboxStore.document()
                .put("id", "re_" + SandboxKeys.random())
                .put("object", "refund")
                .put("amount", amount)
                .put("currency", intent.path("currency").asText())
                .put("payment_intent", intent.path("id").asText())
                .put("status", "succeeded");
        ObjectNode metadata = refund.putObject("metadata");
        form.group("metadata").forEach(metadata::put);
        store.put(REFUNDS, refund.path("id").asText(), refund);
        return refund;
    }

    /** What the shop gave back of a payment, the newest first. */
    public ObjectNode refunds(FormBody query) {
        ObjectNode list = SandboxStore.document().put("object", "list").put("url", "/v1/refunds");
        list.put("has_more", false);
        List<ObjectNode> made = store.list(REFUNDS).stream()
                .filter(each -> each.path("payment_intent").asText().equals(query.text("payment_intent")))
                .toList();
        list.putArray("data").addAll(made.reversed());
        return list;
    }

    private ObjectNode approve(ObjectNode intent) {
        intent.remove(List.of("next_action", "last_payment_error"));
        long amount = intent.path("amount").asLong();
        if (!"manual".equals(intent.path("capture_method").asText())) {
            return succeed(intent, amount);
        }
        intent.put("status", "requires_capture").put("amount_capturable", amount);
        return save("payment_intent.amount_capturable_updated", intent);
    }

    private ObjectNode succeed(ObjectNode intent, long amount) {
        intent.put("status", "succeeded")
                .put("amount_capturable", 0)
                .put("amount_received", amount)
                .put("latest_charge", "ch_" + SandboxKeys.random());
        return save("payment_intent.succeeded", intent);
    }

    private ObjectNode decline(ObjectNode intent, ObjectNode error) {
        intent.put("status", "requires_payment_method").remove("next_action");
        intent.set("last_payment_error", error);
        return save("payment_intent.payment_failed", intent);
    }

    private ObjectNode save(String event, ObjectNode intent) {
        store.put(INTENTS, intent.path("id").asText(), intent);
        events.add(event, intent);
        return intent;
    }

    private static void require(ObjectNode intent, Set<String> states, String done, String verb) {
        String status = intent.path("status").asText();
        if (!states.contains(status)) {
            throw StripeRefusal.unexpectedState(
                    "This PaymentIntent could not be " + done + " because it has a status of " + status
                            + ". Only a PaymentIntent with one of the following statuses may be " + done + " ("
                            + verb + "): "
                            + String.join(", ", states.stream().sorted().toList()) + ".",
                    intent);
        }
    }
}
