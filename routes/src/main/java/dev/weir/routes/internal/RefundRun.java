package dev.weir.routes.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.checkout.Checkouts;
import dev.weir.checkout.PaymentResult;
import dev.weir.connectors.Capability;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Money;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.OrderRefund;
import dev.weir.connectors.Refund;
import dev.weir.connectors.Sku;
import dev.weir.orders.OrderBook;
import dev.weir.orders.OrderView;
import dev.weir.routes.ChannelErrands;
import dev.weir.routes.ChannelErrands.Kind;
import dev.weir.routes.internal.ErrandRows.Claim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How does a refund come to its buyer, to the shop that holds the order, and into the books? Of an order that a channel sold the channel
 * gives the money back, once for our key; then it is booked under the channel's id. Of one that was paid here our gateway does, once for
 * our key; that is booked, under the gateway's id, and then the backend notes it. A hub that dies in between asks again, and each finds
 * what it has. What did not happen is not booked.
 */
final class RefundRun implements ErrandRun {
    private static final String NOTED = "noted";

    private final Wiring wiring;
    private final ErrandRows rows;
    private final OrderPushes pushes;
    private final Checkouts checkouts;

    RefundRun(Wiring wiring, ErrandRows rows, OrderPushes pushes, Checkouts checkouts) {
        this.checkouts = checkouts;
        this.wiring = wiring;
        this.rows = rows;
        this.pushes = pushes;
    }

    /** As {@link ChannelErrands#refund}. */
    void ask(UUID orderId, ChannelErrands.Refund refund) {
        OrderView order = wiring.order(orderId);
        Connection shop = wiring.connection(holder(order));
        if (order.connectionId() != null) {
            // Asked for now, so that a shop that lacks the ability says so to whoever asks.
            Objects.requireNonNull(wiring.channel(shop).orderRefund(shop));
        }
        add(order, shop.id(), refund, null);
    }

    /** {@code noted}: null when the shop does not know of it yet, blank when it does, else its own id of it. */
    void add(OrderView order, UUID shop, ChannelErrands.Refund refund, @Nullable String noted) {
        check(order, refund);
        Map<String, Integer> units = new HashMap<>();
        refund.restocked().forEach((sku, quantity) -> units.put(sku.value(), quantity));
        Map<String, Object> payload = new HashMap<>(Map.of(
                "amount", refund.amount().amount(),
                "currency", refund.amount().currency().getCurrencyCode(),
                "restocked", units,
                "reason", refund.reason()));
        if (noted != null) {
            payload.put(NOTED, noted);
        }
        rows.add(Kind.REFUND, shop, refund.key(), order.brand(), order.id(), false, Json.write(payload));
    }

    @Override
    public Kind kind() {
        return Kind.REFUND;
    }

    @Override
    public int most(Connection connection) {
        return 1;
    }

    @Override
    public Map<Claim, Told> run(Connection connection, List<Claim> claims) {
        Claim claim = claims.getFirst();
        OrderView order = wiring.order(Objects.requireNonNull(claim.orderId()));
        JsonNode asked = Json.read(claim.payload());
        Money amount =
                Money.of(asked.path("amount").asText(), asked.path("currency").asText());
        List<OrderLine> restocked = restocked(order, asked.path("restocked"));
        String orderAtShop = orderAtShop(order);
        OrderRefund.Request request = new OrderRefund.Request(
                claim.key(),
                orderAtShop,
                restocked,
                amount,
                asked.path("reason").asText());
        String id = order.connectionId() == null
                ? ofOurs(order, connection, request, asked.path(NOTED).textValue())
                : ofChannels(order, connection, request);
        return Map.of(claim, Told.taken(id));
    }

    private String ofChannels(OrderView order, Connection channel, OrderRefund.Request request) {
        String theirs = wiring.channel(channel).orderRefund(channel).refund(request);
        book(order, channel, theirs, request.restocked(), request.amount());
        return theirs;
    }

    /** {@code noted} as {@link #add} was told. */
    private String ofOurs(OrderView order, Connection backend, OrderRefund.Request request, @Nullable String noted) {
        Money amount = request.amount();
        String given = amount.minor() > 0 ? giveBack(order, amount, request.key()) : "weir-refund-" + request.key();
        book(order, backend, given, request.restocked(), amount);
        if (noted != null) {
            if (!noted.isEmpty()) {
                book(order, backend, noted, List.of(), Money.zero(amount.currency()));
            }
            return noted.isEmpty() ? given : noted;
        }
        if (!wiring.channel(backend).capabilities().contains(Capability.ORDER_REFUND)) {
            return given;
        }
        String theirs = wiring.channel(backend).orderRefund(backend).refund(request);
        if (!theirs.equals(given)) {
            // Known from now on, so that the backend's own word of it books nothing again.
            book(order, backend, theirs, List.of(), Money.zero(amount.currency()));
        }
        return theirs;
    }

    /** The gateway's id of it. */
    private String giveBack(OrderView order, Money amount, String key) {
        PaymentResult answer = checkouts.refund(order.id(), amount, key);
        return switch (answer.status()) {
            case CANCELLED -> Objects.requireNonNull(answer.reference());
            case FAILED -> throw new ChannelException(Fault.REJECTED, "payment: " + answer.reason());
            case UNKNOWN, REQUIRES_PAYMENT, REQUIRES_ACTION, AUTHORISED, CAPTURED ->
                throw new ChannelException(
                        Fault.OUTCOME_UNKNOWN, "payment: " + answer.reason(), answer.retryAfter(), null);
        };
    }

    private void book(OrderView order, Connection shop, String id, List<OrderLine> restocked, Money amount) {
        Refund refund = new Refund(id, orderAtShop(order), wiring.clock().instant(), restocked, amount);
        if (wiring.orders().refund(order.brand(), shop.id(), refund) instanceof OrderBook.Intake.NotYet notYet) {
            throw new IllegalStateException(notYet.reason());
        }
    }

    private UUID holder(OrderView order) {
        UUID seller = order.connectionId();
        return seller != null
                ? seller
                : pushes.pushedTo(order.id())
                        .orElseThrow(() -> new ChannelException(
                                Fault.REJECTED,
                                "order: " + order.id() + " (expected: one that a channel sold, or a backend has)"));
    }

    private static String orderAtShop(OrderView order) {
        String id = order.connectionId() == null ? order.backendOrderId() : order.externalId();
        if (id == null) {
            throw new ChannelException(
                    Fault.NOT_FOUND, "order: " + order.id() + " (expected: one whose id at the shop is known)");
        }
        return id;
    }

    /** Lines of the order, the first first, cut to the units that come back. */
    private static List<OrderLine> restocked(OrderView order, JsonNode units) {
        List<OrderLine> lines = new ArrayList<>();
        units.properties().forEach(entry -> {
            int left = entry.getValue().asInt();
            for (OrderLine line : order.lines()) {
                int taken = line.sku().value().equals(entry.getKey()) ? Math.min(left, line.quantity()) : 0;
                if (taken > 0) {
                    lines.add(new OrderLine(line.sku(), taken, line.unitPrice(), line.externalIds()));
                    left -= taken;
                }
            }
        });
        return lines;
    }

    private static void check(OrderView order, ChannelErrands.Refund refund) {
        Money amount = refund.amount();
        Money total = order.total();
        if (!amount.currency().equals(total.currency())
                || amount.minor() < 0
                || amount.minor() > total.minor()
                || (amount.minor() == 0 && refund.restocked().isEmpty())) {
            throw new IllegalArgumentException("amount: " + amount + " (expected: more than 0 or units that come back,"
                    + " at most " + total + ")");
        }
        refund.restocked().forEach((sku, quantity) -> {
            int bought = bought(order, sku);
            if (quantity < 1 || quantity > bought) {
                throw new IllegalArgumentException(
                        "restocked: " + quantity + " of " + sku + " (expected: 1.." + bought + ")");
            }
        });
    }

    private static int bought(OrderView order, Sku sku) {
        return order.lines().stream()
                .filter(line -> line.sku().equals(sku))
                .mapToInt(OrderLine::quantity)
                .sum();
    }
}
