package dev.weir.hub.internal.web;

import dev.weir.live.Shows;
import dev.weir.orders.OrderBook;
import dev.weir.orders.OrderView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Orders from everywhere, in one list. */
@RestController
@RequestMapping("/api/orders")
class OrderApi {
    private final OrderBook orders;
    private final Shows shows;

    OrderApi(OrderBook orders, Shows shows) {
        this.orders = orders;
        this.shows = shows;
    }

    @GetMapping
    Map<String, Object> list(
            @RequestParam(required = false) @Nullable String show,
            @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        UUID showId =
                show == null || show.isBlank() ? null : Callers.own(shows, show).id();
        OrderBook.Page page = orders.list(
                Callers.current().brand(),
                showId,
                blankIsNull(channel),
                state(state),
                blankIsNull(cursor),
                Inputs.range("limit", limit, 1, 200));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("items", page.items());
        view.put("nextCursor", page.next());
        return view;
    }

    @GetMapping("/{id}")
    OrderView find(@PathVariable String id) {
        return orders.find(Inputs.uuid("id", id))
                .filter(order -> order.brand().equals(Callers.current().brand()))
                .orElseThrow(() -> new NotFound("id", id));
    }

    private static @Nullable String state(@Nullable String state) {
        if (state == null || state.isBlank()) {
            return null;
        }
        try {
            return OrderView.State.valueOf(state).name();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "state: " + state + " (expected: one of " + java.util.Arrays.toString(OrderView.State.values())
                            + ")",
                    e);
        }
    }

    private static @Nullable String blankIsNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
