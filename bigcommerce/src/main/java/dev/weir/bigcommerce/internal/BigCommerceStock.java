package dev.weir.bigcommerce.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockRead;
import dev.weir.connectors.StockWrite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many units does the store sell from one location, and how is that set? By absolute adjustments, which may be repeated. The store
 * takes a batch whole or not at all and says in words only which item it minds: a refused batch is halved until each refusal stands
 * alone.
 */
public final class BigCommerceStock implements StockRead, StockWrite {
    /** Of the 2,000 that the store takes: halving a batch of which every item is refused costs twice as many calls less one. */
    private static final int BATCH = 50;

    private static final int ASKED_AT_ONCE = 100;

    private final BigCommerceClient client;
    private final int location;

    /** The stock of one store's location. */
    public BigCommerceStock(BigCommerceClient client) {
        this.client = client;
        this.location = BigCommerceSettings.location(client.connection());
    }

    @Override
    public Map<Sku, Integer> read(List<Listing> listings) {
        Map<StockRef, Sku> wanted = new LinkedHashMap<>();
        listings.forEach(listing -> StockRef.of(listing).ifPresent(ref -> wanted.put(ref, listing.sku())));
        Map<Sku, Integer> levels = new HashMap<>();
        for (String kind : List.of("variant", "product")) {
            List<StockRef> refs = wanted.keySet().stream()
                    .filter(ref -> ref.kind().equals(kind))
                    .toList();
            for (int from = 0; from < refs.size(); from += ASKED_AT_ONCE) {
                read(refs.subList(from, Math.min(refs.size(), from + ASKED_AT_ONCE)), wanted, levels);
            }
        }
        return levels;
    }

    private void read(List<StockRef> refs, Map<StockRef, Sku> wanted, Map<Sku, Integer> levels) {
        StockRef first = refs.getFirst();
        Map<String, String> query = Map.of(
                first.field() + ":in",
                refs.stream().map(ref -> Long.toString(ref.id())).collect(Collectors.joining(",")),
                "limit",
                Integer.toString(ASKED_AT_ONCE));
        JsonNode items = client.get("levels", "/v3/inventory/locations/" + location + "/items", query)
                .path("data");
        for (JsonNode item : items) {
            Sku sku = wanted.get(new StockRef(
                    first.kind(), item.path("identity").path(first.field()).asLong()));
            if (sku != null) {
                levels.put(sku, Math.max(0, item.path("available_to_sell").asInt()));
            }
        }
    }

    @Override
    public int batchSize() {
        return BATCH;
    }

    @Override
    public List<Outcome> write(List<Target> levels) {
        Map<Target, ChannelException> refusals = new HashMap<>();
        List<Target> counted = new ArrayList<>();
        for (Target target : levels) {
            if (StockRef.of(target.listing()).isPresent()) {
                counted.add(target);
            } else {
                refusals.put(target, uncounted(target));
            }
        }
        set(counted, refusals);
        return levels.stream()
                .map(target -> new Outcome(target.level().sku(), refusals.get(target)))
                .toList();
    }

    private static ChannelException uncounted(Target target) {
        return new ChannelException(
                Fault.REJECTED,
                "inventory of " + target.level().sku()
                        + ": not counted by itself (expected: tracked by variant, or by product where it has one variant)");
    }

    private void set(List<Target> targets, Map<Target, ChannelException> refusals) {
        if (targets.isEmpty()) {
            return;
        }
        try {
            client.overwrite("adjustAbsolute", "/v3/inventory/adjustments/absolute", body(targets));
        } catch (ChannelException e) {
            if (e.fault() != Fault.REJECTED) {
                throw e;
            }
            if (targets.size() == 1) {
                refusals.put(targets.getFirst(), e);
                return;
            }
            int half = targets.size() / 2;
            set(targets.subList(0, half), refusals);
            set(targets.subList(half, targets.size()), refusals);
        }
    }

    private ObjectNode body(List<Target> targets) {
        ObjectNode body = BigCommerceClient.object().put("reason", "Weir");
        ArrayNode items = body.putArray("items");
        for (Target target : targets) {
            StockRef ref = StockRef.of(target.listing()).orElseThrow();
            items.addObject()
                    .put("location_id", location)
                    .put(ref.field(), ref.id())
                    .put("quantity", target.level().available());
        }
        return body;
    }
}
