package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.CatalogueChanges;
import dev.weir.connectors.CatalogueRead;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Listing;
import dev.weir.connectors.mapping.Canonical;
import dev.weir.connectors.mapping.Mappings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What does the shop sell, and what of it changed? Products that are on sale, one listing for each SKU of them. */
public final class TikTokCatalogue implements CatalogueRead, CatalogueChanges {
    private static final Logger LOG = LoggerFactory.getLogger(TikTokCatalogue.class);

    /** How far the search may lag behind; not published. */
    private static final Duration LAG = Duration.ofMinutes(1);

    private final ProductSearch search;
    private final Connection connection;
    private final Mappings mappings;

    /** The catalogue of one shop. */
    public TikTokCatalogue(TikTokClient client, GatewayTime time, Mappings mappings) {
        search = new ProductSearch(client, time);
        connection = client.connection();
        this.mappings = mappings;
    }

    @Override
    public void readAll(Consumer<Listing> each) {
        search.all(
                ProductSearch.filter("ACTIVATE"), product -> listings(product).forEach(each));
    }

    @Override
    public Instant readSince(Instant since, Consumer<Listing> each) {
        AtomicLong newest = new AtomicLong(since.plus(LAG).getEpochSecond());
        ObjectNode filter = ProductSearch.filter("ACTIVATE").put("update_time_ge", since.getEpochSecond());
        search.all(filter, product -> {
            newest.accumulateAndGet(product.path("update_time").asLong(), Math::max);
            listings(product).forEach(each);
        });
        Instant next = Instant.ofEpochSecond(newest.get()).minus(LAG);
        return next.isAfter(since) ? next : since;
    }

    ProductSearch search() {
        return search;
    }

    List<Listing> listings(JsonNode product) {
        List<Listing> listings = new ArrayList<>();
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
            listings.add(Canonical.listing(mappings.apply("tiktok-shop", "listing", input)));
        }
        return listings;
    }
}
