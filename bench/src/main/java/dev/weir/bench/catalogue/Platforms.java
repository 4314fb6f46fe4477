package dev.weir.bench.catalogue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.bench.rig.Options;
import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxProduct;
import dev.weir.connectors.sandbox.SandboxServer;
import dev.weir.connectors.sandbox.SandboxStore;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The platforms' stand-ins as a process of its own; prints where they are and how they are reached, and runs until it is ended. */
public final class Platforms {
    static final String PICTURE = "/tiktok-shop/pictures/brand.png";
    private static final int AT_ONCE = 1_000;

    private Platforms() {}

    /** {@code [shopify=N]} products at Shopify; {@code [strict=CHANNEL:QUIRK,...]} what is switched on. */
    public static void main(String[] args) {
        Options options = new Options(args, "shopify", "strict");
        SandboxServer server = new SandboxServer(0, name -> new SandboxStore(null), Clock.systemUTC());
        server.start();
        seed(platform(server, "shopify"), options.number("shopify", 0), server.url());
        for (String quirk : options.text("strict", "").split(",")) {
            if (!quirk.isEmpty()) {
                String[] parts = quirk.split(":");
                platform(server, parts[0]).flip(parts[1], true);
            }
        }
        ObjectNode facts =
                new ObjectMapper().createObjectNode().put("url", server.url().toString());
        for (String channel : List.of("shopify", "tiktok-shop", "instagram")) {
            ObjectNode settings = facts.putObject(channel);
            platform(server, channel).settings(server.url(channel)).forEach(settings::put);
        }
        System.out.println(facts);
    }

    private static SandboxPlatform platform(SandboxServer server, String channel) {
        return Objects.requireNonNull(server.platform(channel), channel);
    }

    private static void seed(SandboxPlatform platform, int count, URI url) {
        for (int from = 0; from < count; from += AT_ONCE) {
            List<SandboxProduct> products = new ArrayList<>();
            for (int number = from; number < Math.min(count, from + AT_ONCE); number++) {
                products.add(new SandboxProduct(
                        sku(number), title(number), price(number), URI.create(url + PICTURE), 10 + number % 90));
            }
            platform.seed(products);
        }
    }

    static Sku sku(int number) {
        return new Sku(String.format(Locale.ROOT, "SKU-%06d", number));
    }

    static String title(int number) {
        return "Stoneware piece number " + number;
    }

    static Money price(int number) {
        return Money.ofMinor(990 + number % 5_000, "EUR");
    }
}
