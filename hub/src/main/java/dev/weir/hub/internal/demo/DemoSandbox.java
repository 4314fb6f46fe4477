package dev.weir.hub.internal.demo;

import dev.weir.checkout.StripeSandbox;
import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxServer;
import dev.weir.connectors.sandbox.SandboxStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;

/** Where do the demo's outside platforms stand? Their state lies below the data folder and survives a restart. */
public final class DemoSandbox {
    private static final String STRIPE = "stripe";

    private DemoSandbox() {}

    /** A running sandbox at {@code port} of the loopback address. */
    public static SandboxServer start(Path data, int port) {
        Path folder = data.resolve("sandbox").toAbsolutePath();
        SandboxServer server =
                new SandboxServer(port, name -> new SandboxStore(folder.resolve(name + ".jsonl")), Clock.systemUTC());
        if (server.platform(STRIPE) instanceof StripeSandbox stripe) {
            stripe.deliverWith(delivery -> server.deliver(STRIPE, delivery));
        }
        server.start();
        return server;
    }

    /** Settings under which the hub pays through the sandbox. */
    public static Map<String, Object> paymentProperties(SandboxServer server) {
        SandboxPlatform stripe = Objects.requireNonNull(server.platform(STRIPE), STRIPE);
        Map<String, String> settings = stripe.settings(server.url(STRIPE));
        return Map.of(
                "weir.stripe.api-base", settings.getOrDefault("baseUrl", ""),
                "weir.stripe.secret-key", settings.getOrDefault("secretKey", ""),
                "weir.stripe.publishable-key", settings.getOrDefault("publishableKey", ""),
                "weir.stripe.webhook-secrets", settings.getOrDefault("webhookSecret", ""));
    }
}
