package dev.weir.pim.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import dev.weir.connectors.StockRead;
import dev.weir.connectors.StockWrite;
import dev.weir.connectors.http.Lane;
import dev.weir.connectors.mapping.Canonical;
import dev.weir.connectors.mapping.Mappings;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How many units does the product system show, and how is that set? One PUT a SKU, which may be sent again. */
public final class PimStock implements StockRead, StockWrite {
    private static final int BATCH = 50;

    private final PimClient client;
    private final Connection connection;
    private final Mappings mappings;
    private final URI address;

    /** The stock of one connection. */
    public PimStock(PimClient client, Connection connection, Mappings mappings) {
        this.client = client;
        this.connection = connection;
        this.mappings = mappings;
        this.address = client.address("stockUrl");
    }

    @Override
    public Map<Sku, Integer> read(List<Listing> listings) {
        Set<Sku> wanted = listings.stream().map(Listing::sku).collect(Collectors.toSet());
        Map<Sku, Integer> levels = new LinkedHashMap<>();
        new Pages(client, connection, "stock", Lane.STOCK).walk(address, page -> {
            for (JsonNode item : page.items()) {
                StockLevel level = Canonical.stockLevel(
                        mappings.apply(connection, connection.setting("stockMap", "stock-level"), item));
                if (wanted.contains(level.sku())) {
                    levels.put(level.sku(), level.available());
                }
            }
        });
        return levels;
    }

    @Override
    public int batchSize() {
        return BATCH;
    }

    @Override
    public List<Outcome> write(List<Target> levels) {
        List<Outcome> outcomes = new ArrayList<>(levels.size());
        for (Target target : levels) {
            outcomes.add(new Outcome(target.level().sku(), set(target)));
        }
        return outcomes;
    }

    /** What concerns one SKU is its outcome; what would befall every other one too ends the batch. */
    private @Nullable ChannelException set(Target target) {
        try {
            client.send("stockPut", "PUT", of(target.level().sku()), Map.of(), body(target), true, Lane.STOCK);
            return null;
        } catch (ChannelException e) {
            return switch (e.fault()) {
                case REJECTED, NOT_FOUND, CONFLICT -> e;
                case TRANSIENT, THROTTLED, OUTCOME_UNKNOWN, UNAUTHORISED, UNSUPPORTED -> throw e;
            };
        }
    }

    private JsonNode body(Target target) {
        JsonNode input = PimClient.JSON
                .createObjectNode()
                .put("sku", target.level().sku().value())
                .put("externalId", target.listing().externalId())
                .put("available", target.level().available())
                .put("version", target.level().version());
        return mappings.apply(connection, connection.setting("stockOutMap", "push-stock"), input);
    }

    private URI of(Sku sku) {
        if (address.getRawQuery() != null) {
            throw new ChannelException(
                    Fault.UNAUTHORISED, "stockUrl: with a query (expected: an address that /{sku} can be added to)");
        }
        String base = address.toString();
        return URI.create((base.endsWith("/") ? base : base + "/") + PimClient.encode(sku.value()));
    }
}
