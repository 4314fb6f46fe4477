package dev.weir.hub.internal.web;

import dev.weir.connectors.Sku;
import dev.weir.orders.OrderBook;
import dev.weir.orders.OrderView;
import dev.weir.reservation.Hold;
import dev.weir.reservation.StockHistory;
import dev.weir.reservation.StockLedger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What has happened to a unit: each movement with its cause, and the life of a hold up to the order it became. */
@RestController
class HistoryApi {
    private static final String ORDER = "order/";

    private final StockHistory history;
    private final StockLedger stock;
    private final OrderBook orders;

    HistoryApi(StockHistory history, StockLedger stock, OrderBook orders) {
        this.history = history;
        this.stock = stock;
        this.orders = orders;
    }

    @GetMapping("/api/stock/{sku}/history")
    Map<String, Object> ofSku(
            @PathVariable String sku,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit) {
        String brand = Callers.current().brand();
        Sku code = new Sku(sku);
        if (stock.level(brand, code).isEmpty()) {
            throw new NotFound("sku", sku);
        }
        List<StockHistory.Moved> moved =
                history.ofSku(brand, code, before(cursor), Inputs.range("limit", limit, 1, StockHistory.MOST));
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("sku", code);
        page.put("items", moved);
        page.put(
                "nextCursor",
                moved.size() < limit ? null : String.valueOf(moved.getLast().id()));
        return page;
    }

    @GetMapping("/api/holds/{id}/history")
    Map<String, Object> ofHold(@PathVariable String id) {
        StockHistory.HoldLife life = history.ofHold(Callers.current().brand(), Inputs.uuid("id", id))
                .orElseThrow(() -> new NotFound("id", id));
        Hold hold = life.hold();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", hold.id());
        view.put("state", hold.state());
        view.put("lines", hold.lines());
        view.put("total", hold.total());
        view.put("attribution", hold.attribution());
        view.put("expiresAt", hold.expiresAt());
        view.put("epoch", life.epoch());
        view.put("seq", life.seq());
        view.put("stages", life.stages());
        view.put("movements", life.movements());
        view.put("order", order(life).map(HistoryApi::view).orElse(null));
        return view;
    }

    private Optional<OrderView> order(StockHistory.HoldLife life) {
        return life.movements().stream()
                .map(StockHistory.Moved::cause)
                .filter(cause -> cause.startsWith(ORDER))
                .map(cause -> uuid(cause.substring(ORDER.length())))
                .flatMap(Optional::stream)
                .findFirst()
                .flatMap(orders::find);
    }

    private static Map<String, Object> view(OrderView order) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", order.id());
        view.put("state", order.state());
        view.put("placedAt", order.placedAt());
        view.put("total", order.total());
        view.put("backendOrderId", order.backendOrderId());
        return view;
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            // Causes are words of many writers; one that is no order's id leads to no order.
            return Optional.empty();
        }
    }

    private static long before(@Nullable String cursor) {
        if (cursor == null || cursor.isBlank()) {
            return StockHistory.NEWEST;
        }
        if (!cursor.matches("\\d{1,18}")) {
            String shown = cursor.length() > 80 ? cursor.substring(0, 80) + "…" : cursor;
            throw new IllegalArgumentException("cursor: " + shown + " (expected: nextCursor of the page before)");
        }
        return Long.parseLong(cursor);
    }
}
