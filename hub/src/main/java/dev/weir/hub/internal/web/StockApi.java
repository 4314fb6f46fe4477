package dev.weir.hub.internal.web;

import dev.weir.connectors.Sku;
import dev.weir.live.Catalogue;
import dev.weir.reservation.StockLedger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Units by SKU, as the ledger has them. */
@RestController
@RequestMapping("/api/stock")
class StockApi {
    private static final int MOST_FOUND = 100;

    private final StockLedger stock;
    private final Catalogue catalogue;

    StockApi(StockLedger stock, Catalogue catalogue) {
        this.stock = stock;
        this.catalogue = catalogue;
    }

    @GetMapping("/{sku}")
    Map<String, Object> level(@PathVariable String sku) {
        String brand = Callers.current().brand();
        return stock.level(brand, new Sku(sku))
                .map(level -> view(brand, level))
                .orElseThrow(() -> new NotFound("sku", sku));
    }

    @GetMapping
    Map<String, Object> levels(
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(defaultValue = "") String find) {
        String brand = Callers.current().brand();
        if (!find.isBlank()) {
            return found(brand, Inputs.text("find", find, 100), after, Inputs.range("limit", limit, 1, MOST_FOUND));
        }
        List<StockLedger.Level> levels = stock.levels(brand, after, Inputs.range("limit", limit, 1, 500));
        return page(
                brand, levels, levels.size() < limit ? null : levels.getLast().sku());
    }

    /** By the catalogue, which knows titles; a product without stock is left out, and the page may be that much shorter. */
    private Map<String, Object> found(String brand, String words, String after, int limit) {
        List<Catalogue.Product> products = catalogue.search(brand, words, after, limit);
        List<StockLedger.Level> levels = products.stream()
                .flatMap(product -> stock.level(brand, product.sku()).stream())
                .toList();
        return page(
                brand,
                levels,
                products.size() < limit ? null : products.getLast().sku());
    }

    private Map<String, Object> page(String brand, List<StockLedger.Level> levels, @Nullable Sku next) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("items", levels.stream().map(level -> view(brand, level)).toList());
        page.put("nextCursor", next);
        return page;
    }

    private Map<String, Object> view(String brand, StockLedger.Level level) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("sku", level.sku());
        view.put(
                "title",
                catalogue
                        .find(brand, level.sku())
                        .map(Catalogue.Product::title)
                        .orElse(level.sku().value()));
        view.put("onHand", level.onHand());
        view.put("held", level.held());
        view.put("sold", level.sold());
        view.put("available", level.available());
        view.put("preOrder", level.preOrder());
        view.put("shipsFrom", level.shipsFrom());
        view.put("allocations", level.allocations());
        view.put("version", level.version());
        return view;
    }
}
