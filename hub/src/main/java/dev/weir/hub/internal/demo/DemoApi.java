package dev.weir.hub.internal.demo;

import dev.weir.connectors.sandbox.SandboxServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * What only the demo serves: its product pictures, and the browser's way to the sandbox of the payment gateway, which
 * with the real gateway is that gateway's own script.
 */
@RestController
@ConditionalOnProperty("weir.demo.enabled")
class DemoApi {
    private final SandboxServer sandbox;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    DemoApi(SandboxServer sandbox) {
        this.sandbox = sandbox;
    }

    record Card(
            @Nullable String number,
            @Nullable String expMonth,
            @Nullable String expYear,
            @Nullable String cvc) {}

    record PaymentMethod(@Nullable Card card) {}

    record Confirmation(
            @Nullable String clientSecret,
            @Nullable PaymentMethod paymentMethod,
            @Nullable Boolean approve) {}

    @GetMapping("/pictures/{sku}.png")
    ResponseEntity<byte[]> picture(@PathVariable String sku) {
        return ProductPicture.draw(sku)
                .map(svg -> ResponseEntity.ok()
                        .contentType(MediaType.IMAGE_PNG)
                        .cacheControl(CacheControl.maxAge(Duration.ofDays(1)).cachePublic())
                        .body(PicturePixels.png(svg)))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    @PostMapping("/sandbox-pay/{intent}")
    ResponseEntity<byte[]> confirm(@PathVariable String intent, @RequestBody Confirmation body)
            throws IOException, InterruptedException {
        Map<String, String> form = form(body);
        Card card = body.paymentMethod() == null ? null : body.paymentMethod().card();
        if (card != null) {
            form.put("payment_method_data[type]", "card");
            form.put("payment_method_data[card][number]", digits(card.number()));
            form.put("payment_method_data[card][exp_month]", digits(card.expMonth()));
            form.put("payment_method_data[card][exp_year]", digits(card.expYear()));
            form.put("payment_method_data[card][cvc]", digits(card.cvc()));
        }
        return forward(intent, "confirm", form);
    }

    @PostMapping("/sandbox-pay/{intent}/challenge")
    ResponseEntity<byte[]> challenge(@PathVariable String intent, @RequestBody Confirmation body)
            throws IOException, InterruptedException {
        Map<String, String> form = form(body);
        form.put("approve", String.valueOf(Boolean.TRUE.equals(body.approve())));
        return forward(intent, "challenge", form);
    }

    private Map<String, String> form(Confirmation body) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_secret", body.clientSecret() == null ? "" : body.clientSecret());
        return form;
    }

    private ResponseEntity<byte[]> forward(String intent, String step, Map<String, String> form)
            throws IOException, InterruptedException {
        if (!intent.matches("[A-Za-z0-9_]{1,80}")) {
            throw new IllegalArgumentException("intent: " + intent.length() + " characters (expected: a payment's id)");
        }
        String key = java.util.Objects.requireNonNull(sandbox.platform("stripe"), "stripe")
                .settings(sandbox.url("stripe"))
                .getOrDefault("publishableKey", "");
        String text = form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        HttpResponse<byte[]> answer = client.send(
                HttpRequest.newBuilder(URI.create(sandbox.url("stripe") + "/v1/payment_intents/" + intent + "/" + step))
                        .timeout(Duration.ofSeconds(10))
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(text))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        return ResponseEntity.status(answer.statusCode())
                .contentType(MediaType.APPLICATION_JSON)
                .body(answer.body());
    }

    private static String digits(@Nullable String text) {
        return text == null ? "" : text.replaceAll("\\D", "");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
