package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.CatalogueWrite;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import dev.weir.connectors.http.Lane;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How do our listings get to the shop? Found by {@code seller_sku}: a product of one SKU is created where there is none, else
 * its title and price follow ours. Stock is set by {@link TikTokStock} alone. A listing that the shop refuses is left out and told;
 * the others go on. Ten are looked up at once, because the search takes no more.
 */
public final class TikTokListings implements CatalogueWrite {
    private static final Logger LOG = LoggerFactory.getLogger(TikTokListings.class);
    private static final int SELLER_SKUS = 10;
    private static final int BATCH = 500;
    private static final Set<Fault> OF_ONE_LISTING = EnumSet.of(Fault.REJECTED, Fault.NOT_FOUND, Fault.CONFLICT);

    private final TikTokClient client;
    private final TikTokCatalogue catalogue;
    private final ProductBodies bodies;

    /** The listings of one shop. */
    public TikTokListings(TikTokClient client, TikTokCatalogue catalogue, ProductBodies bodies) {
        this.client = client;
        this.catalogue = catalogue;
        this.bodies = bodies;
    }

    /** What the shop has of a SKU; {@code status} is the product's. */
    private record Known(Listing listing, String status) {}

    /** What became of some listings, looked up together. */
    private record Part(List<Listing> written, Map<Sku, ChannelException> refused) {}

    @Override
    public int batchSize() {
        return BATCH;
    }

    @Override
    public List<Listing> write(List<Listing> listings) {
        Map<Sku, ChannelException> refused = new LinkedHashMap<>();
        List<Listing> written = write(listings, refused::put);
        if (written.isEmpty() && !refused.isEmpty()) {
            throw refused.values().iterator().next();
        }
        return written;
    }

    @Override
    public List<Listing> write(List<Listing> listings, BiConsumer<Sku, ChannelException> refused) {
        List<List<Listing>> parts = new ArrayList<>();
        for (int from = 0; from < listings.size(); from += SELLER_SKUS) {
            parts.add(listings.subList(from, Math.min(listings.size(), from + SELLER_SKUS)));
        }
        List<Listing> written = new ArrayList<>();
        for (Part part : Abreast.each(parts, this::part)) {
            written.addAll(part.written());
            part.refused().forEach(refused);
        }
        return written;
    }

    private Part part(List<Listing> listings) {
        Map<Sku, Known> there = find(listings);
        Part part = new Part(new ArrayList<>(), new LinkedHashMap<>());
        for (Listing listing : listings) {
            Known known = there.get(listing.sku());
            try {
                part.written().add(known == null ? create(listing) : update(listing, known));
            } catch (ChannelException e) {
                if (!OF_ONE_LISTING.contains(e.fault())) {
                    throw e;
                }
                LOG.warn("TikTok Shop refuses {}: {}", listing.sku(), e.getMessage());
                part.refused().put(listing.sku(), e);
            }
        }
        return part;
    }

    private Map<Sku, Known> find(List<Listing> listings) {
        Map<Sku, Known> there = new LinkedHashMap<>();
        ObjectNode filter = ProductSearch.filter("ALL");
        var wanted = filter.putArray("seller_skus");
        listings.forEach(listing -> wanted.add(listing.sku().value()));
        catalogue.search().page(filter, product -> note(product, there));
        return there;
    }

    /** A deleted product stays to be found; one on sale goes before drafts and refused ones. */
    private void note(JsonNode product, Map<Sku, Known> there) {
        String status = product.path("status").asText();
        if (status.equals("DELETED")) {
            return;
        }
        for (Listing listing : catalogue.listings(product)) {
            there.merge(
                    listing.sku(),
                    new Known(listing, status),
                    (one, other) -> one.status().equals("ACTIVATE") ? one : other);
        }
    }

    private Listing create(Listing listing) {
        ObjectNode body = bodies.create(listing);
        JsonNode data = client.send(TikTokCall.post(Lane.CATALOGUE, "ProductCreate", "/product/202309/products", body));
        warnings(listing, data);
        return with(
                listing,
                data.path("product_id").asText(),
                data.path("skus").path(0).path("id").asText());
    }

    /** Optional fields that the platform did not like are dropped inside a success. */
    private static void warnings(Listing listing, JsonNode data) {
        for (JsonNode warning : data.path("warnings")) {
            LOG.warn(
                    "TikTok Shop took {} with a warning: {}",
                    listing.sku(),
                    warning.path("message").asText());
        }
    }

    private Listing update(Listing listing, Known known) {
        StockRef ref = Objects.requireNonNull(StockRef.of(known.listing()));
        String product = "/products/" + ref.product();
        if (known.status().equals("DRAFT")) {
            publish(listing, ref);
        } else if (!known.listing().title().equals(Titles.of(listing.title()))) {
            ObjectNode body = TikTokClient.JSON.createObjectNode().put("title", Titles.of(listing.title()));
            JsonNode data = client.send(TikTokCall.post(
                    Lane.CATALOGUE, "ProductEdit", "/product/202509" + product + "/partial_edit", body));
            told(listing, data.path("audit").path("status").asText(""));
        }
        if (!known.listing().price().equals(listing.price())) {
            ObjectNode body = TikTokClient.JSON.createObjectNode();
            TikTokPrices.put(body.putArray("skus").addObject().put("id", ref.sku()), listing.price());
            client.send(TikTokCall.post(
                    Lane.CATALOGUE, "PriceUpdate", "/product/202309" + product + "/prices/update", body));
        }
        return with(listing, ref.product(), ref.sku());
    }

    /** A draft for want of a picture goes on sale once there is one. Our drafts have one SKU, so a full edit deletes none. */
    private void publish(Listing listing, StockRef ref) {
        ObjectNode body = bodies.publish(listing, ref.sku());
        if (body.path("save_mode").asText().equals("LISTING")) {
            warnings(
                    listing,
                    client.send(TikTokCall.send(
                            Lane.CATALOGUE,
                            "ProductPublish",
                            "PUT",
                            "/product/202509/products/" + ref.product(),
                            body)));
        }
    }

    /** What the shop shows stays as it was until people there have looked. */
    private static void told(Listing listing, String audit) {
        if (audit.equals("FAILED") || audit.equals("REJECTED")) {
            LOG.warn("TikTok Shop's audit refuses the change of {}", listing.sku());
        } else if (audit.equals("AUDITING")) {
            LOG.info("TikTok Shop looks at the change of {} before it shows it", listing.sku());
        }
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
