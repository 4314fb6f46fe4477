package dev.weir.instagram.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.CatalogueRead;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Listing;
import dev.weir.connectors.mapping.Canonical;
import dev.weir.connectors.mapping.Mappings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What does Meta's catalogue list? Page by page, and from any page on. Items that no shop of ours can have written (an id that
 * is no SKU, a price that cannot be read) are left out, each with a line in the log.
 */
public final class InstagramListings implements CatalogueRead {
    private static final Logger LOG = LoggerFactory.getLogger(InstagramListings.class);

    private final ProductReads reads;
    private final Mappings mappings;

    /** The listings of one catalogue. */
    public InstagramListings(ProductReads reads, Mappings mappings) {
        this.reads = reads;
        this.mappings = mappings;
    }

    @Override
    public void readAll(Consumer<Listing> each) {
        read(null, (listings, next) -> listings.forEach(each));
    }

    @Override
    public void read(@Nullable String cursor, Sink sink) {
        reads.all(cursor, (page, next) -> {
            List<Listing> listings = new ArrayList<>();
            page.forEach(product -> add(product, listings));
            sink.page(listings, next.isEmpty() ? null : next);
        });
    }

    private void add(JsonNode product, List<Listing> listings) {
        try {
            ObjectNode input = product.deepCopy();
            input.put(
                    "amount",
                    ShownPrice.parse(
                                    product.path("price").asText(),
                                    product.path("currency").asText())
                            .amount());
            input.put("onHand", ProductReads.units(product));
            listings.add(Canonical.listing(mappings.apply("instagram", "listing", input)));
        } catch (IllegalArgumentException | ChannelException e) {
            LOG.warn(
                    "Left out item {} of Meta's catalogue: {}",
                    product.path("id").asText(),
                    e.getMessage());
        }
    }
}
