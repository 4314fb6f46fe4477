package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.CatalogueRead;
import dev.weir.connectors.CatalogueWrite;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import dev.weir.connectors.mapping.Canonical;
import dev.weir.connectors.mapping.Mappings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which SKUs does the shop list, and how do ours get there? Found by {@code seller_sku}: a product of one SKU is created
 * where there is none, else its title and price follow ours. Stock is set by {@link TikTokStock} alone.
 */
public final class TikTokCatalogue implements CatalogueRead, CatalogueWrite {
    private static final Logger LOG = LoggerFactory.getLogger(TikTokCatalogue.class);
    private static final int SELLER_SKUS = 10;
    private static final String SEARCH = "/product/202502/products/search";

    private final TikTokClient client;
    private final Connection connection;
    private final Mappings mappings;

    /** The catalogue of one shop. */
    public TikTokCatalogue(TikTokClient client, Connection connection, Mappings mappings) {
        this.client = client;
        this.connection = connection;
        this.mappings = mappings;
    }

    @Override
    public void readAll(Consumer<Listing> each) {
        search(TikTokClient.JSON.createObjectNode().put("status", "ACTIVATE"), each);
    }

    @Override
    public List<Listing> write(List<Listing> listings) {
        Map<Sku, Listing> there = new LinkedHashMap<>();
        for (int from = 0; from < listings.size(); from += SELLER_SKUS) {
            ObjectNode body = TikTokClient.JSON.createObjectNode().put("status", "ALL");
            var wanted = body.putArray("seller_skus");
            listings.subList(from, Math.min(listings.size(), from + SELLER_SKUS))
                    .forEach(listing -> wanted.add(listing.sku().value()));
            search(body, found -> there.put(found.sku(), found));
        }
        List<Listing> written = new ArrayList<>();
        for (Listing listing : listings) {
            Listing known = there.get(listing.sku());
            written.add(known == null ? create(listing) : update(listing, known));
        }
        return written;
    }

    private void search(ObjectNode body, Consumer<Listing> each) {
        String token = "";
        do {
            Map<String, String> query = new LinkedHashMap<>(Map.of("page_size", "100"));
            if (!token.isEmpty()) {
                query.put("page_token", token);
            }
            JsonNode page = client.post("ProductSearch", SEARCH, query, body);
            page.path("products").forEach(product -> hand(product, each));
            token = page.path("next_page_token").asText("");
        } while (!token.isEmpty());
    }

    private void hand(JsonNode product, Consumer<Listing> each) {
        for (JsonNode sku : product.path("skus")) {
            if (sku.path("seller_sku").asText("").isBlank()) {
                LOG.info(
                        "{} of connection {} has no seller SKU: left out",
                        sku.path("id").asText(),
                        connection.id());
                continue;
            }
            ObjectNode input = sku.deepCopy();
            input.put("warehouse_id", connection.setting("warehouseId"));
            input.put("product_id", product.path("id").asText());
            input.set("title", product.path("title"));
            each.accept(Canonical.listing(mappings.apply("tiktok-shop", "listing", input)));
        }
    }

    private Listing create(Listing listing) {
        ObjectNode body = TikTokClient.JSON
                .createObjectNode()
                .put("save_mode", "LISTING")
                .put("title", listing.title())
                .put("description", "<p>" + escaped(listing.title()) + "</p>")
                .put("category_id", connection.setting("categoryId"))
                .put("category_version", "v2")
                .put("idempotency_key", key(listing));
        if (listing.imageUrl() != null) {
            body.putArray("main_images")
                    .addObject()
                    .put("uri", listing.imageUrl().toString());
        }
        body.putObject("package_weight").put("value", "0.5").put("unit", "KILOGRAM");
        ObjectNode sku = body.putArray("skus")
                .addObject()
                .put("seller_sku", listing.sku().value());
        price(sku, listing);
        sku.putArray("inventory")
                .addObject()
                .put("warehouse_id", connection.setting("warehouseId"))
                .put("quantity", listing.onHand() == null ? 0 : listing.onHand());
        JsonNode data = client.post("ProductCreate", "/product/202309/products", Map.of(), body);
        for (JsonNode warning : data.path("warnings")) {
            LOG.warn(
                    "TikTok Shop took {} with a warning: {}",
                    listing.sku(),
                    warning.path("message").asText());
        }
        return with(
                listing,
                data.path("product_id").asText(),
                data.path("skus").path(0).path("id").asText());
    }

    private Listing update(Listing listing, Listing known) {
        StockRef ref = java.util.Objects.requireNonNull(StockRef.of(known));
        String product = "/products/" + ref.product();
        if (!known.title().equals(listing.title())) {
            ObjectNode body = TikTokClient.JSON.createObjectNode().put("title", listing.title());
            client.post("ProductEdit", "/product/202509" + product + "/partial_edit", Map.of(), body);
        }
        if (!known.price().equals(listing.price())) {
            ObjectNode body = TikTokClient.JSON.createObjectNode();
            price(body.putArray("skus").addObject().put("id", ref.sku()), listing);
            client.post("PriceUpdate", "/product/202309" + product + "/prices/update", Map.of(), body);
        }
        return with(listing, ref.product(), ref.sku());
    }

    /** One key a listing: a create that is sent twice makes one product. */
    private String key(Listing listing) {
        String what = connection.id() + "/" + listing.sku();
        return UUID.nameUUIDFromBytes(what.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString();
    }

    private static void price(ObjectNode sku, Listing listing) {
        sku.putObject("price")
                .put("amount", listing.price().amount())
                .put("currency", listing.price().currency().getCurrencyCode());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static Listing with(Listing listing, String product, String sku) {
        return new Listing(
                listing.sku(),
                listing.title(),
                listing.price(),
                listing.imageUrl(),
                sku,
                new StockRef(product, sku).toString(),
                listing.onHand());
    }
}
