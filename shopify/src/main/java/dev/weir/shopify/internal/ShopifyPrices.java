package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.PriceWrite;
import dev.weir.connectors.StockWrite;
import dev.weir.connectors.http.Lane;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How is a variant's price set? {@code productVariantsBulkUpdate}, one call a product, with partial updates allowed: good rows
 * are kept and bad ones named. Prices are absolute, so a lost answer is asked for again without harm.
 */
public final class ShopifyPrices implements PriceWrite {
    private static final int BATCH = 250;

    private static final Operation PRODUCTS = new Operation("PriceProducts", Lane.STOCK, 2, """
            query PriceProducts($ids: [ID!]!) {
              shop { currencyCode }
              nodes(ids: $ids) { ... on ProductVariant { id product { id } } }
            }""");

    private static final Operation UPDATE = new Operation("PriceSet", Lane.STOCK, 11, """
            mutation PriceSet($product: ID!, $variants: [ProductVariantsBulkInput!]!) {
              productVariantsBulkUpdate(productId: $product, variants: $variants, allowPartialUpdates: true) {
                userErrors { field message code }
              }
            }""");

    private final ShopifyClient client;

    /** The prices of one shop. */
    public ShopifyPrices(ShopifyClient client) {
        this.client = client;
    }

    @Override
    public int batchSize() {
        return BATCH;
    }

    @Override
    public List<StockWrite.Outcome> write(List<Target> prices) {
        if (prices.size() > BATCH) {
            throw new IllegalArgumentException("prices: " + prices.size() + " (expected: at most " + BATCH + ")");
        }
        Map<String, ChannelException> refusals = new LinkedHashMap<>();
        Map<String, Target> wanted = new LinkedHashMap<>();
        for (Target price : prices) {
            String id = price.listing().externalId();
            if (Gid.is("ProductVariant", id)) {
                wanted.put(id, price);
            } else {
                refusals.put(
                        id,
                        new ChannelException(
                                Fault.REJECTED,
                                "externalId: " + id + " (expected: gid://shopify/ProductVariant/…) for sku "
                                        + price.listing().sku()));
            }
        }
        if (!wanted.isEmpty()) {
            byProduct(wanted, refusals).forEach((product, variants) -> send(product, variants, wanted, refusals));
        }
        return prices.stream()
                .map(price -> new StockWrite.Outcome(
                        price.listing().sku(), refusals.get(price.listing().externalId())))
                .toList();
    }

    /** The variants of each product; those that the shop does not know, or in another currency, are refused. */
    private Map<String, List<String>> byProduct(Map<String, Target> wanted, Map<String, ChannelException> refusals) {
        ObjectNode variables = ShopifyClient.variables();
        wanted.keySet().forEach(variables.putArray("ids")::add);
        JsonNode data = client.repeatable(PRODUCTS.costing(1 + wanted.size() * 2.0), variables);
        String currency = data.path("shop").path("currencyCode").asText();
        Map<String, String> products = new LinkedHashMap<>();
        data.path("nodes")
                .forEach(node -> products.put(
                        node.path("id").asText(),
                        node.path("product").path("id").asText()));
        Map<String, List<String>> groups = new LinkedHashMap<>();
        wanted.forEach((variant, target) -> {
            String product = products.get(variant);
            ChannelException refusal = refusal(variant, target, product, currency);
            if (refusal != null || product == null) {
                refusals.put(variant, java.util.Objects.requireNonNull(refusal));
            } else {
                groups.computeIfAbsent(product, id -> new ArrayList<>()).add(variant);
            }
        });
        return groups;
    }

    private static @Nullable ChannelException refusal(
            String variant, Target target, @Nullable String product, String currency) {
        if (product == null) {
            return new ChannelException(Fault.NOT_FOUND, variant + ": the shop has no such variant");
        }
        String asked = target.price().currency().getCurrencyCode();
        return asked.equals(currency)
                ? null
                : new ChannelException(
                        Fault.REJECTED,
                        "currency: " + asked + " (expected: " + currency + ", the shop's) for sku "
                                + target.listing().sku());
    }

    private void send(
            String product, List<String> variants, Map<String, Target> wanted, Map<String, ChannelException> refusals) {
        ObjectNode variables = ShopifyClient.variables().put("product", product);
        ArrayNode rows = variables.putArray("variants");
        for (String variant : variants) {
            String amount = java.util.Objects.requireNonNull(wanted.get(variant))
                    .price()
                    .amount();
            rows.addObject().put("id", variant).put("price", amount);
        }
        JsonNode payload = client.repeatable(UPDATE, variables).path("productVariantsBulkUpdate");
        for (UserError error : UserError.of(payload, "userErrors")) {
            int index = error.index("variants");
            Fault fault = error.code().endsWith("DOES_NOT_EXIST") ? Fault.NOT_FOUND : Fault.REJECTED;
            List<String> named = index < 0 || index >= variants.size() ? variants : List.of(variants.get(index));
            named.forEach(variant -> refusals.put(variant, error.as(fault, "PriceSet")));
        }
    }
}
