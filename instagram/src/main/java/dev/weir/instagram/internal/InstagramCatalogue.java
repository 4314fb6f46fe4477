package dev.weir.instagram.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.CatalogueWrite;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import dev.weir.connectors.http.Lane;
import dev.weir.connectors.mapping.Mappings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How do our listings get into Meta's catalogue? As items whose id is the SKU, created where they are not there yet, and in
 * the product set that the connection names, if any.
 */
public final class InstagramCatalogue implements CatalogueWrite {
    private static final int TOLD = 10;

    private final Connection connection;
    private final CatalogueBatch batches;
    private final ProductReads reads;
    private final ProductSets sets;
    private final Mappings mappings;

    /** The catalogue of one connection. */
    public InstagramCatalogue(
            Connection connection, CatalogueBatch batches, ProductReads reads, ProductSets sets, Mappings mappings) {
        this.connection = connection;
        this.batches = batches;
        this.reads = reads;
        this.sets = sets;
        this.mappings = mappings;
    }

    @Override
    public int batchSize() {
        return CatalogueBatch.MOST;
    }

    @Override
    public List<Listing> write(List<Listing> listings) {
        Map<String, String> refused = new LinkedHashMap<>();
        List<Listing> written = write(listings, refused);
        if (!refused.isEmpty()) {
            throw new ChannelException(
                    Fault.REJECTED,
                    refused.size() + " of " + listings.size() + " listings: "
                            + refused.entrySet().stream().limit(TOLD).toList());
        }
        return written;
    }

    @Override
    public List<Listing> write(List<Listing> listings, BiConsumer<Sku, ChannelException> refused) {
        Map<String, String> reasons = new LinkedHashMap<>();
        List<Listing> written = write(listings, reasons);
        reasons.forEach((sku, reason) -> refused.accept(
                new Sku(sku), new ChannelException(Fault.REJECTED, "sku: " + sku + " (" + reason + ")")));
        return written.stream()
                .filter(listing -> !reasons.containsKey(listing.sku().value()))
                .toList();
    }

    private List<Listing> write(List<Listing> listings, Map<String, String> refused) {
        List<Listing> fit = new ArrayList<>();
        for (Listing listing : listings) {
            String reason = reason(listing);
            if (reason == null) {
                fit.add(listing);
            } else {
                refused.put(listing.sku().value(), reason);
            }
        }
        return fit.isEmpty() ? List.of() : send(fit, refused);
    }

    private List<Listing> send(List<Listing> fit, Map<String, String> refused) {
        String set = connection.setting("productSet", "");
        if (!set.isBlank()) {
            sets.ensure(set);
        }
        List<String> skus = fit.stream().map(listing -> listing.sku().value()).toList();
        Map<String, JsonNode> there = reads.read(skus, Lane.CATALOGUE);
        List<ObjectNode> items =
                fit.stream().map(each -> item(each, there.keySet(), set)).toList();
        for (List<ObjectNode> portion : CatalogueBatch.portions(items)) {
            CatalogueBatch.Result result = batches.update(portion, true, Lane.CATALOGUE);
            refused.putAll(result.refused());
            if (!result.certain()) {
                unsettled(portion, result.doubt(), refused);
            }
        }
        Map<String, JsonNode> shown = new LinkedHashMap<>(there);
        shown.putAll(
                reads.read(skus.stream().filter(sku -> !there.containsKey(sku)).toList(), Lane.CATALOGUE));
        return fit.stream().map(listing -> withId(listing, shown, refused)).toList();
    }

    /** Where an error names no item, an item counts as written only when it can be read with what was asked for. */
    private void unsettled(List<ObjectNode> portion, String doubt, Map<String, String> refused) {
        List<String> skus =
                portion.stream().map(item -> item.path("id").asText()).toList();
        Map<String, JsonNode> shown = reads.read(skus, Lane.CATALOGUE);
        for (ObjectNode item : portion) {
            JsonNode product = shown.get(item.path("id").asText());
            if (product == null
                    || !product.path("name").asText().equals(item.path("title").asText())
                    || !InstagramPrices.shows(product, item.path("price").asText())) {
                refused.putIfAbsent(item.path("id").asText(), doubt);
            }
        }
    }

    private static Listing withId(Listing listing, Map<String, JsonNode> shown, Map<String, String> refused) {
        String sku = listing.sku().value();
        JsonNode product = shown.get(sku);
        if (product == null) {
            refused.putIfAbsent(sku, "Meta is still working on it");
            return listing;
        }
        return new Listing(
                listing.sku(),
                listing.title(),
                listing.price(),
                listing.imageUrl(),
                product.path("id").asText(),
                listing.stockRef(),
                listing.onHand());
    }

    /** Checkout URLs join ids by comma and colon and cannot quote them. */
    private static @Nullable String reason(Listing listing) {
        String sku = listing.sku().value();
        if (sku.contains(",") || sku.contains(":")) {
            return "comma or colon in the SKU (expected: neither, Meta's checkout URL cannot carry them)";
        }
        return listing.imageUrl() == null ? "imageUrl is missing (expected: the address of a picture)" : null;
    }

    /** Of an item that is there already the stock is left alone: it is published by {@link InstagramStock} only. */
    private ObjectNode item(Listing listing, Set<String> there, String set) {
        ObjectNode input = GraphClient.JSON.createObjectNode();
        String sku = listing.sku().value();
        input.put("sku", sku)
                .put("title", listing.title())
                .put("amount", listing.price().amount())
                .put("currency", listing.price().currency().getCurrencyCode())
                .put("imageUrl", String.valueOf(listing.imageUrl()))
                .put("brand", connection.setting("brand", connection.brand()))
                .put("link", link(sku));
        if (listing.onHand() != null) {
            input.put("onHand", listing.onHand());
        }
        if (!set.isBlank()) {
            input.put("set", set);
        }
        ObjectNode item = (ObjectNode) mappings.apply("instagram", "item", input);
        return there.contains(sku) ? item.without(List.of("availability", "quantity_to_sell_on_facebook")) : item;
    }

    private String link(String sku) {
        String base = connection.setting("shopUrl");
        return (base.endsWith("/") ? base : base + "/") + GraphClient.encode(sku);
    }
}
