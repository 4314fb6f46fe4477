package dev.weir.bench.torture;

import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxProduct;
import dev.weir.connectors.sandbox.SandboxServer;
import dev.weir.connectors.sandbox.SandboxStore;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The platforms' stand-ins with all that they keep, in this process: nobody kills a platform. */
final class StandIns implements AutoCloseable {
    static final String SHOPIFY = "shopify";
    static final String TIKTOK = "tiktok-shop";
    static final String BIGCOMMERCE = "bigcommerce";
    static final String INSTAGRAM = "instagram";
    static final String MAGENTO = "magento";
    /** The brand's own shop first. */
    static final List<String> CHANNELS = List.of(SHOPIFY, TIKTOK, BIGCOMMERCE, INSTAGRAM, MAGENTO);

    /** They follow our catalogue, and get it from the hub. */
    private static final List<String> FOLLOWERS = List.of(TIKTOK, INSTAGRAM);

    static final int SKUS = 24;
    /** More than any script sells, so that no order of deliveries decides who gets a last unit. */
    private static final int UNITS = 100_000;

    private static final int FIRST_OF_ITS_OWN = 10_000_000;

    private final Map<String, SandboxStore> stores = new HashMap<>();
    private final Map<String, Integer> versions = new HashMap<>();
    private final SandboxServer server;

    StandIns(Clock clock) {
        server = new SandboxServer(
                0, provider -> stores.computeIfAbsent(key(provider), any -> new SandboxStore(null)), clock);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("sandboxprovider", "");
    }

    /** Answers from now on. */
    StandIns start() {
        server.start();
        return this;
    }

    /** Puts the products on the shelves of {@code channels}. */
    void seed(List<String> channels) {
        channels.forEach(channel -> platform(channel).seed(products()));
    }

    /** What is booked here from now on has numbers that no script gives: the script was drawn at stand-ins of its own. */
    void numberOn() {
        for (String sequence : List.of("order", "line")) {
            store(SHOPIFY).put("sequences", sequence, SandboxStore.document().put("value", FIRST_OF_ITS_OWN));
        }
    }

    /** The channels that have shelves of their own. */
    static List<String> sellers() {
        return CHANNELS.stream().filter(channel -> !FOLLOWERS.contains(channel)).toList();
    }

    SandboxPlatform platform(String channel) {
        return Objects.requireNonNull(server.platform(channel), channel);
    }

    SandboxStore store(String channel) {
        return Objects.requireNonNull(stores.get(key(channel)), channel);
    }

    URI url(String channel) {
        return server.url(channel);
    }

    /** The platform shows it, unless it shows a newer version already. */
    synchronized void show(Webhook.Shown shown) {
        String name = shown.channel() + " " + shown.collection() + " " + shown.id();
        if (versions.getOrDefault(name, -1) < shown.version()) {
            versions.put(name, shown.version());
            store(shown.channel()).put(shown.collection(), shown.id(), shown.document());
        }
    }

    static Sku sku(int number) {
        return new Sku(String.format(Locale.ROOT, "PIECE-%02d", number));
    }

    private List<SandboxProduct> products() {
        List<SandboxProduct> products = new ArrayList<>();
        for (int number = 0; number < SKUS; number++) {
            products.add(new SandboxProduct(
                    sku(number),
                    "Stoneware piece number " + number,
                    Money.ofMinor(990 + 110 * number, "EUR"),
                    URI.create(server.url() + "/tiktok-shop/pictures/brand.png"),
                    UNITS));
        }
        return products;
    }

    @Override
    public void close() {
        server.close();
    }
}
