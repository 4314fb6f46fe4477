package dev.weir.hub.internal;

import dev.weir.connectors.Sku;
import dev.weir.live.RunSheet;
import dev.weir.live.Show;
import dev.weir.live.Shows;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What do the shows sell that are live now? Looks at the {@link #MOST} newest shows. */
record OnAir(Shows shows, RunSheet runSheet) {
    private static final int MOST = 200;

    /** SKUs by brand. */
    Map<String, Set<Sku>> skus() {
        Map<String, Set<Sku>> skus = new HashMap<>();
        for (Show show : shows.list(null, MOST)) {
            if (show.state() == Show.State.LIVE) {
                Set<Sku> ofBrand = skus.computeIfAbsent(show.brand(), _ -> new TreeSet<>());
                runSheet.items(show.id()).forEach(item -> ofBrand.add(item.sku()));
            }
        }
        return skus;
    }
}
