package dev.weir.hub.internal.web;

import dev.weir.connectors.Sku;
import dev.weir.live.ChatRoom;
import dev.weir.live.CommentSales;
import dev.weir.live.CommentSales.Rules;
import dev.weir.live.Show;
import dev.weir.live.Shows;
import dev.weir.routes.CommentOrders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is said and asked for under a show's lives elsewhere; for its staff. */
@RestController
@RequestMapping("/api/shows/{id}/cockpit")
class CommentApi {
    private final Shows shows;
    private final ChatRoom chat;
    private final CommentSales sales;
    private final CommentOrders orders;

    CommentApi(Shows shows, ChatRoom chat, CommentSales sales, CommentOrders orders) {
        this.shows = shows;
        this.chat = chat;
        this.sales = sales;
        this.orders = orders;
    }

    /** {@code scope} OFF, PINNED or SHEET; keywords by SKU, blank ones left out. */
    record NewRules(
            @Nullable String scope,
            @Nullable Integer mostUnits,
            @Nullable Map<String, String> keywords) {}

    @GetMapping("/chat")
    Map<String, Object> chat(@PathVariable String id, @RequestParam(defaultValue = "50") int limit) {
        return Map.of("items", chat.recentEverywhere(own(id).id(), Inputs.range("limit", limit, 1, 200)));
    }

    @GetMapping("/comment-orders")
    Map<String, Object> orders(@PathVariable String id, @RequestParam(defaultValue = "50") int limit) {
        return Map.of("items", orders.list(own(id).id(), Inputs.range("limit", limit, 1, 200)));
    }

    /** A post, and never cached: the link carries the hold's secret. */
    @PostMapping("/comment-orders/{orderId}/link")
    ResponseEntity<Object> link(@PathVariable String id, @PathVariable String orderId) {
        return orders.link(own(id).id(), Inputs.uuid("orderId", orderId))
                .map(link -> ResponseEntity.ok()
                        .cacheControl(CacheControl.noStore())
                        .<Object>body(Map.of("link", link.toString())))
                .orElseThrow(() -> new NotFound("orderId", orderId));
    }

    @GetMapping("/comment-sales")
    Map<String, Object> rules(@PathVariable String id) {
        return view(sales.rules(own(id).id()));
    }

    @PutMapping("/comment-sales")
    Map<String, Object> setRules(@PathVariable String id, @RequestBody NewRules body) {
        Show show = own(id);
        Rules present = sales.rules(show.id());
        sales.setRules(
                show.id(),
                new Rules(
                        body.scope() == null ? present.scope() : scope(body.scope()),
                        body.mostUnits() == null ? present.mostUnits() : body.mostUnits(),
                        body.keywords() == null ? present.keywords() : keywords(body.keywords())));
        return view(sales.rules(show.id()));
    }

    private Show own(String id) {
        return Callers.own(shows, id);
    }

    private static Map<Sku, String> keywords(Map<String, String> given) {
        Map<Sku, String> keywords = new LinkedHashMap<>();
        given.forEach((sku, word) -> {
            if (!word.isBlank()) {
                keywords.put(new Sku(sku), word);
            }
        });
        return keywords;
    }

    private static CommentSales.Scope scope(String name) {
        try {
            return CommentSales.Scope.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "scope: %s (expected: one of %s)"
                            .formatted(
                                    name.length() > 40 ? name.substring(0, 40) : name,
                                    List.of(CommentSales.Scope.values())),
                    e);
        }
    }

    private static Map<String, Object> view(Rules rules) {
        Map<String, String> keywords = new java.util.TreeMap<>();
        rules.keywords().forEach((sku, word) -> keywords.put(sku.value(), word));
        return Map.of("scope", rules.scope(), "mostUnits", rules.mostUnits(), "keywords", keywords);
    }
}
