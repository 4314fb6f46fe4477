package dev.weir.bench.fire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is on sale, and through which channels? The same in every run. */
final class Wares {
    /** Held alone, never with another: its history is checked for linearizability. */
    static final String SOLO = "solo";

    /** SKUs that are held with others. */
    static final List<String> SHARED = List.of("a", "b", "c", "d");

    /** A bundle, whose composition changes while it is sold. */
    static final String SET = "set";

    /** Both compositions: the second has all that the first has, and more. */
    static final List<List<Line>> RECIPES = List.of(
            List.of(new Line("a", 1), new Line("b", 1)), List.of(new Line("a", 1), new Line("b", 1), new Line("c", 1)));

    /** Sells from the number that it was told, and never more: it must never be short. */
    static final String HONEST = "tiktok-shop";

    /** Sells what it likes: beyond its number it may be short. */
    static final String GREEDY = "meta";

    /** Has no units of its own. */
    static final String WEB = "web";

    /** How the cause of what came back of a hold begins; the hold's id follows. */
    static final String REFUND = WEB + "/refund-";

    private Wares() {}

    /** Channels with units of their own, and of which SKU. */
    record Own(String channel, String sku) {}

    /** All that have units of their own. */
    static List<Own> allocated() {
        return List.of(new Own(HONEST, "a"), new Own(HONEST, "b"), new Own(GREEDY, "a"));
    }

    /** SKUs that have stock. */
    static List<String> skus() {
        List<String> all = new ArrayList<>(SHARED);
        all.add(SOLO);
        return all;
    }

    /** Units per SKU of stock that {@code lines} take under that recipe. */
    static Map<String, Integer> units(List<Line> lines, List<Line> recipe) {
        Map<String, Integer> units = new TreeMap<>();
        for (Line line : lines) {
            if (line.sku().equals(SET)) {
                recipe.forEach(part -> units.merge(part.sku(), part.units() * line.units(), Integer::sum));
            } else {
                units.merge(line.sku(), line.units(), Integer::sum);
            }
        }
        return units;
    }

    /** Units that {@code lines} take whichever recipe was followed. */
    static Map<String, Integer> least(List<Line> lines) {
        return units(lines, RECIPES.getFirst());
    }

    /** Whether {@code lines} may have taken exactly {@code units}. */
    static boolean explains(List<Line> lines, Map<String, Integer> units) {
        return RECIPES.stream().anyMatch(recipe -> units(lines, recipe).equals(units));
    }
}
