package dev.weir.instagram.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Money;
import dev.weir.connectors.PriceWrite;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockWrite.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How is the price that Meta shows set? As amount, blank and ISO code in one text, such as {@code 19.99 USD}. */
public final class InstagramPrices implements PriceWrite {
    private final ItemUpdates updates;

    /** The prices of one catalogue. */
    public InstagramPrices(CatalogueBatch batches, ProductReads reads) {
        updates = new ItemUpdates(batches, reads);
    }

    @Override
    public int batchSize() {
        return CatalogueBatch.MOST;
    }

    @Override
    public List<Outcome> write(List<Target> prices) {
        Map<Sku, Money> wanted = new LinkedHashMap<>();
        prices.forEach(target -> wanted.put(target.listing().sku(), target.price()));
        Map<Sku, ObjectNode> items = new LinkedHashMap<>();
        wanted.forEach((sku, price) -> items.put(
                sku, GraphClient.JSON.createObjectNode().put("id", sku.value()).put("price", text(price))));
        return updates.send(
                items, (product, item) -> shows(product, item.path("price").asText()));
    }

    private static String text(Money price) {
        return price.amount() + " " + price.currency().getCurrencyCode();
    }

    static boolean shows(JsonNode product, String wanted) {
        try {
            Money shown = ShownPrice.parse(
                    product.path("price").asText(), product.path("currency").asText());
            return text(shown).equals(wanted);
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }
}
