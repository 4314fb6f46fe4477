package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockRead;
import dev.weir.connectors.StockWrite;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many units may the shop sell? The number is the salable quantity of the website's stock, which is what its sources
 * hold less what placed orders reserve; only a source can be written. So a level is written as the source quantity that
 * makes it salable: level + source − salable. Otherwise open orders would be taken off twice.
 *
 * <p>Magento compares nothing: writes of one connection take turns.
 */
public final class MagentoStock implements StockRead, StockWrite {
    /** As many filters as an address of 8 KiB holds, and the number that shops with input limits take by default. */
    private static final int BATCH = 20;

    private final MagentoClient client;
    private final Connection connection;
    private final ReentrantLock turn;

    /** The stock of one website; {@code turn} is shared by all that writes to it. */
    public MagentoStock(MagentoClient client, Connection connection, ReentrantLock turn) {
        this.client = client;
        this.connection = connection;
        this.turn = turn;
    }

    @Override
    public int batchSize() {
        return BATCH;
    }

    @Override
    public Map<Sku, Integer> read(List<Listing> listings) {
        Map<Sku, Integer> units = new LinkedHashMap<>();
        List<String> skus =
                listings.stream().map(listing -> listing.sku().value()).toList();
        salable(skus.isEmpty() ? List.of("-") : skus)
                .forEach((sku, quantity) -> units.put(new Sku(sku), whole(quantity)));
        return units;
    }

    @Override
    public List<Outcome> write(List<Target> levels) {
        Map<Sku, Integer> wanted = new LinkedHashMap<>();
        levels.forEach(target -> wanted.put(target.level().sku(), target.level().available()));
        List<Outcome> outcomes = new ArrayList<>();
        List<Sku> skus = List.copyOf(wanted.keySet());
        for (int from = 0; from < skus.size(); from += BATCH) {
            Map<Sku, Integer> batch = new LinkedHashMap<>();
            skus.subList(from, Math.min(from + BATCH, skus.size())).forEach(sku -> batch.put(sku, wanted.get(sku)));
            outcomes.addAll(set(batch));
        }
        return outcomes;
    }

    /** Makes each of at most 20 SKUs salable to exactly that number. */
    private List<Outcome> set(Map<Sku, Integer> wanted) {
        turn.lock();
        try {
            List<String> skus = wanted.keySet().stream().map(Sku::value).toList();
            Map<String, BigDecimal> salable = salable(skus);
            Set<String> known = known(skus, salable.keySet());
            Map<String, BigDecimal> held = sources(skus);
            Map<Sku, ObjectNode> rows = new LinkedHashMap<>();
            List<Outcome> outcomes = new ArrayList<>();
            wanted.forEach((sku, level) -> {
                BigDecimal quantity = BigDecimal.valueOf(level)
                        .add(held.getOrDefault(sku.value(), BigDecimal.ZERO))
                        .subtract(salable.getOrDefault(sku.value(), BigDecimal.ZERO));
                if (!known.contains(sku.value())) {
                    outcomes.add(refused(sku, Fault.NOT_FOUND, "the shop has no such product"));
                } else if (quantity.signum() < 0) {
                    outcomes.add(refused(sku, Fault.REJECTED, "other sources hold more than " + level));
                } else {
                    rows.put(sku, row(sku, quantity));
                }
            });
            outcomes.addAll(save(rows));
            return outcomes;
        } finally {
            turn.unlock();
        }
    }

    /** Magento refuses all rows because of one: then each is written alone. */
    private List<Outcome> save(Map<Sku, ObjectNode> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        try {
            post(List.copyOf(rows.values()));
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

    private void post(List<ObjectNode> rows) {
        ArrayNode list = MagentoClient.JSON.createArrayNode();
        rows.forEach(list::add);
        client.repeatable(
                "sourceItemsSave",
                "/inventory/source-items",
                MagentoClient.object().set("sourceItems", list));
    }

    private ObjectNode row(Sku sku, BigDecimal quantity) {
        return MagentoClient.object()
                .put("sku", sku.value())
                .put("source_code", source())
                .put("quantity", quantity)
                .put("status", quantity.signum() > 0 ? 1 : 0);
    }

    /** Salable quantities by SKU; negative where more is reserved than there is. Unknown and unassigned are left out. */
    Map<String, BigDecimal> salable(List<String> skus) {
        String path = "/inventory/export-stock-salable-qty/website/"
                + Search.encode(connection.setting("websiteCode", "base"));
        Map<String, BigDecimal> quantities = new LinkedHashMap<>();
        for (int from = 0; from < skus.size(); from += BATCH) {
            List<String> batch = skus.subList(from, Math.min(from + BATCH, skus.size()));
            for (JsonNode item : client.get("salableExport", path, bySku(batch)).path("items")) {
                quantities.put(item.path("sku").asText(), item.path("qty").decimalValue());
            }
        }
        return quantities;
    }

    /** Source items are accepted for SKUs that do not exist, so those absent from the stock are looked up first. */
    private Set<String> known(List<String> skus, Set<String> inStock) {
        Set<String> known = new HashSet<>(inStock);
        List<String> absent =
                skus.stream().filter(sku -> !inStock.contains(sku)).toList();
        if (!absent.isEmpty()) {
            client.get("products", "/products", bySku(absent))
                    .path("items")
                    .forEach(item -> known.add(item.path("sku").asText()));
        }
        return known;
    }

    /** What our source adds to the salable quantity now; a source item out of stock adds nothing, whatever it holds. */
    private Map<String, BigDecimal> sources(List<String> skus) {
        Search search = bySku(skus).where("source_code", "eq", source());
        Map<String, BigDecimal> held = new HashMap<>();
        for (JsonNode item :
                client.get("sourceItems", "/inventory/source-items", search).path("items")) {
            if (item.path("status").asInt() == 1) {
                held.put(item.path("sku").asText(), item.path("quantity").decimalValue());
            }
        }
        return held;
    }

    private static Search bySku(List<String> skus) {
        return new Search().whereAny("sku", skus).ascending("sku").page(100, 1);
    }

    private String source() {
        return connection.setting("sourceCode", "default");
    }

    private static Outcome refused(Sku sku, Fault fault, String why) {
        return new Outcome(sku, new ChannelException(fault, "sku: " + sku + " (" + why + ")"));
    }

    /** Whole units that can be sold: rounded down, never negative. */
    static int whole(BigDecimal quantity) {
        return Math.max(
                0,
                quantity.setScale(0, RoundingMode.FLOOR)
                        .min(BigDecimal.valueOf(Integer.MAX_VALUE))
                        .intValueExact());
    }
}
