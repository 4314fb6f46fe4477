package dev.weir.checkout.internal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.http.Signatures;
import dev.weir.connectors.sandbox.SandboxAnswer;
import dev.weir.connectors.sandbox.SandboxRequest;
import dev.weir.connectors.sandbox.SandboxStore;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Supplier;

/** Who may call, and was this call made before? The account's keys, made at random once per store. */
public final class SandboxKeys {
    private static final String ACCOUNT = "account";
    private static final String ANSWERS = "idempotency";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SandboxStore store;
    private final ObjectNode account;

    /** The keys of {@code store}. */
    public SandboxKeys(SandboxStore store) {
        this.store = store;
        this.account = store.locked(() -> {
            ObjectNode known = store.get(ACCOUNT, "keys");
            if (known == null) {
                known = SandboxStore.document()
                        .put("secretKey", "sk_sandbox_" + random())
                        .put("publishableKey", "pk_sandbox_" + random())
                        .put("webhookSecret", "whsec_" + random());
                store.put(ACCOUNT, "keys", known);
            }
            return known;
        });
    }

    /** Text that nobody guesses. */
    static String random() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The key of the server. */
    public String secretKey() {
        return account.path("secretKey").asText();
    }

    /** The key of pages. */
    public String publishableKey() {
        return account.path("publishableKey").asText();
    }

    /** The secret that events are signed with. */
    public String webhookSecret() {
        return account.path("webhookSecret").asText();
    }

    /** Whether the caller shows the key of pages, as a header or, like Stripe's script, as a field. */
    public boolean isPublishable(SandboxRequest request, FormBody form) {
        return Signatures.same(publishableKey(), form.text("key")) || Signatures.same(publishableKey(), shown(request));
    }

    /** Refuses a caller without the key of the server. */
    public void requireSecret(SandboxRequest request) {
        String shown = shown(request);
        if (shown.isEmpty()) {
            throw StripeRefusal.unauthorised("You did not provide an API key. You need to provide your API key in the"
                    + " Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').");
        }
        if (!Signatures.same(secretKey(), shown)) {
            throw StripeRefusal.unauthorised(
                    "Invalid API Key provided: " + shown.substring(0, Math.min(8, shown.length())) + "****");
        }
    }

    /** Runs {@code step} once per idempotency key, and answers a repeat as the first call; inside the store's lock. */
    public SandboxAnswer once(SandboxRequest request, FormBody form, Supplier<SandboxAnswer> step) {
        String key = request.header("idempotency-key");
        if (key == null || key.isEmpty()) {
            return step.get();
        }
        String call = hash(request.path() + form.fields());
        ObjectNode before = store.get(ANSWERS, key);
        if (before != null) {
            if (!before.path("call").asText().equals(call)) {
                throw StripeRefusal.otherParameters(key);
            }
            return replay(before);
        }
        SandboxAnswer answer = answerOf(step);
        store.put(
                ANSWERS,
                key,
                SandboxStore.document()
                        .put("call", call)
                        .put("status", answer.status())
                        .put("body", new String(answer.body(), StandardCharsets.UTF_8)));
        return answer;
    }

    private static SandboxAnswer answerOf(Supplier<SandboxAnswer> step) {
        try {
            return step.get();
        } catch (StripeRefusal refusal) {
            return refusal.answer();
        }
    }

    private static SandboxAnswer replay(ObjectNode before) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Idempotent-Replayed", "true");
        byte[] body = before.path("body").asText().getBytes(StandardCharsets.UTF_8);
        return new SandboxAnswer(before.path("status").asInt(), headers, body);
    }

    private static String shown(SandboxRequest request) {
        String header = request.header("authorization");
        if (header == null) {
            return "";
        }
        if (header.startsWith("Basic ")) {
            try {
                byte[] pair = Base64.getDecoder().decode(header.substring(6));
                return new String(pair, StandardCharsets.UTF_8).split(":", 2)[0];
            } catch (IllegalArgumentException e) {
                return "";
            }
        }
        return header.startsWith("Bearer ") ? header.substring(7) : "";
    }

    private String hash(String call) {
        return Signatures.hex(Signatures.hmacSha256(webhookSecret(), call.getBytes(StandardCharsets.UTF_8)));
    }
}
