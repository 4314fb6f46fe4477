package dev.weir.instagram;

import dev.weir.connectors.Capability;
import dev.weir.connectors.CatalogueRead;
import dev.weir.connectors.CatalogueWrite;
import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelKit;
import dev.weir.connectors.Check;
import dev.weir.connectors.CheckoutLink;
import dev.weir.connectors.CommentReply;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Consent;
import dev.weir.connectors.Conversions;
import dev.weir.connectors.LiveDestination;
import dev.weir.connectors.OrderWebhook;
import dev.weir.connectors.PriceWrite;
import dev.weir.connectors.Setting;
import dev.weir.connectors.StockRead;
import dev.weir.connectors.StockWrite;
import dev.weir.connectors.WebhookSubscriptions;
import dev.weir.instagram.internal.CatalogueBatch;
import dev.weir.instagram.internal.CheckoutUrl;
import dev.weir.instagram.internal.GraphClient;
import dev.weir.instagram.internal.InstagramCatalogue;
import dev.weir.instagram.internal.InstagramCheck;
import dev.weir.instagram.internal.InstagramConsent;
import dev.weir.instagram.internal.InstagramConversions;
import dev.weir.instagram.internal.InstagramListings;
import dev.weir.instagram.internal.InstagramLive;
import dev.weir.instagram.internal.InstagramPrices;
import dev.weir.instagram.internal.InstagramReplies;
import dev.weir.instagram.internal.InstagramStock;
import dev.weir.instagram.internal.InstagramSubscriptions;
import dev.weir.instagram.internal.InstagramWebhooks;
import dev.weir.instagram.internal.OpenBatches;
import dev.weir.instagram.internal.ProductReads;
import dev.weir.instagram.internal.ProductSets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is Instagram to the hub? A shop window: catalogue, stock and prices go out through Meta's catalogue API, buyers come in
 * by the checkout URL, their purchases are told back to Meta, and what is said under a live comes in by webhook and is answered
 * by private reply. Its order API
 * was removed on 2026-10-27, so no order can be read or written there: a webhook carries comments only, and
 * {@link OrderWebhook#fetch} finds none.
 *
 * <p>Settings: see {@link #settings()}. Thread-safe.
 */
public final class InstagramChannel implements Channel {
    private final ChannelKit kit;
    private final InstagramConsent consent;
    private final Map<UUID, OpenBatches> open = new ConcurrentHashMap<>();

    InstagramChannel(ChannelKit kit) {
        this.kit = kit;
        consent = new InstagramConsent(kit.http(), kit.clock());
    }

    @Override
    public String name() {
        return "instagram";
    }

    @Override
    public String title() {
        return "Instagram";
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(
                Capability.CATALOGUE_READ,
                Capability.CATALOGUE_WRITE,
                Capability.STOCK_READ,
                Capability.STOCK_WRITE,
                Capability.PRICE_WRITE,
                Capability.CHECKOUT_LINK,
                Capability.COMMENT_REPLY,
                Capability.CONVERSIONS,
                Capability.LIVE_DESTINATION,
                Capability.ORDER_WEBHOOK,
                Capability.WEBHOOK_SUBSCRIPTION,
                Capability.CONSENT);
    }

    @Override
    public List<Setting> settings() {
        return InstagramSettings.ALL;
    }

    @Override
    public Check check(Connection connection) {
        return new InstagramCheck(reads(connection), connection, consent, kit.clock()).run();
    }

    @Override
    public CatalogueRead catalogueRead(Connection connection) {
        return new InstagramListings(reads(connection), kit.mappings().of(connection));
    }

    @Override
    public CatalogueWrite catalogueWrite(Connection connection) {
        return new InstagramCatalogue(
                connection,
                batches(connection),
                reads(connection),
                new ProductSets(client(connection), connection),
                kit.mappings().of(connection));
    }

    @Override
    public StockRead stockRead(Connection connection) {
        return stock(connection);
    }

    @Override
    public StockWrite stockWrite(Connection connection) {
        return stock(connection);
    }

    @Override
    public PriceWrite priceWrite(Connection connection) {
        return new InstagramPrices(batches(connection), reads(connection));
    }

    @Override
    public CheckoutLink checkoutLink(Connection connection) {
        return new CheckoutUrl(kit.clock());
    }

    @Override
    public CommentReply commentReply(Connection connection) {
        return new InstagramReplies(client(connection), connection);
    }

    @Override
    public Conversions conversions(Connection connection) {
        return new InstagramConversions(client(connection), connection, kit.clock());
    }

    @Override
    public LiveDestination liveDestination(Connection connection) {
        return new InstagramLive(connection);
    }

    @Override
    public OrderWebhook orderWebhook(Connection connection) {
        return new InstagramWebhooks(connection);
    }

    @Override
    public WebhookSubscriptions webhookSubscriptions(Connection connection) {
        return new InstagramSubscriptions(client(connection), connection);
    }

    @Override
    public Consent consent() {
        return consent;
    }

    private InstagramStock stock(Connection connection) {
        return new InstagramStock(connection, batches(connection), reads(connection));
    }

    private CatalogueBatch batches(Connection connection) {
        return new CatalogueBatch(
                client(connection), connection, open.computeIfAbsent(connection.id(), id -> new OpenBatches()));
    }

    private ProductReads reads(Connection connection) {
        return new ProductReads(client(connection), connection);
    }

    private GraphClient client(Connection connection) {
        return new GraphClient(kit.http(), connection);
    }
}
