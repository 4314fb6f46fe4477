package dev.weir.hub.internal.demo;

import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.connectors.sandbox.SandboxProduct;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** What does the demo brand sell? 24 pieces of stoneware and linen: 8 kinds in 3 glazes. */
final class DemoProducts {
    private static final List<Glaze> GLAZES =
            List.of(new Glaze("SAGE", "Sage"), new Glaze("CLAY", "Clay"), new Glaze("INK", "Ink"));
    private static final List<Kind> KINDS = List.of(
            new Kind("MUG", "Breakfast mug", "18.00", 40),
            new Kind("BOWL", "Ramen bowl", "24.50", 30),
            new Kind("VASE", "Bud vase", "32.00", 25),
            new Kind("PLATE", "Dinner plate", "21.90", 60),
            new Kind("POT", "Teapot", "54.00", 15),
            new Kind("JUG", "Milk jug", "27.00", 20),
            new Kind("TRAY", "Serving tray", "45.00", 12),
            new Kind("LAMP", "Table lamp", "119.00", 10));

    private DemoProducts() {}

    private record Glaze(String code, String name) {}

    private record Kind(String code, String name, String price, int onHand) {}

    /** Every product, its picture below {@code baseUrl}, with {@code times} its usual units. */
    static List<SandboxProduct> all(URI baseUrl, int times) {
        List<SandboxProduct> products = new ArrayList<>();
        for (Kind kind : KINDS) {
            for (Glaze glaze : GLAZES) {
                String sku = kind.code() + "-" + glaze.code();
                products.add(new SandboxProduct(
                        new Sku(sku),
                        kind.name() + ", " + glaze.name(),
                        Money.of(kind.price(), "EUR"),
                        URI.create(baseUrl + "/pictures/" + sku + ".png"),
                        times * kind.onHand()));
            }
        }
        return products;
    }

    /** The run sheet's order: one of each kind first. */
    static List<Sku> runSheet() {
        List<Sku> skus = new ArrayList<>();
        for (Glaze glaze : GLAZES) {
            KINDS.forEach(kind -> skus.add(new Sku(kind.code() + "-" + glaze.code())));
        }
        return skus;
    }
}
