package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.http.Lane;
import dev.weir.connectors.mapping.Mappings;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What does a product look like to TikTok? What {@code product.jslt} says of a listing, with its category, its picture and its
 * stock. Without a picture that the platform takes it stays a draft.
 */
public final class ProductBodies {
    private final TikTokClient client;
    private final Connection connection;
    private final Mappings mappings;
    private final Pictures pictures;

    /** The products of one shop. */
    public ProductBodies(TikTokClient client, Mappings mappings, Pictures pictures) {
        this.client = client;
        connection = client.connection();
        this.mappings = mappings;
        this.pictures = pictures;
    }

    /** The body that creates it: one key a listing, so that a create that is sent twice makes one product. */
    ObjectNode create(Listing listing) {
        ObjectNode body = base(listing);
        String what = connection.id() + "/" + listing.sku();
        body.put(
                "idempotency_key",
                UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8)).toString());
        return body;
    }

    /** The body that replaces a draft whose only SKU is {@code sku}. */
    ObjectNode publish(Listing listing, String sku) {
        ObjectNode body = base(listing);
        ((ObjectNode) body.path("skus").path(0)).put("id", sku);
        return body;
    }

    private ObjectNode base(Listing listing) {
        String version = connection.setting("categoryVersion", "v2");
        String title = Titles.of(listing.title());
        ObjectNode input = TikTokClient.JSON.createObjectNode();
        ObjectNode ours =
                input.putObject("listing").put("sku", listing.sku().value()).put("title", title);
        TikTokPrices.put(ours, listing.price());
        input.put("categoryId", category(title, version))
                .put("categoryVersion", version)
                .put("packageKilograms", connection.setting("packageKilograms", "0.5"));
        if (!(mappings.apply("tiktok-shop", "product", input) instanceof ObjectNode mapped)
                || !(mapped.path("skus").path(0) instanceof ObjectNode)) {
            throw new ChannelException(Fault.REJECTED, "mapping product: no skus (expected: an object with one SKU)");
        }
        ObjectNode body = mapped.deepCopy();
        ((ObjectNode) body.path("skus").path(0))
                .putArray("inventory")
                .addObject()
                .put("warehouse_id", connection.setting("warehouseId"))
                .put("quantity", listing.onHand() == null ? 0 : listing.onHand());
        @Nullable String picture = pictures.uri(client, listing.imageUrl());
        if (picture != null) {
            body.putArray("main_images").addObject().put("uri", picture);
        }
        return body.put("save_mode", picture == null ? "DRAFT" : "LISTING");
    }

    /** The operator's, else the one that the platform recommends for the title. */
    private String category(String title, String version) {
        String entered = connection.setting("categoryId", "");
        if (!entered.isEmpty()) {
            return entered;
        }
        ObjectNode body =
                TikTokClient.JSON.createObjectNode().put("product_title", title).put("category_version", version);
        JsonNode data = client.send(
                TikTokCall.post(Lane.CATALOGUE, "CategoryRecommend", "/product/202309/categories/recommend", body));
        String leaf = data.path("leaf_category_id").asText("");
        if (leaf.isEmpty()) {
            throw new ChannelException(
                    Fault.REJECTED, "categoryId: missing, and TikTok recommends none for \"" + title + "\"");
        }
        return leaf;
    }
}
