package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What does the stock of the website say now? The salable quantity counts reservations at once, but source items only once the index
 * was rebuilt, which takes a minute and more where the shop indexes by schedule (sheet, section 6.6). So for SKUs that the hub wrote
 * lately, reservations are told apart by the index itself, and the sources are added up one by one.
 */
final class SourceIndex {
    private static final Duration LINKS_KEPT = Duration.ofMinutes(10);
    private static final int MOST_ITEMS = 1000;

    private final MagentoClient client;

    SourceIndex(MagentoClient client) {
        this.client = client;
    }

    /** Salable quantities by SKU; negative where more is reserved than there is. Unknown and unassigned are left out. */
    Map<String, BigDecimal> salable(List<String> skus) {
        Map<String, BigDecimal> quantities = SourceUnits.caseless();
        for (int from = 0; from < skus.size(); from += SourceUnits.BATCH) {
            List<String> batch = skus.subList(from, Math.min(from + SourceUnits.BATCH, skus.size()));
            for (JsonNode item : client.get("salableExport", path("export-stock-salable-qty"), bySku(batch))
                    .path("items")) {
                quantities.put(item.path("sku").asText(), item.path("qty").decimalValue());
            }
        }
        return quantities;
    }

    /** What of at most 20 {@code skus} is salable without what {@code source} holds. */
    View view(List<String> skus, String source) {
        Map<String, BigDecimal> salable = salable(skus);
        if (!client.memory().unsettled(skus)) {
            Map<String, BigDecimal> besides = SourceUnits.caseless();
            Map<String, BigDecimal> held = held(skus, Set.of(source));
            salable.forEach((sku, units) -> besides.put(sku, units.subtract(held.getOrDefault(sku, BigDecimal.ZERO))));
            return new View(besides, salable.keySet());
        }
        Map<String, BigDecimal> indexed = indexed();
        Map<String, BigDecimal> others = held(skus, others(source));
        Map<String, BigDecimal> besides = SourceUnits.caseless();
        salable.forEach((sku, units) -> {
            BigDecimal index = indexed.get(sku);
            BigDecimal reserved = index == null ? BigDecimal.ZERO : units.subtract(index);
            besides.put(sku, reserved.add(others.getOrDefault(sku, BigDecimal.ZERO)));
        });
        return new View(besides, salable.keySet());
    }

    /** The index without reservations, of what it calls salable; the shop cannot say it for some SKUs alone. */
    private Map<String, BigDecimal> indexed() {
        Map<String, BigDecimal> quantities = SourceUnits.caseless();
        try {
            for (JsonNode row : client.get("stockIndex", path("dump-stock-index-data"))) {
                if (row.path("is_salable").asBoolean()) {
                    quantities.put(row.path("sku").asText(), row.path("qty").decimalValue());
                }
            }
            return quantities;
        } catch (ChannelException e) {
            if (e.fault() != Fault.REJECTED) {
                throw e;
            }
            throw new ChannelException(
                    Fault.TRANSIENT,
                    "stock index: not to be read, and written to less than " + ShopMemory.INDEX_LAG.toSeconds()
                            + " s ago (expected: settled)",
                    ShopMemory.INDEX_LAG,
                    e);
        }
    }

    /** What {@code sources} add to the salable quantity; a source item out of stock adds nothing, whatever it holds. */
    private Map<String, BigDecimal> held(List<String> skus, Set<String> sources) {
        Map<String, BigDecimal> held = SourceUnits.caseless();
        if (sources.isEmpty()) {
            return held;
        }
        Search search = new Search()
                .whereAny("sku", skus)
                .whereAny("source_code", List.copyOf(sources))
                .ascending("source_item_id")
                .page(MOST_ITEMS, 1);
        for (JsonNode item :
                client.get("sourceItems", "/inventory/source-items", search).path("items")) {
            if (item.path("status").asInt() == 1) {
                held.merge(item.path("sku").asText(), item.path("quantity").decimalValue(), BigDecimal::add);
            }
        }
        return held;
    }

    private Set<String> others(String source) {
        Links links = client.memory().keep("stock-links", LINKS_KEPT, Links.class, this::links);
        List<String> others = new ArrayList<>(links.sources);
        others.remove(source);
        return Set.copyOf(others);
    }

    private Links links() {
        JsonNode stock = client.get(
                "stockOfWebsite",
                "/inventory/stock-resolver/website/"
                        + Search.encode(MagentoShop.of(client).website()));
        List<String> sources = new ArrayList<>();
        for (JsonNode source : client.get(
                "sourcesOfStock",
                "/inventory/get-sources-assigned-to-stock-ordered-by-priority/"
                        + stock.path("stock_id").asText())) {
            if (source.path("enabled").asBoolean(true)) {
                sources.add(source.path("source_code").asText());
            }
        }
        return new Links(sources);
    }

    private String path(String route) {
        return "/inventory/" + route + "/website/"
                + Search.encode(MagentoShop.of(client).website());
    }

    static Search bySku(List<String> skus) {
        return new Search().whereAny("sku", skus).ascending("sku").page(100, 1);
    }

    private record Links(List<String> sources) {}

    /** What is salable of each SKU besides our source (reservations count against it), and which SKUs the stock counts. */
    record View(Map<String, BigDecimal> others, Set<String> counted) {
        BigDecimal besides(String sku) {
            return others.getOrDefault(sku, BigDecimal.ZERO);
        }
    }
}
