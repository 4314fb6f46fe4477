package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.http.Signatures;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An operator hears of a client secret whether it is the app's, at Check or from the first delivery. The connections here go on waiting
 * for a consent, so that nothing but checks and deliveries uses them.
 */
@ExtendWith(SharedDemo.class)
class SecretProofStoryTest {
    private static DemoProcess demo;
    private String connection = "";

    @BeforeAll
    static void meet(DemoProcess shared) {
        demo = shared;
    }

    @AfterEach
    void remove() {
        demo.delete(connection, "operator");
    }

    @Test
    void wrongSecret_besideAWorkingToken_failsTheCheck_andIsNamed() {
        connect("shpss_wrong", true);

        JsonNode check = check();

        assertThat(check.path("ok").asBoolean()).isFalse();
        assertThat(check.path("detail").asText()).startsWith("webhookSecret: ").doesNotContain("shpss_wrong");
        assertThat(view().path("unproven").isNull()).isTrue();
    }

    @Test
    void secretThatCannotBeAskedFor_isUnproven_untilAGenuineDelivery_andAfterAnotherIsEntered() {
        connect("secret-1", false);
        assertThat(check().path("detail").asText())
                .endsWith("; webhookSecret: unproven until the first genuine delivery");
        assertThat(deliver("secret-2")).isEqualTo(401);
        assertThat(view().path("unproven").asText()).isEqualTo("webhookSecret");

        assertThat(deliver("secret-1")).isEqualTo(200);

        assertThat(view().path("unproven").isNull()).isTrue();
        JsonNode again = check();
        assertThat(again.path("ok").asBoolean()).isTrue();
        assertThat(again.path("detail").asText()).doesNotContain("unproven");

        enter(body("secret-3", false).put("consent", true));
        assertThat(check().path("unproven").asText()).isEqualTo("webhookSecret");
    }

    private JsonNode check() {
        return demo.post(connection + "/check", "operator", "").json();
    }

    private JsonNode view() {
        return demo.get(connection, "operator").json();
    }

    private void connect(String secret, boolean withClientId) {
        DemoProcess.Answer made = demo.post(
                "/api/connections", "operator", body(secret, withClientId).toString());
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        connection = "/api/connections/" + made.json().path("id").asText();
    }

    private void enter(ObjectNode body) {
        DemoProcess.Answer entered = demo.put(connection, "operator", body.toString());
        assertThat(entered.status()).as(entered.text()).isEqualTo(200);
    }

    private static ObjectNode body(String secret, boolean withClientId) {
        JsonNode shop = demo.facts().path("connections").path("shopify");
        ObjectNode body = DemoProcess.JSON
                .createObjectNode()
                .put("channel", "shopify")
                .put("name", "Unproven")
                .put("consent", true);
        ObjectNode settings = body.putObject("settings").put("webhookSecret", secret);
        for (String name : new String[] {"baseUrl", "shop", "accessToken", "locationId"}) {
            settings.put(name, shop.path(name).asText());
        }
        if (withClientId) {
            settings.put("clientId", shop.path("clientId").asText());
        }
        return body;
    }

    private int deliver(String secret) {
        byte[] bytes = "{\"id\":1}".getBytes(StandardCharsets.UTF_8);
        JsonNode view = view();
        return demo.post(
                        java.net.URI.create(view.path("webhookUrl").asText()),
                        null,
                        bytes,
                        "X-Shopify-Hmac-Sha256",
                        Base64.getEncoder().encodeToString(Signatures.hmacSha256(secret, bytes)),
                        "X-Shopify-Topic",
                        "shop/update",
                        "X-Shopify-Shop-Domain",
                        view.path("settings").path("shop").asText(),
                        "X-Shopify-Api-Version",
                        "2026-10",
                        "X-Shopify-Webhook-Id",
                        UUID.randomUUID().toString())
                .status();
    }
}
