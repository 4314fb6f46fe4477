package dev.weir.hub.internal.web;

import dev.weir.connectors.Shipment;
import dev.weir.orders.OrderBook;
import dev.weir.orders.OrderView;
import dev.weir.orders.Shipments;
import dev.weir.routes.ChannelErrands;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What left for an order, who said so, and whether the shop that sold it has heard of it. */
@RestController
@RequestMapping("/api/orders/{id}/shipments")
class ShipmentApi {
    private final OrderBook orders;
    private final Shipments shipments;
    private final ChannelErrands errands;
    private final Clock clock;

    ShipmentApi(OrderBook orders, Shipments shipments, ChannelErrands errands, Clock clock) {
        this.orders = orders;
        this.shipments = shipments;
        this.errands = errands;
        this.clock = clock;
    }

    /** {@code at}: when it left; now when it is not said. */
    record NewShipment(
            @Nullable Instant at,
            @Nullable String carrier,
            @Nullable String tracking,
            @Nullable String link) {}

    @GetMapping
    Map<String, Object> list(@PathVariable String id) {
        OrderView order = own(id);
        List<ChannelErrands.Errand> told = errands.ofOrder(order.id());
        return Map.of(
                "items",
                shipments.of(order.id()).stream().map(sent -> view(sent, told)).toList());
    }

    /** All that had not left yet leaves; the same key is the same shipment. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> enter(
            @PathVariable String id,
            @RequestBody NewShipment body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
        OrderView order = own(id);
        shipments.enter(
                order.id(),
                new Shipment(
                        Inputs.text("Idempotency-Key", key, 64),
                        body.at() == null ? clock.instant() : body.at(),
                        List.of(),
                        textOrNull("carrier", body.carrier()),
                        textOrNull("tracking", body.tracking()),
                        link(body.link())));
        return list(id);
    }

    private static Map<String, Object> view(Shipments.Sent sent, List<ChannelErrands.Errand> told) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", sent.id());
        view.put("source", sent.source());
        view.put("at", sent.shipment().at());
        view.put("carrier", sent.shipment().carrier());
        view.put("tracking", sent.shipment().tracking());
        view.put("link", sent.shipment().link());
        view.put("lines", sent.shipment().lines());
        view.put(
                "told",
                told.stream()
                        .filter(errand -> errand.key().equals(sent.id().toString()))
                        .toList());
        return view;
    }

    private OrderView own(String id) {
        UUID orderId = Inputs.uuid("id", id);
        return orders.find(orderId)
                .filter(order -> order.brand().equals(Callers.current().brand()))
                .orElseThrow(() -> new NotFound("id", id));
    }

    private static @Nullable String textOrNull(String field, @Nullable String value) {
        return value == null || value.isBlank() ? null : Inputs.text(field, value, 100);
    }

    /** Buyers are sent there: nothing but a web page. */
    private static @Nullable URI link(@Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        String text = Inputs.text("link", value, 500);
        try {
            URI link = new URI(text);
            String scheme = link.getScheme() == null ? "" : link.getScheme().toLowerCase(Locale.ROOT);
            if (List.of("http", "https").contains(scheme) && link.getHost() != null) {
                return link;
            }
        } catch (java.net.URISyntaxException e) {
            throw notAPage(text, e);
        }
        throw notAPage(text, null);
    }

    private static IllegalArgumentException notAPage(String text, @Nullable Exception cause) {
        return new IllegalArgumentException("link: " + text + " (expected: an http or https address)", cause);
    }
}
