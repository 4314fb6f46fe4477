package dev.weir.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.connectors.sandbox.SandboxDelivery;
import dev.weir.connectors.sandbox.SandboxPlatform;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What do the promises of {@link ChannelContract} share: the bench, the calls and the comparisons? */
public abstract class ContractBase {
    /** On the shelves with 10 units at 19.90 EUR. */
    protected static final Sku TEE = ChannelBench.SHELVES.get(0).sku();

    /** On the shelves with 5 units at 12.50 EUR. */
    protected static final Sku MUG = ChannelBench.SHELVES.get(1).sku();

    /** What each test stands on; anew for each. */
    protected ChannelBench bench;

    /** The channel's name. */
    protected abstract String channel();

    /** The time that the channel and its sandbox see. */
    protected Clock clock() {
        return Clock.systemUTC();
    }

    /** Settings whose every secret is wrong. */
    protected Map<String, String> wrong(Map<String, String> settings) {
        Map<String, String> changed = new HashMap<>(settings);
        for (Setting setting : channelUnderTest().settings()) {
            if (setting.secret()) {
                changed.computeIfPresent(setting.name(), (name, value) -> "wrong-" + value);
            }
        }
        return changed;
    }

    /** A listing like {@code known} that the shop does not have: the digits that end its ids become nines. */
    protected Listing unknown(Listing known) {
        String stockRef = known.stockRef();
        return new Listing(
                new Sku("NO-SUCH-SKU"),
                known.title(),
                known.price(),
                known.imageUrl(),
                nines(known.externalId()),
                stockRef == null ? null : nines(stockRef),
                known.onHand());
    }

    private static String nines(String id) {
        String changed = id.replaceAll("\\d+$", "999999999999");
        return changed.equals(id) ? "NO-SUCH-ID" : changed;
    }

    @BeforeEach
    void openBench() {
        bench = new ChannelBench(channel(), clock());
    }

    @AfterEach
    void closeBench() {
        bench.close();
    }

    /** The channel that the bench found. */
    protected final Channel channelUnderTest() {
        return bench.channel();
    }

    /** Skips the test when the channel does not declare {@code capability}. */
    protected final void needs(Capability capability) {
        assumeTrue(channelUnderTest().capabilities().contains(capability), channel() + " does not offer " + capability);
    }

    /** Writes levels over the working connection. */
    protected final List<StockWrite.Outcome> write(StockWrite.Target... levels) {
        return channelUnderTest().stockWrite(bench.connection()).write(List.of(levels));
    }

    /** A level for {@code listing}. */
    protected static StockWrite.Target target(Listing listing, int available, long version) {
        return new StockWrite.Target(new StockLevel(listing.sku(), available, version), listing);
    }

    /** An order of ours of one line. */
    protected static OrderPush.Request request(String key, Listing listing, int quantity) {
        OrderLine line = new OrderLine(listing.sku(), quantity, listing.price(), List.of());
        return new OrderPush.Request(
                key,
                List.of(new OrderPush.Line(line, listing)),
                line.amount(),
                "ada@example.com",
                Map.of(
                        "name",
                        "Ada Byron",
                        "line1",
                        "1 Main St",
                        "city",
                        "Bath",
                        "postalCode",
                        "BA1 1AA",
                        "country",
                        "GB"),
                Map.of("show", "friday-drop", "host", "ada"),
                "pi_test_1");
    }

    /** Asserts that {@code call} throws a {@link ChannelException} of {@code fault}. */
    protected static void assertFault(Fault fault, ThrowingCallable call) {
        ChannelException thrown = catchThrowableOfType(ChannelException.class, call);
        assertThat(thrown).as("expected a ChannelException of " + fault).isNotNull();
        assertThat(thrown.fault()).as(thrown.getMessage()).isEqualTo(fault);
    }

    /** The webhook port of the working connection; skips where there is none. */
    protected final OrderWebhook webhooks() {
        needs(Capability.ORDER_WEBHOOK);
        return channelUnderTest().orderWebhook(bench.connection());
    }

    /** What the platform pushed about {@code sale}, as the hub receives it. */
    protected final RawWebhook deliveryOf(SandboxPlatform.Sale sale) {
        needs(Capability.ORDER_WEBHOOK);
        SandboxDelivery delivery = sale.delivery();
        assertThat(delivery).as("a channel with ORDER_WEBHOOK pushes its sales").isNotNull();
        return bench.arrive(Objects.requireNonNull(delivery));
    }

    /** Whether the platform itself sells; where buyers only follow links from it, promises about its sales are skipped. */
    protected boolean sells() {
        return true;
    }

    /** Something that the platform pushed: a sale, unless it pushes something else. */
    protected SandboxDelivery pushed() {
        SandboxDelivery delivery = bench.platform().buy(TEE, 1).delivery();
        assertThat(delivery).as("a channel with ORDER_WEBHOOK pushes its sales").isNotNull();
        return Objects.requireNonNull(delivery);
    }

    /** As above, as the hub receives it. */
    protected final RawWebhook delivery() {
        needs(Capability.ORDER_WEBHOOK);
        return bench.arrive(pushed());
    }

    /** Skips the test when the platform itself sells nothing. */
    protected final void needsSales() {
        assumeTrue(sells(), channel() + " sells nothing itself");
    }

    final void assertSale(Order order, SandboxPlatform.Sale sale, int quantity) {
        Money price = ChannelBench.SHELVES.get(0).price();
        assertThat(order.channel()).isEqualTo(channel());
        assertThat(order.externalId()).isEqualTo(sale.orderId());
        assertThat(order.state()).isEqualTo(Order.State.PAID);
        assertThat(order.lines()).singleElement().satisfies(line -> {
            assertThat(line.sku()).isEqualTo(TEE);
            assertThat(line.quantity()).isEqualTo(quantity);
            assertThat(line.unitPrice()).isEqualTo(price);
            assertThat(line.externalIds()).isNotEmpty();
        });
        assertThat(order.total()).isEqualTo(price.times(quantity));
        assertThat(order.placedAt())
                .isBetween(clock().instant().minusSeconds(60), clock().instant().plusSeconds(60));
    }

    static Order orderOf(OrderWebhook port, List<ChannelEvent> events) {
        List<Order> orders = new ArrayList<>();
        for (ChannelEvent event : events) {
            switch (event) {
                case ChannelEvent.OrderStated stated -> orders.add(stated.order());
                case ChannelEvent.OrderTouched touched -> orders.add(port.fetch(touched.externalId()));
                case ChannelEvent.RefundStated other -> throw new AssertionError(other);
                case ChannelEvent.StockSeen other -> throw new AssertionError(other);
                case ChannelEvent.ShipmentStated other -> throw new AssertionError(other);
                case ChannelEvent.CatalogueTouched other -> throw new AssertionError(other);
                case ChannelEvent.CommentMade other -> throw new AssertionError(other);
                case ChannelEvent.AccessLapsing other -> throw new AssertionError(other);
                case ChannelEvent.PrivacyAsked other -> throw new AssertionError(other);
                case ChannelEvent.Ignored other -> throw new AssertionError(other);
            }
        }
        assertThat(orders).hasSize(1);
        return orders.getFirst();
    }

    static WebhookVerdict.Authentic authentic(WebhookVerdict verdict) {
        assertThat(verdict).isInstanceOf(WebhookVerdict.Authentic.class);
        return (WebhookVerdict.Authentic) verdict;
    }

    final boolean buysOne() {
        try {
            bench.platform().buy(TEE, 1);
            return true;
        } catch (IllegalArgumentException soldOut) {
            return false;
        }
    }

    final List<String> secrets(Connection connection) {
        return channelUnderTest().settings().stream()
                .filter(Setting::secret)
                .map(setting -> connection.settings().get(setting.name()))
                .filter(Objects::nonNull)
                .toList();
    }

    final Object port(Capability capability, Connection connection) {
        Channel channel = channelUnderTest();
        return switch (capability) {
            case CATALOGUE_READ -> channel.catalogueRead(connection);
            case CATALOGUE_WRITE -> channel.catalogueWrite(connection);
            case STOCK_READ -> channel.stockRead(connection);
            case STOCK_WRITE -> channel.stockWrite(connection);
            case ORDER_WEBHOOK -> channel.orderWebhook(connection);
            case ORDER_POLL -> channel.orderPoll(connection);
            case ORDER_PUSH -> channel.orderPush(connection);
            case ORDER_CANCEL -> channel.orderCancel(connection);
            case CHECKOUT_LINK -> channel.checkoutLink(connection);
            case CATALOGUE_CHANGES -> channel.catalogueChanges(connection);
            case PRICE_WRITE -> channel.priceWrite(connection);
            case ORDER_REFUND -> channel.orderRefund(connection);
            case FULFILMENT -> channel.fulfilment(connection);
            case AFTER_SALE_POLL -> channel.afterSalePoll(connection);
            case BACKEND_HOLD -> channel.backendHold(connection);
            case LIVE_DESTINATION -> channel.liveDestination(connection);
            case COMMENT_REPLY -> channel.commentReply(connection);
            case CONVERSIONS -> channel.conversions(connection);
            case SETTLEMENT -> channel.settlements(connection);
            case WEBHOOK_SUBSCRIPTION -> channel.webhookSubscriptions(connection);
            case CONSENT -> channel.consent();
        };
    }

    /** One call to the platform for each port that makes any. */
    final List<ThrowingCallable> calls(Connection to, Listing listing) {
        Channel channel = channelUnderTest();
        List<ThrowingCallable> calls = new ArrayList<>();
        for (Capability capability : channel.capabilities()) {
            switch (capability) {
                case CATALOGUE_READ -> calls.add(() -> channel.catalogueRead(to).readAll(each -> {}));
                case CATALOGUE_WRITE ->
                    calls.add(() -> channel.catalogueWrite(to).write(List.of(listing)));
                case STOCK_READ -> calls.add(() -> channel.stockRead(to).read(List.of(listing)));
                case STOCK_WRITE -> calls.add(() -> channel.stockWrite(to).write(List.of(target(listing, 1, 1))));
                case ORDER_WEBHOOK -> {
                    if (sells()) {
                        calls.add(() -> channel.orderWebhook(to).fetch("1001"));
                    }
                }
                case ORDER_POLL -> calls.add(() -> channel.orderPoll(to).changedSince(clock().instant()));
                case ORDER_PUSH -> calls.add(() -> channel.orderPush(to).push(request("weir-1", listing, 1)));
                case ORDER_CANCEL ->
                    calls.add(() -> channel.orderCancel(to).cancel("weir-cancel-1", "1001", "sold out"));
                case CATALOGUE_CHANGES ->
                    calls.add(() -> channel.catalogueChanges(to).readSince(clock().instant(), each -> {}));
                case PRICE_WRITE ->
                    calls.add(() ->
                            channel.priceWrite(to).write(List.of(new PriceWrite.Target(listing.price(), listing))));
                case ORDER_REFUND ->
                    calls.add(() -> channel.orderRefund(to)
                            .refund(new OrderRefund.Request("weir-r-1", "1001", List.of(), listing.price(), "late")));
                case FULFILMENT ->
                    calls.add(() -> channel.fulfilment(to)
                            .ship("1001", new Shipment("weir-s-1", clock().instant(), List.of(), null, null, null)));
                case AFTER_SALE_POLL ->
                    calls.add(() -> channel.afterSalePoll(to).readSince(clock().instant(), event -> {}));
                case BACKEND_HOLD ->
                    calls.add(
                            () -> channel.backendHold(to).hold("weir-h-1", List.of(new BackendHold.Units(listing, 1))));
                case COMMENT_REPLY -> calls.add(() -> channel.commentReply(to).answer("1001", "hello"));
                case CONVERSIONS ->
                    calls.add(() -> channel.conversions(to)
                            .purchased(List.of(new Conversions.Purchase(
                                    "weir-1", clock().instant(), List.of(), listing.price(), null, Map.of()))));
                case SETTLEMENT ->
                    calls.add(() -> channel.settlements(to)
                            .read(clock().instant().minusSeconds(60), clock().instant(), each -> {}));
                case WEBHOOK_SUBSCRIPTION ->
                    calls.add(() -> channel.webhookSubscriptions(to)
                            .heal(java.net.URI.create("https://hub.example.com/webhooks/" + channel.name())));
                case CHECKOUT_LINK, LIVE_DESTINATION, CONSENT -> {}
            }
        }
        return calls;
    }
}
