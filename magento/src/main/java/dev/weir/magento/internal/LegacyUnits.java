package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockWrite;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How are units counted where MSI was removed? One stock item a product, from which placing an order takes at once: the number that is
 * there is the number that can be sold, less the threshold of "out of stock". One call a SKU, because the shop has no list.
 */
final class LegacyUnits implements Units {
    private final MagentoClient client;

    LegacyUnits(MagentoClient client) {
        this.client = client;
    }

    @Override
    public Map<String, BigDecimal> salable(List<String> skus) {
        Map<String, BigDecimal> quantities = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String sku : skus) {
            JsonNode item = item(sku);
            if (item != null && counts(item)) {
                quantities.put(sku, item.path("is_in_stock").asBoolean() ? above(item) : BigDecimal.ZERO);
            }
        }
        return quantities;
    }

    @Override
    public List<StockWrite.Outcome> set(Map<Sku, Integer> wanted) {
        List<StockWrite.Outcome> outcomes = new ArrayList<>();
        wanted.forEach((sku, level) -> outcomes.add(set(sku, level)));
        return outcomes;
    }

    private StockWrite.Outcome set(Sku sku, int level) {
        if (sku.value().contains("/")) {
            return Units.refused(sku, Fault.REJECTED, "a shop without MSI takes no slash in a SKU (issue 37278)");
        }
        JsonNode item = item(sku.value());
        if (item == null) {
            return Units.refused(sku, Fault.NOT_FOUND, "the shop has no such product");
        }
        if (!counts(item)) {
            return Units.refused(sku, Fault.REJECTED, "the shop does not manage its stock");
        }
        ObjectNode body = MagentoClient.object();
        body.putObject("stockItem")
                .put("qty", BigDecimal.valueOf(level).add(threshold(item)))
                .put("is_in_stock", level > 0);
        try {
            client.overwrite(
                    "stockItemSave",
                    "/products/" + Search.encode(sku.value()) + "/stockItems/"
                            + item.path("item_id").asText(),
                    body);
            return new StockWrite.Outcome(sku, null);
        } catch (ChannelException e) {
            if (e.fault() != Fault.REJECTED && e.fault() != Fault.NOT_FOUND) {
                throw e;
            }
            return new StockWrite.Outcome(sku, e);
        }
    }

    private @Nullable JsonNode item(String sku) {
        try {
            return client.get("stockItem", "/stockItems/" + Search.encode(sku));
        } catch (ChannelException e) {
            if (e.fault() == Fault.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private static boolean counts(JsonNode item) {
        return item.path("manage_stock").asBoolean(true);
    }

    private static BigDecimal above(JsonNode item) {
        return item.path("qty").decimalValue().subtract(threshold(item));
    }

    private static BigDecimal threshold(JsonNode item) {
        return item.path("min_qty").decimalValue();
    }
}
