package dev.weir.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.checkout.StripeBench.Answer;
import dev.weir.connectors.Sku;
import dev.weir.connectors.sandbox.SandboxStore;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StripeSandboxTest {
    private static final Map<String, String> FORM =
            Map.of("amount", "1290", "currency", "eur", "capture_method", "manual");

    @TempDir
    private Path folder;

    private StripeBench stripe;

    @BeforeEach
    void start() {
        stripe = new StripeBench(folder.resolve("stripe.jsonl"), new TestClock());
    }

    @AfterEach
    void stop() {
        stripe.close();
    }

    @Test
    void callWithoutOrWithAWrongKey_isRefusedAsStripeDoes() {
        assertThat(stripe.post("", FORM, Map.of()).status()).isEqualTo(401);
        Answer wrong = stripe.post("", FORM, Map.of("Authorization", "Bearer sk_sandbox_no"));
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.body().at("/error/type").asText()).isEqualTo("invalid_request_error");
        assertThat(stripe.intents()).isEmpty();
    }

    @Test
    void sameIdempotencyKey_isAnsweredAgain_andRefusedForOtherParameters() {
        Map<String, String> headers = Map.of("Authorization", bearer(), "Idempotency-Key", "k1");
        Answer first = stripe.post("", FORM, headers);
        Answer second = stripe.post("", FORM, headers);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers()).containsKey("idempotent-replayed");
        Answer other = stripe.post("", Map.of("amount", "1", "currency", "eur"), headers);
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.body().at("/error/type").asText()).isEqualTo("idempotency_error");
        assertThat(stripe.intents()).hasSize(1);
    }

    @Test
    void wrongClientSecretOrCard_isRefused() {
        Answer intent = create();
        String id = intent.body().path("id").asText();
        String secret = intent.body().path("client_secret").asText();
        assertThat(stripe.confirm(id, "guessed", StripeBench.GOOD).status()).isEqualTo(400);
        assertThat(error(stripe.confirm(id, secret, "4242424242424241"))).isEqualTo("incorrect_number");
        Answer poor = stripe.confirm(id, secret, "4000000000009995");
        assertThat(poor.body().at("/error/decline_code").asText()).isEqualTo("insufficient_funds");
        assertThat(poor.headers().get("access-control-allow-origin")).containsExactly("*");
    }

    @Test
    void wrongState_isRefusedWithTheIntent() {
        Answer intent = create();
        Answer early = stripe.post(
                intent.body().path("id").asText() + "/capture", Map.of(), Map.of("Authorization", bearer()));
        assertThat(error(early)).isEqualTo("payment_intent_unexpected_state");
        assertThat(early.body().at("/error/payment_intent/status").asText()).isEqualTo("requires_payment_method");
    }

    @Test
    void restarted_hasItsKeysAndPayments() {
        create();
        StripeSandbox again = new StripeSandbox(new SandboxStore(folder.resolve("stripe.jsonl")), new TestClock());
        assertThat(again.settings(java.net.URI.create(stripe.settings.get("baseUrl"))))
                .isEqualTo(stripe.settings);
        assertThat(again.orders()).hasSize(1).isEqualTo(stripe.intents());
        assertThat(again.orders().getFirst()).doesNotContain("_secret_");
        assertThatThrownBy(() -> again.buy(new Sku("MUG-1"), 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private Answer create() {
        return stripe.post("", FORM, Map.of("Authorization", bearer()));
    }

    private String bearer() {
        return "Bearer " + stripe.settings.get("secretKey");
    }

    private static String error(Answer answer) {
        return answer.body().at("/error/code").asText();
    }
}
