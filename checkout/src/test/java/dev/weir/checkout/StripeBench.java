package dev.weir.checkout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.sandbox.SandboxDelivery;
import dev.weir.connectors.sandbox.SandboxServer;
import dev.weir.connectors.sandbox.SandboxStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Stripe's stand-in on a real port, and a buyer's browser in front of it. */
final class StripeBench implements AutoCloseable {
    static final String GOOD = "4242424242424242";
    static final String CHALLENGED = "4000002500003155";
    static final String DECLINED = "4000000000000002";

    final List<RawWebhook> deliveries = new CopyOnWriteArrayList<>();
    final Map<String, String> settings;
    private final SandboxServer server;
    private final HttpClient browser = HttpClient.newHttpClient();
    private final Clock clock;

    StripeBench(Path store, Clock clock) {
        this.clock = clock;
        server = new SandboxServer(0, name -> new SandboxStore(store), clock);
        server.start();
        StripeSandbox sandbox = (StripeSandbox) server.platform("stripe");
        sandbox.deliverWith(this::keep);
        settings = sandbox.settings(server.url("stripe"));
    }

    StripeGateway gateway() {
        return gateway(settings.get("secretKey"), List.of(settings.get("webhookSecret")));
    }

    StripeGateway gateway(String secretKey, List<String> webhookSecrets) {
        return new StripeGateway(
                new StripeGateway.Settings(
                        URI.create(settings.get("baseUrl")), secretKey, settings.get("publishableKey"), webhookSecrets),
                clock);
    }

    /** As Stripe's script does it: publishable key, client secret and card in one form. */
    Answer confirm(String reference, String clientSecret, String card) {
        return post(
                reference + "/confirm",
                Map.of(
                        "key", settings.get("publishableKey"),
                        "client_secret", clientSecret,
                        "payment_method_data[type]", "card",
                        "payment_method_data[card][number]", card,
                        "payment_method_data[card][exp_month]", "12",
                        "payment_method_data[card][exp_year]", "34",
                        "payment_method_data[card][cvc]", "123"),
                Map.of());
    }

    Answer challenge(String reference, String clientSecret, boolean approve) {
        return post(
                reference + "/challenge",
                Map.of("client_secret", clientSecret, "approve", Boolean.toString(approve)),
                Map.of());
    }

    Answer post(String path, Map<String, String> form, Map<String, String> headers) {
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        String url = settings.get("baseUrl") + "/v1/payment_intents" + (path.isEmpty() ? "" : "/" + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(), response.headers().map(), new ObjectMapper().readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    record Answer(int status, Map<String, List<String>> headers, JsonNode body) {}

    List<String> intents() {
        return server.platform("stripe").orders();
    }

    private void keep(SandboxDelivery delivery) {
        Map<String, String> headers = new HashMap<>();
        delivery.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        deliveries.add(new RawWebhook(headers, "", delivery.body(), clock.instant()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
    }
}
