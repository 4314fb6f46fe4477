package dev.weir.routes;

import dev.weir.connectors.Capability;
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
import dev.weir.connectors.Listing;
import dev.weir.connectors.Money;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderCancel;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.OrderPoll;
import dev.weir.connectors.OrderPush;
import dev.weir.connectors.OrderWebhook;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.Refund;
import dev.weir.connectors.Setting;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockWrite;
import dev.weir.connectors.WebhookVerdict;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * A platform with switches. Bodies of its webhooks are words: {@code order 7}, {@code refund 7}, {@code touched 7},
 * {@code stock TEE 4}, {@code comment c1 ana TEE x2}, {@code nonsense}.
 */
final class FakeShop implements Channel {
    static final Instant AT = Instant.parse("2026-11-24T18:00:00Z");

    final String name;
    final Set<Capability> capabilities;
    final Map<Sku, Integer> levels = new ConcurrentHashMap<>();
    final List<Integer> written = new CopyOnWriteArrayList<>();
    final Map<String, OrderPush.Request> pushed = new ConcurrentHashMap<>();
    final Map<String, Order> orders = new ConcurrentHashMap<>();
    final Map<Sku, Listing> listings = new ConcurrentHashMap<>();
    final List<String> cancelled = new CopyOnWriteArrayList<>();
    final List<String> cancelKeys = new CopyOnWriteArrayList<>();
    final Queue<ChannelException> cancelFaults = new ConcurrentLinkedQueue<>();
    /** Answers by comment, as their authors read them; the first of each stands. */
    final Map<String, String> answers = new ConcurrentHashMap<>();

    final Queue<ChannelException> answerFaults = new ConcurrentLinkedQueue<>();
    final List<Conversions.Purchase> purchases = new CopyOnWriteArrayList<>();
    final Queue<ChannelException> purchaseFaults = new ConcurrentLinkedQueue<>();
    Supplier<Instant> commentedAt = Instant::now;
    private final Queue<ChannelException> stockFaults = new ArrayDeque<>();
    private final Queue<ChannelException> pushFaults = new ArrayDeque<>();
    volatile boolean dead;
    volatile Fault outcomeOfPush;

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
            public List<Outcome> write(List<Target> targets) {
                if (dead) {
                    throw new ChannelException(Fault.TRANSIENT, "dead");
                }
                raise(stockFaults);
                written.add(targets.size());
                targets.forEach(target ->
                        levels.put(target.level().sku(), target.level().available()));
                return targets.stream()
                        .map(target -> new Outcome(target.level().sku(), null))
                        .toList();
            }
        };
    }

    @Override
    public CatalogueRead catalogueRead(Connection connection) {
        return each -> listings.values().forEach(each);
    }

    @Override
    public CatalogueWrite catalogueWrite(Connection connection) {
        return ours -> ours.stream()
                .map(one -> new Listing(
                        one.sku(),
                        one.title(),
                        one.price(),
                        one.imageUrl(),
                        name + "-" + one.sku(),
                        null,
                        one.onHand()))
                .peek(one -> listings.put(one.sku(), one))
                .toList();
    }

    @Override
    public OrderPoll orderPoll(Connection connection) {
        return since -> orders.values().stream()
                .filter(order -> !order.updatedAt().isBefore(since))
                .toList();
    }

    @Override
    public OrderPush orderPush(Connection connection) {
        return new OrderPush() {
            @Override
            public String push(Request order) {
                boolean first = pushed.putIfAbsent(order.key(), order) == null;
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
