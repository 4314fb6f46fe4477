package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Money;
import dev.weir.connectors.PriceWrite;
import dev.weir.connectors.StockWrite.Outcome;
import dev.weir.connectors.http.Lane;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How are prices set? Absolute, one call per product, so a repeat does no harm. A price that a promotion locks comes back as
 * {@link Fault#CONFLICT}: it can be set once the promotion is over.
 */
public final class TikTokPrices implements PriceWrite {
    private static final int BATCH = 100;

    private final TikTokClient client;

    /** The prices of one shop. */
    public TikTokPrices(TikTokClient client) {
        this.client = client;
    }

    @Override
    public int batchSize() {
        return BATCH;
    }

    @Override
    public List<Outcome> write(List<Target> prices) {
        if (prices.size() > BATCH) {
            throw new IllegalArgumentException("prices: " + prices.size() + " (expected: at most " + BATCH + ")");
        }
        Map<String, Map<String, Target>> products = new LinkedHashMap<>();
        List<Outcome> outcomes = new ArrayList<>();
        for (Target target : prices) {
            StockRef ref = StockRef.of(target.listing());
            if (ref == null) {
                outcomes.add(new Outcome(target.listing().sku(), StockRef.missing(target.listing())));
            } else if (!target.price()
                    .currency()
                    .equals(target.listing().price().currency())) {
                outcomes.add(new Outcome(target.listing().sku(), foreign(target)));
            } else {
                products.computeIfAbsent(ref.product(), product -> new LinkedHashMap<>())
                        .put(ref.sku(), target);
            }
        }
        products.forEach((product, skus) -> outcomes.addAll(writeProduct(product, skus)));
        return outcomes;
    }

    private List<Outcome> writeProduct(String product, Map<String, Target> skus) {
        ObjectNode body = TikTokClient.JSON.createObjectNode();
        ArrayNode rows = body.putArray("skus");
        skus.forEach((id, target) -> put(rows.addObject().put("id", id), target.price()));
        List<Outcome> outcomes = new ArrayList<>();
        try {
            Map<String, ChannelException> refusals = Refusals.of(
                    "PriceUpdate",
                    client.send(TikTokCall.post(
                            Lane.STOCK,
                            "PriceUpdate",
                            "/product/202309/products/" + product + "/prices/update",
                            body)));
            skus.forEach(
                    (id, target) -> outcomes.add(new Outcome(target.listing().sku(), refusals.get(id))));
        } catch (ChannelException e) {
            if (e.fault() != Fault.NOT_FOUND && e.fault() != Fault.REJECTED && e.fault() != Fault.CONFLICT) {
                throw e;
            }
            skus.values()
                    .forEach(target -> outcomes.add(new Outcome(target.listing().sku(), e)));
        }
        return outcomes;
    }

    /** A shop sells in one currency; refused here, because there it would take the other prices of its product along. */
    private static ChannelException foreign(Target target) {
        return new ChannelException(
                Fault.REJECTED,
                "price: " + target.price() + " for sku " + target.listing().sku() + " (expected: "
                        + target.listing().price().currency() + ")");
    }

    static void put(ObjectNode sku, Money price) {
        sku.putObject("price")
                .put("amount", price.amount())
                .put("currency", price.currency().getCurrencyCode());
    }
}
