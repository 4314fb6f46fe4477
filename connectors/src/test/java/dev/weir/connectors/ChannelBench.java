package dev.weir.connectors;

import dev.weir.connectors.http.ChannelHttp;
import dev.weir.connectors.mapping.Mappings;
import dev.weir.connectors.sandbox.SandboxDelivery;
import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxProduct;
import dev.weir.connectors.sandbox.SandboxServer;
import dev.weir.connectors.sandbox.SandboxStore;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;

/** What does a channel's test stand on? The channel as the hub finds it, and its sandbox with three products on sale. */
public final class ChannelBench implements AutoCloseable {
    /** On the shelves of every bench: 10, 5 and 25 units. */
    public static final List<SandboxProduct> SHELVES = List.of(
            product("TEE-RED-M", "Red tee, M", 1990, 10),
            product("MUG-01", "Enamel mug", 1250, 5),
            product("CAP-BLUE", "Blue cap", 2405, 25));

    private final Clock clock;
    private final SandboxServer server;
    private final SandboxPlatform platform;
    private final Channel channel;
    private final Connection connection;

    /** A bench of the channel of that name, its products seeded. */
    public ChannelBench(String name, Clock clock) {
        this.clock = clock;
        server = new SandboxServer(0, store -> new SandboxStore(null), clock);
        server.start();
        SandboxPlatform found = server.platform(name);
        if (found == null) {
            throw new IllegalStateException("No SandboxProvider of " + name + " in META-INF/services");
        }
        platform = found;
        platform.seed(SHELVES);
        channel = open(name, new ChannelKit(new ChannelHttp(500), new Mappings(null), clock));
        connection = connection(platform.settings(server.url(name)));
    }

    /** The channel as {@link ServiceLoader} finds it. */
    public Channel channel() {
        return channel;
    }

    /** A connection that works. */
    public Connection connection() {
        return connection;
    }

    /** A connection of its own with these settings. */
    public Connection connection(Map<String, String> settings) {
        return new Connection(UUID.randomUUID(), "demo", channel.name(), "Bench", settings);
    }

    /** The stand-in of the platform. */
    public SandboxPlatform platform() {
        return platform;
    }

    /** The server that the stand-in answers through. */
    public SandboxServer server() {
        return server;
    }

    /** What the shop lists, by SKU; of a channel that only writes its catalogue, what writing it answered. */
    public Map<Sku, Listing> listings() {
        Map<Sku, Listing> listings = new LinkedHashMap<>();
        if (channel.capabilities().contains(Capability.CATALOGUE_READ)) {
            channel.catalogueRead(connection).readAll(listing -> listings.put(listing.sku(), listing));
        } else if (channel.capabilities().contains(Capability.CATALOGUE_WRITE)) {
            channel.catalogueWrite(connection)
                    .write(SHELVES.stream().map(ChannelBench::listing).toList())
                    .forEach(listing -> listings.put(listing.sku(), listing));
        } else {
            SHELVES.forEach(product -> listings.put(product.sku(), listing(product)));
        }
        return listings;
    }

    /** A delivery as the hub receives it. */
    public RawWebhook arrive(SandboxDelivery delivery) {
        return arrive(delivery.headers(), delivery.body());
    }

    /** As above, of its parts. */
    public RawWebhook arrive(Map<String, String> headers, byte[] body) {
        Map<String, String> lower = new HashMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        return new RawWebhook(lower, "", body, clock.instant());
    }

    /** The product as a listing that no shop knows yet: its external id is empty. */
    public static Listing listing(SandboxProduct product) {
        return new Listing(
                product.sku(), product.title(), product.price(), product.imageUrl(), "", null, product.onHand());
    }

    /** A product for a shelf, priced in cents of EUR. */
    public static SandboxProduct product(String sku, String title, long cents, int onHand) {
        return new SandboxProduct(
                new Sku(sku),
                title,
                Money.ofMinor(cents, "EUR"),
                URI.create("https://shop.example/img/" + sku + ".png"),
                onHand);
    }

    @Override
    public void close() {
        server.close();
    }

    private static Channel open(String name, ChannelKit kit) {
        return ServiceLoader.load(ChannelProvider.class).stream()
                .map(provider -> provider.get().create(kit))
                .filter(channel -> channel.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("No ChannelProvider of " + name + " in META-INF/services"));
    }
}
