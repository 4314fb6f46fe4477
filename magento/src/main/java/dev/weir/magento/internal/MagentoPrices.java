package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.PriceWrite;
import dev.weir.connectors.StockWrite.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How is a base price set? By the route for prices alone, which skips the product's save: written for all store views, or for the
 * website of the connection where prices are of a website. What the shop refuses stands in a list inside its success.
 */
public final class MagentoPrices implements PriceWrite {
    private static final int BATCH = 100;
    private static final int OPERATION = 20;
    private static final String ROUTE = "/products/base-prices";

    private final MagentoClient client;

    /** The prices of one shop. */
    public MagentoPrices(MagentoClient client) {
        this.client = client.store("all");
    }

    @Override
    public int batchSize() {
        return BATCH;
    }

    @Override
    public List<Outcome> write(List<Target> prices) {
        MagentoShop shop = MagentoShop.of(client);
        List<Outcome> outcomes = new ArrayList<>();
        List<Target> good = new ArrayList<>();
        for (Target target : prices) {
            String currency = target.price().currency().getCurrencyCode();
            if (currency.equals(shop.currency())) {
                good.add(target);
            } else {
                String wrong = "price in " + currency + ", the shop's are in " + shop.currency();
                outcomes.add(Units.refused(target.listing().sku(), Fault.REJECTED, wrong));
            }
        }
        outcomes.addAll(client.memory().alone(() -> write(good, shop)));
        return outcomes;
    }

    private List<Outcome> write(List<Target> prices, MagentoShop shop) {
        boolean queued = prices.size() > OPERATION
                && client.connection().setting("bulkWrites", "off").equals("on");
        if (queued) {
            return writeQueued(prices, shop);
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (int from = 0; from < prices.size(); from += BATCH) {
            outcomes.addAll(save(prices.subList(from, Math.min(from + BATCH, prices.size())), shop));
        }
        return outcomes;
    }

    private List<Outcome> writeQueued(List<Target> prices, MagentoShop shop) {
        List<List<Target>> batches = new ArrayList<>();
        List<JsonNode> bodies = new ArrayList<>();
        for (int from = 0; from < prices.size(); from += OPERATION) {
            List<Target> batch = prices.subList(from, Math.min(from + OPERATION, prices.size()));
            batches.add(batch);
            bodies.add(body(batch, shop));
        }
        List<Bulk.Done> done = new Bulk(client).run("basePricesQueue", ROUTE, bodies);
        List<Outcome> outcomes = new ArrayList<>();
        for (int at = 0; at < batches.size(); at++) {
            ChannelException fault = done.get(at).fault();
            if (fault == null) {
                outcomes.addAll(outcomes(batches.get(at), done.get(at).result(), shop));
            } else {
                batches.get(at)
                        .forEach(target ->
                                outcomes.add(new Outcome(target.listing().sku(), fault)));
            }
        }
        return outcomes;
    }

    private List<Outcome> save(List<Target> prices, MagentoShop shop) {
        return outcomes(prices, client.repeatable("basePrices", ROUTE, body(prices, shop)), shop);
    }

    /** A row that no SKU can be read from makes every row doubtful: then each is sent alone. */
    private List<Outcome> outcomes(List<Target> prices, JsonNode errors, MagentoShop shop) {
        List<Outcome> outcomes = new ArrayList<>();
        int told = 0;
        for (Target target : prices) {
            String refusal = refusal(target, errors, prices.size() == 1);
            told += refusal == null ? 0 : 1;
            outcomes.add(
                    refusal == null
                            ? new Outcome(target.listing().sku(), null)
                            : Units.refused(target.listing().sku(), Fault.REJECTED, refusal));
        }
        if (told >= errors.size() || prices.size() == 1) {
            return outcomes;
        }
        List<Outcome> alone = new ArrayList<>();
        prices.forEach(target -> alone.addAll(save(List.of(target), shop)));
        return alone;
    }

    private static @Nullable String refusal(Target target, JsonNode errors, boolean only) {
        String sku = target.listing().sku().value().toLowerCase(Locale.ROOT);
        for (JsonNode error : errors) {
            for (JsonNode parameter : error.path("parameters")) {
                if (only || parameter.asText().toLowerCase(Locale.ROOT).equals(sku)) {
                    return MagentoFaults.render(error.path("message").asText(), error.path("parameters"));
                }
            }
        }
        return only && !errors.isEmpty() ? errors.path(0).path("message").asText() : null;
    }

    /** Store 0 is all of them; where prices are of a website, any store view of it stands for it. */
    private JsonNode body(List<Target> prices, MagentoShop shop) {
        boolean ofWebsite = client.connection().setting("priceScope", "global").equals("website");
        ArrayNode rows = MagentoClient.JSON.createArrayNode();
        for (Target target : prices) {
            rows.addObject()
                    .put("price", target.price().decimal())
                    .put("store_id", ofWebsite ? shop.id() : 0)
                    .put("sku", target.listing().sku().value());
        }
        return MagentoClient.object().set("prices", rows);
    }
}
