package dev.weir.hub.internal.web;

import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.orders.OrderBook;
import dev.weir.orders.OrderView;
import dev.weir.routes.ChannelErrands;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Gives money of an order back: the channel that sold it does, or our own payment gateway; booked once it is on its way. */
@RestController
@RequestMapping("/api/orders/{id}/refunds")
class RefundApi {
    private static final int MOST_KEY = 64;
    private static final int MOST_LINES = 200;

    private final OrderBook orders;
    private final ChannelErrands errands;

    RefundApi(OrderBook orders, ChannelErrands errands) {
        this.orders = orders;
        this.errands = errands;
    }

    record Back(@Nullable Sku sku, int quantity) {}

    record NewRefund(
            @Nullable Money amount,
            @Nullable List<Back> restocked,
            @Nullable String reason) {}

    /** The same key is the same refund. */
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, Object> refund(
            @PathVariable String id,
            @RequestBody NewRefund body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
        OrderView order = own(id);
        errands.refund(
                order.id(),
                new ChannelErrands.Refund(
                        Inputs.text("Idempotency-Key", key, MOST_KEY),
                        Inputs.required("amount", body.amount()),
                        units(body.restocked() == null ? List.of() : body.restocked()),
                        Inputs.text("reason", body.reason(), 200)));
        return Map.of(
                "items",
                errands.ofOrder(order.id()).stream()
                        .filter(errand -> errand.kind() == ChannelErrands.Kind.REFUND)
                        .toList());
    }

    private static Map<Sku, Integer> units(List<Back> lines) {
        Inputs.range("restocked", lines.size(), 0, MOST_LINES);
        Map<Sku, Integer> units = new HashMap<>();
        lines.forEach(
                line -> units.merge(Inputs.required("restocked.sku", line.sku()), line.quantity(), Math::addExact));
        return units;
    }

    private OrderView own(String id) {
        UUID orderId = Inputs.uuid("id", id);
        return orders.find(orderId)
                .filter(order -> order.brand().equals(Callers.current().brand()))
                .orElseThrow(() -> new NotFound("id", id));
    }
}
