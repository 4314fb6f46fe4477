package dev.weir.hub.internal.web;

import dev.weir.connectors.Sku;
import dev.weir.reservation.Bundle;
import dev.weir.reservation.Bundles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** SKUs that are sold as several others. */
@RestController
@RequestMapping("/api/bundles")
class BundleApi {
    private final Bundles bundles;

    BundleApi(Bundles bundles) {
        this.bundles = bundles;
    }

    record Component(@Nullable String sku, @Nullable Integer units) {}

    record Definition(@Nullable List<Component> components) {}

    @GetMapping
    Map<String, Object> list(
            @RequestParam(defaultValue = "") String after, @RequestParam(defaultValue = "100") int limit) {
        List<Bundle> page = bundles.list(Callers.current().brand(), after, Inputs.range("limit", limit, 1, 500));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("items", page.stream().map(BundleApi::view).toList());
        view.put("nextCursor", page.size() < limit ? null : page.getLast().sku());
        return view;
    }

    @GetMapping("/{sku}")
    Map<String, Object> find(@PathVariable String sku) {
        return bundles.find(Callers.current().brand(), new Sku(sku))
                .map(BundleApi::view)
                .orElseThrow(() -> new NotFound("sku", sku));
    }

    @PutMapping("/{sku}")
    Map<String, Object> define(@PathVariable String sku, @RequestBody Definition body) {
        NavigableMap<Sku, Integer> components = new TreeMap<>();
        for (Component component : Inputs.required("components", body.components())) {
            Sku part = new Sku(Inputs.required("components.sku", component.sku()));
            if (components.put(part, Inputs.required("components.units", component.units())) != null) {
                throw new IllegalArgumentException("components: " + part + " twice (expected: each SKU once)");
            }
        }
        Bundle bundle = new Bundle(new Sku(sku), components);
        bundles.define(Callers.current().brand(), bundle);
        return view(bundle);
    }

    @DeleteMapping("/{sku}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void dissolve(@PathVariable String sku) {
        bundles.dissolve(Callers.current().brand(), new Sku(sku));
    }

    private static Map<String, Object> view(Bundle bundle) {
        return Map.of(
                "sku",
                bundle.sku(),
                "components",
                bundle.components().entrySet().stream()
                        .map(part -> new Component(part.getKey().value(), part.getValue()))
                        .toList());
    }
}
