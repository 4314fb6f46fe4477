package dev.weir.orders.internal;

import dev.weir.connectors.Order;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.Sku;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What may a rule look at? The same for a new order and for an old one that is judged again. */
record Facts(String brand, String channel, Instant placedAt, Set<Sku> skus, Map<String, String> evidence) {
    static Facts of(String brand, Order order) {
        return new Facts(brand, order.channel(), order.placedAt(), skus(order.lines()), order.evidence());
    }

    static Facts of(StoredOrder order) {
        var view = order.view();
        return new Facts(view.brand(), view.channel(), view.placedAt(), skus(view.lines()), order.evidence());
    }

    private static Set<Sku> skus(List<OrderLine> lines) {
        return lines.stream().map(OrderLine::sku).collect(Collectors.toUnmodifiableSet());
    }
}
