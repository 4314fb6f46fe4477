package dev.weir.instagram.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Money;
import dev.weir.connectors.PriceWrite;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockWrite.Outcome;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        Map<Sku, Target> wanted = new LinkedHashMap<>();
        prices.forEach(target -> wanted.put(target.listing().sku(), target));
        List<Outcome> outcomes = new ArrayList<>();
        Map<Sku, ObjectNode> items = new LinkedHashMap<>();
        wanted.forEach((sku, target) -> {
            ChannelException mistake = mistake(target);
            if (mistake == null) {
                ObjectNode item = GraphClient.JSON.createObjectNode().put("id", sku.value());
                items.put(sku, item.put("price", text(target.price())));
            } else {
                outcomes.add(new Outcome(sku, mistake));
            }
        });
        outcomes.addAll(updates.send(
                items, (product, item) -> shows(product, item.path("price").asText())));
        return outcomes;
    }

    /** Meta would take any currency; the buyer who follows the link would find another one. */
    private static @Nullable ChannelException mistake(Target target) {
        Currency listed = target.listing().price().currency();
        return target.price().currency().equals(listed)
                ? null
                : new ChannelException(
                        Fault.REJECTED,
                        "currency: " + target.price().currency() + " (expected: " + listed + ") for sku "
                                + target.listing().sku());
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
