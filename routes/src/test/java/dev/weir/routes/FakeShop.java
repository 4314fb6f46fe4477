package dev.weir.routes;

import dev.weir.connectors.AfterSalePoll;
import dev.weir.connectors.Capability;
import dev.weir.connectors.CatalogueChanges;
import dev.weir.connectors.CatalogueRead;
import dev.weir.connectors.CatalogueWrite;
import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Check;
import dev.weir.connectors.CommentReply;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Conversions;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Fulfilment;
import dev.weir.connectors.HandOver;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Money;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderCancel;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.OrderPoll;
import dev.weir.connectors.OrderPush;
import dev.weir.connectors.OrderRefund;
import dev.weir.connectors.OrderWebhook;
import dev.weir.connectors.PriceWrite;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.Refund;
import dev.weir.connectors.Setting;
import dev.weir.connectors.Settlements;
import dev.weir.connectors.Shipment;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import dev.weir.connectors.StockRead;
import dev.weir.connectors.StockWrite;
import dev.weir.connectors.WebhookSubscriptions;
import dev.weir.connectors.WebhookVerdict;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A platform with switches. Bodies of its webhooks are words: {@code order 7}, {@code refund 7}, {@code touched 7},
 * {@code stock TEE 4}, {@code shipped 7 f1 JD1}, {@code product 9}, {@code uninstalled}, {@code redact ana@example.com 7},
 * {@code comment c1 ana TEE x2}, {@code nonsense}.
 */
final class FakeShop implements Channel {
    static final Instant AT = Instant.parse("2026-11-24T18:00:00Z");

    final String name;
    final Set<Capability> capabilities;
    final Map<Sku, Integer> levels = new ConcurrentHashMap<>();
    final List<Integer> written = new CopyOnWriteArrayList<>();
    /** Every number that was written, as {@code SKU=units}. */
    final List<String> writes = new CopyOnWriteArrayList<>();
    /** Numbers that the shop sets again by itself after each write. */
    final Map<Sku, Integer> insists = new ConcurrentHashMap<>();
    /** Faults that come after the levels were written. */
    final Queue<ChannelException> lostStockAnswers = new ConcurrentLinkedQueue<>();
    /** Levels that the shop will not take. */
    final Set<Sku> refusesLevels = ConcurrentHashMap.newKeySet();
    /** Done whenever the shop was read. */
    volatile Runnable onRead = () -> {};

    final Map<String, OrderPush.Request> pushed = new ConcurrentHashMap<>();
    /** How often each order was pushed. */
    final Map<String, Integer> pushCalls = new ConcurrentHashMap<>();

    final Map<String, Order> orders = new ConcurrentHashMap<>();
    final Map<Sku, Listing> listings = new ConcurrentHashMap<>();
    final List<String> cancelled = new CopyOnWriteArrayList<>();
    final List<String> cancelKeys = new CopyOnWriteArrayList<>();
    final Queue<ChannelException> cancelFaults = new ConcurrentLinkedQueue<>();
    final Map<String, URI> subscribed = new ConcurrentHashMap<>();
    final AtomicInteger heals = new AtomicInteger();
    final Queue<ChannelException> healFaults = new ConcurrentLinkedQueue<>();
    final Map<String, Shipment> shipped = new ConcurrentHashMap<>();
    final AtomicInteger shipsAsked = new AtomicInteger();
    final Queue<ChannelException> shipFaults = new ConcurrentLinkedQueue<>();
    final Map<String, OrderRefund.Request> refunded = new ConcurrentHashMap<>();
    final Queue<ChannelException> refundFaults = new ConcurrentLinkedQueue<>();
    final List<ChannelEvent> afterSale = new CopyOnWriteArrayList<>();
    final List<Instant> afterSaleAsked = new CopyOnWriteArrayList<>();
    final List<Settlements.Statement> statements = new CopyOnWriteArrayList<>();
    final List<Listing> changed = new CopyOnWriteArrayList<>();
    final List<Instant> changesAsked = new CopyOnWriteArrayList<>();
    final Map<Sku, Money> prices = new ConcurrentHashMap<>();
    /** Answers by comment, as their authors read them; the first of each stands. */
    final Map<String, String> answers = new ConcurrentHashMap<>();

    final Queue<ChannelException> answerFaults = new ConcurrentLinkedQueue<>();
    final List<Conversions.Purchase> purchases = new CopyOnWriteArrayList<>();
    final Queue<ChannelException> purchaseFaults = new ConcurrentLinkedQueue<>();
    Supplier<Instant> commentedAt = Instant::now;
    private final Queue<ChannelException> stockFaults = new ArrayDeque<>();
    private final Queue<ChannelException> pushFaults = new ArrayDeque<>();
    final List<String> cursors = new CopyOnWriteArrayList<>();
    final List<List<Sku>> sent = new CopyOnWriteArrayList<>();
    final Set<Sku> refuses = ConcurrentHashMap.newKeySet();
    volatile int pageSize = 10;
    volatile int pagesUntilCut = Integer.MAX_VALUE;
    volatile int batchesUntilCut = Integer.MAX_VALUE;
    volatile boolean forgetsCursors;
    volatile Runnable onPage = () -> {};
    volatile boolean busy;
    volatile boolean dead;
    /** Why the catalogue cannot be read, until it is taken away. */
    volatile ChannelException catalogueFault;

    volatile Fault outcomeOfPush;
    volatile HandOver handOver = HandOver.NO;
    /** Done while the backend makes an order. */
    volatile Runnable whilePushing = () -> {};

    FakeShop(String name, Capability... capabilities) {
        this.name = name;
        this.capabilities = EnumSet.copyOf(List.of(capabilities));
    }

    synchronized void failStock(ChannelException fault) {
        stockFaults.add(fault);
    }

    synchronized void failPush(ChannelException fault) {
        pushFaults.add(fault);
    }

    private synchronized void raise(Queue<ChannelException> faults) {
        ChannelException fault = faults.poll();
        if (fault != null) {
            throw fault;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String title() {
        return name;
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public List<Setting> settings() {
        return List.of();
    }

    @Override
    public Check check(Connection connection) {
        return new Check(!dead, "fake");
    }

    @Override
    public StockWrite stockWrite(Connection connection) {
        return new StockWrite() {
            @Override
            public int batchSize() {
                return 10;
            }

            @Override
            public List<Outcome> catchUp(List<Target> targets) {
                if (busy) {
                    throw new ChannelException(Fault.THROTTLED, "busy", Duration.ofMillis(200), null);
                }
                return write(targets);
            }

            @Override
            public List<Outcome> write(List<Target> targets) {
                if (dead) {
                    throw new ChannelException(Fault.TRANSIENT, "dead");
                }
                raise(stockFaults);
                written.add(targets.size());
                targets.forEach(target -> put(target.level()));
                fail(lostStockAnswers);
                return targets.stream()
                        .map(target -> new Outcome(target.level().sku(), refusal(target.level())))
                        .toList();
            }
        };
    }

    private void put(StockLevel level) {
        if (!refusesLevels.contains(level.sku())) {
            writes.add(level.sku() + "=" + level.available());
            levels.put(level.sku(), insists.getOrDefault(level.sku(), level.available()));
        }
    }

    private @Nullable ChannelException refusal(StockLevel level) {
        return refusesLevels.contains(level.sku()) ? new ChannelException(Fault.REJECTED, "not tracked") : null;
    }

    /** The numbers that it shows; a SKU without one is left out. */
    @Override
    public StockRead stockRead(Connection connection) {
        return asked -> {
            if (dead) {
                throw new ChannelException(Fault.TRANSIENT, "dead");
            }
            Map<Sku, Integer> shown = new HashMap<>();
            asked.stream()
                    .map(Listing::sku)
                    .filter(levels::containsKey)
                    .forEach(sku -> shown.put(sku, levels.get(sku)));
            onRead.run();
            return shown;
        };
    }

    /** Pages of {@link #pageSize}, cut short after {@link #pagesUntilCut}. */
    @Override
    public CatalogueRead catalogueRead(Connection connection) {
        return new CatalogueRead() {
            @Override
            public void readAll(Consumer<Listing> each) {
                read(null, (page, next) -> page.forEach(each));
            }

            @Override
            public void read(@Nullable String cursor, Sink sink) {
                ChannelException fault = catalogueFault;
                if (fault != null) {
                    throw fault;
                }
                cursors.add(String.valueOf(cursor));
                if (cursor != null && forgetsCursors) {
                    throw new ChannelException(Fault.NOT_FOUND, "cursor: " + cursor);
                }
                List<Listing> all = listings.values().stream()
                        .sorted(Comparator.comparing(Listing::sku))
                        .toList();
                for (int at = cursor == null ? 0 : Integer.parseInt(cursor); at < all.size(); at += pageSize) {
                    if (pagesUntilCut-- <= 0) {
                        throw new ChannelException(Fault.TRANSIENT, "cut short");
                    }
                    int end = Math.min(all.size(), at + pageSize);
                    onPage.run();
                    sink.page(all.subList(at, end), Integer.toString(end));
                }
            }
        };
    }

    /** Refuses {@link #refuses}; cut short after {@link #batchesUntilCut}. */
    @Override
    public CatalogueWrite catalogueWrite(Connection connection) {
        return new CatalogueWrite() {
            @Override
            public int batchSize() {
                return pageSize;
            }

            @Override
            public List<Listing> write(List<Listing> ours) {
                return write(ours, (sku, refusal) -> {});
            }

            @Override
            public List<Listing> write(List<Listing> ours, BiConsumer<Sku, ChannelException> refused) {
                if (batchesUntilCut-- <= 0) {
                    throw new ChannelException(Fault.REJECTED, "cut short");
                }
                sent.add(ours.stream().map(Listing::sku).toList());
                ours.stream()
                        .filter(one -> refuses.contains(one.sku()))
                        .forEach(one -> refused.accept(one.sku(), new ChannelException(Fault.REJECTED, "no picture")));
                return ours.stream()
                        .filter(one -> !refuses.contains(one.sku()))
                        .map(FakeShop.this::listed)
                        .peek(one -> listings.put(one.sku(), one))
                        .toList();
            }
        };
    }

    private Listing listed(Listing one) {
        return new Listing(
                one.sku(), one.title(), one.price(), one.imageUrl(), name + "-" + one.sku(), null, one.onHand());
    }

    @Override
    public OrderPoll orderPoll(Connection connection) {
        return since -> orders.values().stream()
                .filter(order -> !order.updatedAt().isBefore(since))
                .toList();
    }

    @Override
    public HandOver handOver(Connection connection) {
        return HandOver.of(connection, handOver);
    }

    @Override
    public OrderPush orderPush(Connection connection) {
        return new OrderPush() {
            @Override
            public String push(Request order) {
                pushCalls.merge(order.key(), 1, Integer::sum);
                boolean first = pushed.putIfAbsent(order.key(), order) == null;
                whilePushing.run();
                if (first) {
                    raise(pushFaults);
                }
                return "B-" + order.key();
            }
        };
    }

    /** Looks before it acts, as the ports do; faults come after the act, or instead of it when they are a refusal. */
    @Override
    public OrderCancel orderCancel(Connection connection) {
        if (!capabilities.contains(Capability.ORDER_CANCEL)) {
            return Channel.super.orderCancel(connection);
        }
        return (key, externalId, reason) -> {
            cancelKeys.add(key);
            if (cancelled.contains(externalId)) {
                return;
            }
            ChannelException fault = cancelFaults.poll();
            if (fault == null || fault.fault() == Fault.OUTCOME_UNKNOWN) {
                cancelled.add(externalId);
            }
            if (fault != null) {
                throw fault;
            }
        };
    }

    /** Two topics; what is there stays. */
    @Override
    public WebhookSubscriptions webhookSubscriptions(Connection connection) {
        return address -> {
            heals.incrementAndGet();
            fail(healFaults);
            return List.of("orders", "products").stream()
                    .map(topic -> {
                        URI before = subscribed.put(topic, address);
                        return new WebhookSubscriptions.Subscription(topic, found(before, address));
                    })
                    .toList();
        };
    }

    private static WebhookSubscriptions.Found found(URI before, URI address) {
        if (before == null) {
            return WebhookSubscriptions.Found.MISSING;
        }
        return before.equals(address) ? WebhookSubscriptions.Found.THERE : WebhookSubscriptions.Found.MOVED;
    }

    /** Once for a shipment; faults of unknown outcome come after the act. */
    @Override
    public Fulfilment fulfilment(Connection connection) {
        return (order, shipment) -> {
            shipsAsked.incrementAndGet();
            ChannelException fault = shipFaults.poll();
            if (fault == null || fault.fault() == Fault.OUTCOME_UNKNOWN) {
                shipped.putIfAbsent(order + "/" + shipment.externalId(), shipment);
            }
            if (fault != null) {
                throw fault;
            }
            return "package-of-" + order;
        };
    }

    @Override
    public Settlements settlements(Connection connection) {
        return (from, to, each) -> statements.forEach(each);
    }

    /** All of them, every time. */
    @Override
    public AfterSalePoll afterSalePoll(Connection connection) {
        return (since, each) -> {
            afterSaleAsked.add(since);
            afterSale.forEach(each);
            return Instant.now();
        };
    }

    /** Once for a key; faults of unknown outcome come after the act. */
    @Override
    public OrderRefund orderRefund(Connection connection) {
        if (!capabilities.contains(Capability.ORDER_REFUND)) {
            return Channel.super.orderRefund(connection);
        }
        return request -> {
            ChannelException fault = refundFaults.poll();
            if (fault == null || fault.fault() == Fault.OUTCOME_UNKNOWN) {
                refunded.putIfAbsent(request.key(), request);
            }
            if (fault != null) {
                throw fault;
            }
            return "refund-of-" + request.orderExternalId();
        };
    }

    @Override
    public CatalogueChanges catalogueChanges(Connection connection) {
        return (since, each) -> {
            changesAsked.add(since);
            changed.forEach(each);
            return AT;
        };
    }

    @Override
    public PriceWrite priceWrite(Connection connection) {
        return new PriceWrite() {
            @Override
            public int batchSize() {
                return 10;
            }

            @Override
            public List<StockWrite.Outcome> write(List<Target> targets) {
                return targets.stream()
                        .map(target -> {
                            prices.put(target.listing().sku(), target.price());
                            return new StockWrite.Outcome(target.listing().sku(), null);
                        })
                        .toList();
            }
        };
    }

    private static void fail(Queue<ChannelException> faults) {
        ChannelException fault = faults.poll();
        if (fault != null) {
            throw fault;
        }
    }

    /** Notes what it was told before it fails, but for a refusal. */
    @Override
    public Conversions conversions(Connection connection) {
        return new Conversions() {
            @Override
            public int batchSize() {
                return 10;
            }

            @Override
            public void purchased(List<Purchase> told) {
                ChannelException fault = purchaseFaults.poll();
                if (fault == null || fault.fault() == Fault.OUTCOME_UNKNOWN) {
                    purchases.addAll(told);
                }
                if (fault != null) {
                    throw fault;
                }
            }
        };
    }

    /** Faults come after the act, or instead of it when they are a refusal. */
    @Override
    public CommentReply commentReply(Connection connection) {
        return (comment, text) -> {
            ChannelException fault = answerFaults.poll();
            if (fault == null || fault.fault() == Fault.OUTCOME_UNKNOWN) {
                answers.putIfAbsent(comment, text);
            }
            if (fault != null) {
                throw fault;
            }
        };
    }

    @Override
    public OrderWebhook orderWebhook(Connection connection) {
        return new OrderWebhook() {
            @Override
            public WebhookVerdict verify(RawWebhook webhook) {
                return new WebhookVerdict.Forged("not asked here");
            }

            @Override
            public List<ChannelEvent> read(RawWebhook webhook) {
                return events(webhook.text().split(" "));
            }

            @Override
            public Order fetch(String externalId) {
                if (dead) {
                    throw new ChannelException(Fault.TRANSIENT, "dead");
                }
                Order order = orders.get(externalId);
                if (order == null) {
                    throw new ChannelException(Fault.NOT_FOUND, "order " + externalId);
                }
                return order;
            }
        };
    }

    private List<ChannelEvent> events(String[] words) {
        return switch (words[0]) {
            case "order" -> List.of(new ChannelEvent.OrderStated(order(words[1])));
            case "touched" -> List.of(new ChannelEvent.OrderTouched(words[1], AT));
            case "refund" ->
                List.of(new ChannelEvent.RefundStated(
                        new Refund("R" + words[1], words[1], AT, List.of(), Money.of("5.00", "EUR"))));
            case "stock" -> List.of(new ChannelEvent.StockSeen(words[1], Integer.parseInt(words[2]), AT));
            case "shipped" ->
                List.of(new ChannelEvent.ShipmentStated(
                        words[1], new Shipment(words[2], AT, List.of(), "DHL", words[3], null)));
            case "product" -> List.of(new ChannelEvent.CatalogueTouched(words[1], AT));
            case "uninstalled" -> List.of(new ChannelEvent.AccessLapsing(AT, "the app was uninstalled"));
            case "redact" ->
                List.of(new ChannelEvent.PrivacyAsked(
                        ChannelEvent.PrivacyAsked.Kind.ERASE, words[1], List.of(words[2])));
            case "disclose" ->
                List.of(new ChannelEvent.PrivacyAsked(ChannelEvent.PrivacyAsked.Kind.DISCLOSE, words[1], List.of()));
            case "closed" ->
                List.of(new ChannelEvent.PrivacyAsked(ChannelEvent.PrivacyAsked.Kind.ERASE_SHOP, null, List.of()));
            case "comment" ->
                List.of(new ChannelEvent.CommentMade(
                        words[1],
                        "L1",
                        words[2],
                        String.join(" ", List.of(words).subList(3, words.length)),
                        commentedAt.get()));
            case "ping" -> List.of(new ChannelEvent.Ignored("a ping"));
            default -> throw new ChannelException(Fault.REJECTED, "body: " + words[0] + " (expected: a known word)");
        };
    }

    Order order(String id) {
        return order(id, AT);
    }

    Order order(String id, Instant at) {
        OrderLine line = new OrderLine(new Sku("TEE"), 1, Money.of("10.00", "EUR"), List.of("L" + id));
        return new Order(name, id, Order.State.PAID, at, at, List.of(line), Money.of("10.00", "EUR"), null, Map.of());
    }
}
