package dev.weir.routes.internal;

import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import dev.weir.live.RunSheet;
import dev.weir.live.Show;
import dev.weir.live.ShowEvents;
import dev.weir.live.Shows;
import dev.weir.routes.StockListener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Who watches a show that sells the SKU? Tells {@code stock} to the shows that have listeners and the SKU on the sheet. */
public record ShowStock(Shows shows, RunSheet runSheet, ShowEvents events) implements StockListener {
    private static final int SHOWS = 50;

    @Override
    public void served(UUID showId, Sku sku, long place) {
        events.publish(showId, new ShowEvents.Event("waitlist", Map.of("sku", sku.value(), "place", place), false));
    }

    @Override
    public void changed(String brand, StockLevel level) {
        changed(brand, level, new Terms(0, null, false));
    }

    @Override
    public void changed(String brand, StockLevel level, Terms terms) {
        if (!events.hasListeners()) {
            return;
        }
        ShowEvents.Event event = new ShowEvents.Event("stock", view(level, terms), false);
        for (Show show : shows.list(brand, SHOWS)) {
            if (show.state() != Show.State.ENDED
                    && events.listeners(show.id()) > 0
                    && runSheet.item(show.id(), level.sku()).isPresent()) {
                events.publish(show.id(), event);
            }
        }
    }

    private static Map<String, Object> view(StockLevel level, Terms terms) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("sku", level.sku().value());
        view.put("available", level.available());
        view.put("preOrder", terms.preOrder());
        view.put(
                "shipsFrom",
                terms.shipsFrom() == null ? null : terms.shipsFrom().toString());
        view.put("line", terms.line());
        view.put("version", level.version());
        return view;
    }
}
