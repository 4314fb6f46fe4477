package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockWrite.Outcome;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How are units counted by MSI? Salable is what the sources of the website's stock hold, by an index, and what placed orders reserve.
 * Only a source can be written, so a level is written as the quantity of our source that makes it salable; otherwise open orders would
 * be taken off twice (sheet, section 6.4).
 */
final class SourceUnits implements Units {
    /** As many filters as an address of 8 KiB holds, and the number that shops with input limits take by default. */
    static final int BATCH = 20;

    private final MagentoClient client;
    private final SourceIndex index;

    SourceUnits(MagentoClient client) {
        this.client = client;
        this.index = new SourceIndex(client);
    }

    @Override
    public Map<String, BigDecimal> salable(List<String> skus) {
        return index.salable(skus);
    }

    @Override
    public List<Outcome> set(Map<Sku, Integer> wanted) {
        List<Outcome> outcomes = new ArrayList<>();
        List<Map<Sku, ObjectNode>> batches = new ArrayList<>();
        List<Sku> skus = List.copyOf(wanted.keySet());
        boolean queued = skus.size() > BATCH
                && client.connection().setting("bulkWrites", "off").equals("on");
        for (int from = 0; from < skus.size(); from += BATCH) {
            Map<Sku, ObjectNode> rows = new LinkedHashMap<>();
            plan(wanted, skus.subList(from, Math.min(from + BATCH, skus.size())), rows, outcomes);
            if (queued) {
                batches.add(rows);
            } else {
                outcomes.addAll(save(rows));
            }
        }
        outcomes.addAll(
                saveQueued(batches.stream().filter(rows -> !rows.isEmpty()).toList()));
        return outcomes;
    }

    /** Which source items make {@code skus} salable to the number wanted? What cannot be is an outcome at once. */
    private void plan(Map<Sku, Integer> wanted, List<Sku> skus, Map<Sku, ObjectNode> rows, List<Outcome> outcomes) {
        List<String> names = skus.stream().map(Sku::value).toList();
        SourceIndex.View view = index.view(names, source());
        Set<String> known = known(names, view.counted());
        for (Sku sku : skus) {
            int level = wanted.getOrDefault(sku, 0);
            BigDecimal quantity = BigDecimal.valueOf(level).subtract(view.besides(sku.value()));
            if (!known.contains(sku.value().toLowerCase(Locale.ROOT))) {
                outcomes.add(Units.refused(sku, Fault.NOT_FOUND, "the shop has no such product"));
            } else if (quantity.signum() < 0) {
                outcomes.add(Units.refused(sku, Fault.REJECTED, "other sources hold more than " + level));
            } else {
                rows.put(sku, row(sku, quantity));
            }
        }
    }

    /** Magento refuses all rows because of one: then each is written alone. */
    private List<Outcome> save(Map<Sku, ObjectNode> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        try {
            remember(rows);
            client.repeatable("sourceItemsSave", "/inventory/source-items", list(rows));
            return rows.keySet().stream().map(sku -> new Outcome(sku, null)).toList();
        } catch (ChannelException e) {
            if (e.fault() != Fault.REJECTED) {
                throw e;
            }
            Sku first = rows.keySet().iterator().next();
            return rows.size() == 1 ? List.of(new Outcome(first, e)) : eachAlone(rows);
        }
    }

    private List<Outcome> eachAlone(Map<Sku, ObjectNode> rows) {
        List<Outcome> outcomes = new ArrayList<>();
        rows.forEach((sku, row) -> outcomes.addAll(save(Map.of(sku, row))));
        return outcomes;
    }

    /** One operation a batch; those that the shop refused are written row by row, so that one row does not hold up the others. */
    private List<Outcome> saveQueued(List<Map<Sku, ObjectNode>> batches) {
        if (batches.isEmpty()) {
            return List.of();
        }
        batches.forEach(this::remember);
        List<JsonNode> bodies = batches.stream().map(SourceUnits::list).toList();
        List<Bulk.Done> done = new Bulk(client).run("sourceItemsQueue", "/inventory/source-items", bodies);
        List<Outcome> outcomes = new ArrayList<>();
        for (int at = 0; at < batches.size(); at++) {
            ChannelException fault = done.get(at).fault();
            if (fault != null && fault.fault() == Fault.REJECTED) {
                outcomes.addAll(eachAlone(batches.get(at)));
            } else {
                batches.get(at).keySet().forEach(sku -> outcomes.add(new Outcome(sku, fault)));
            }
        }
        return outcomes;
    }

    private void remember(Map<Sku, ObjectNode> rows) {
        client.memory().wrote(rows.keySet().stream().map(Sku::value).toList());
    }

    private static JsonNode list(Map<Sku, ObjectNode> rows) {
        ArrayNode list = MagentoClient.JSON.createArrayNode();
        rows.values().forEach(list::add);
        return MagentoClient.object().set("sourceItems", list);
    }

    /** The status is not derived from the quantity by the shop: both are sent. */
    private ObjectNode row(Sku sku, BigDecimal quantity) {
        return MagentoClient.object()
                .put("sku", sku.value())
                .put("source_code", source())
                .put("quantity", quantity)
                .put("status", quantity.signum() > 0 ? 1 : 0);
    }

    /** Source items are accepted for SKUs that do not exist, so those absent from the stock are looked up first. */
    private Set<String> known(List<String> skus, Set<String> counted) {
        Set<String> known = new HashSet<>();
        counted.forEach(sku -> known.add(sku.toLowerCase(Locale.ROOT)));
        List<String> absent = skus.stream()
                .filter(sku -> !known.contains(sku.toLowerCase(Locale.ROOT)))
                .toList();
        if (!absent.isEmpty()) {
            client.get("products", "/products", SourceIndex.bySku(absent))
                    .path("items")
                    .forEach(item -> known.add(item.path("sku").asText().toLowerCase(Locale.ROOT)));
        }
        return known;
    }

    private String source() {
        return client.connection().setting("sourceCode", "default");
    }

    /** Text of MySQL: equal whatever the case. */
    static Map<String, BigDecimal> caseless() {
        return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    }
}
