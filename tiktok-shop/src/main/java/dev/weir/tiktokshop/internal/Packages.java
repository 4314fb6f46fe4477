package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.Shipment;
import dev.weir.connectors.mapping.Canonical;
import dev.weir.connectors.mapping.Mappings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which packages of an order have left? Told by the lines in them, which name package, carrier and number. */
public final class Packages {
    private final Mappings mappings;

    /** Packages as {@code shipments.jslt} reads them. */
    public Packages(Mappings mappings) {
        this.mappings = mappings;
    }

    List<ChannelEvent> shipped(JsonNode order) {
        List<ChannelEvent> shipped = new ArrayList<>();
        for (JsonNode each : mappings.apply("tiktok-shop", "shipments", order)) {
            shipped.add(new ChannelEvent.ShipmentStated(
                    order.path("id").asText(),
                    new Shipment(
                            each.path("externalId").asText(),
                            Instant.ofEpochSecond(each.path("at").asLong()),
                            Canonical.lines(each.path("lines")),
                            text(each, "carrier"),
                            text(each, "tracking"),
                            null)));
        }
        return shipped;
    }

    private static @Nullable String text(JsonNode each, String name) {
        return each.hasNonNull(name) ? each.path(name).asText() : null;
    }
}
