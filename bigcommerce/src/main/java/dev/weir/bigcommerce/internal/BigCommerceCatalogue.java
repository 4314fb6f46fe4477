package dev.weir.bigcommerce.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.CatalogueChanges;
import dev.weir.connectors.CatalogueRead;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.mapping.Canonical;
import dev.weir.connectors.mapping.Mappings;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What does the store list? Every variant of every product, in the order of product ids: a page begins behind the last id of the one
 * before it, so that nothing which is added or removed meanwhile shifts it. A variant that does not fit hides no other.
 */
public final class BigCommerceCatalogue implements CatalogueRead, CatalogueChanges {
    private static final Logger LOG = LoggerFactory.getLogger(BigCommerceCatalogue.class);
    private static final int MOST_PAGES = 100_000;
    private static final int PRODUCTS = 50;
    private static final int MOST_PRODUCTS = 250;

    private final BigCommerceClient client;
    private final Mappings mappings;
    private final Clock clock;

    /** The catalogue of one store. */
    public BigCommerceCatalogue(BigCommerceClient client, Mappings mappings, Clock clock) {
        this.client = client;
        this.mappings = mappings;
        this.clock = clock;
    }

    @Override
    public void readAll(Consumer<Listing> each) {
        read(null, (listings, next) -> listings.forEach(each));
    }

    @Override
    public void read(@Nullable String cursor, Sink sink) {
        walk(cursor == null ? "0" : cursor, Map.of(), sink);
    }

    /** A second earlier than the store's clock says: its times have no fractions. */
    @Override
    public Instant readSince(Instant since, Consumer<Listing> each) {
        String from = since.truncatedTo(ChronoUnit.SECONDS).toString();
        return walk("0", Map.of("date_modified:min", from), (listings, next) -> listings.forEach(each))
                .minusSeconds(1);
    }

    /** The time at the store when the first page was asked for. */
    private Instant walk(String cursor, Map<String, String> filter, Sink sink) {
        if (!cursor.matches("[0-9]{1,18}")) {
            throw new ChannelException(Fault.REJECTED, "cursor: " + cursor + " (expected: a product's id)");
        }
        String currency = BigCommerceShop.of(client).currency();
        int limit = BigCommerceSettings.number(client.connection(), "productsPerPage", PRODUCTS, 1, MOST_PRODUCTS);
        Instant begun = null;
        String last = cursor;
        for (int page = 0; page < MOST_PAGES; page++) {
            BigCommerceClient.Reply reply =
                    client.dated("products", "/v3/catalog/products", query(last, limit, filter));
            begun = begun == null ? at(reply.date()) : begun;
            JsonNode products = reply.body().path("data");
            boolean more = products.size() >= limit;
            last = more ? products.path(products.size() - 1).path("id").asText() : last;
            sink.page(listings(products, currency), more ? last : null);
            if (!more) {
                return begun;
            }
        }
        throw new ChannelException(Fault.REJECTED, "products: over " + MOST_PAGES + " pages (expected: an end)");
    }

    /** Descriptions are most of a product's bytes, and an answer is at most 8 MiB. */
    static Map<String, String> query(String behind, int limit, Map<String, String> filter) {
        Map<String, String> query = new LinkedHashMap<>(filter);
        query.put("id:greater", behind);
        query.put("sort", "id");
        query.put("direction", "asc");
        query.put("limit", Integer.toString(limit));
        query.put("include", "variants,primary_image");
        query.put("exclude_fields", "description");
        return query;
    }

    private Instant at(@Nullable String date) {
        try {
            return date == null ? clock.instant() : DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
        } catch (DateTimeException e) {
            return clock.instant();
        }
    }

    private List<Listing> listings(JsonNode products, String currency) {
        List<Listing> listings = new ArrayList<>();
        for (JsonNode product : products) {
            JsonNode variants = product.path("variants");
            ObjectNode whole = product.deepCopy();
            whole.remove("variants");
            for (JsonNode variant : variants) {
                ObjectNode item = BigCommerceClient.object()
                        .put("currency", currency)
                        .put("price", Amounts.of(price(product, variant), currency))
                        .put("variants", variants.size());
                item.set("product", whole);
                item.set("variant", variant);
                add(item, listings);
            }
        }
        return listings;
    }

    /** What its buyers are asked for; a variant without a price of its own has its product's. */
    private static JsonNode price(JsonNode product, JsonNode variant) {
        for (JsonNode price :
                List.of(variant.path("calculated_price"), variant.path("price"), product.path("calculated_price"))) {
            if (price.isNumber()) {
                return price;
            }
        }
        return product.path("price");
    }

    private void add(ObjectNode item, List<Listing> listings) {
        try {
            listings.add(Canonical.listing(mappings.apply("bigcommerce", "listing", item)));
        } catch (ChannelException e) {
            LOG.warn(
                    "Variant {} of connection {} is left out: {}",
                    item.path("variant").path("id").asText(),
                    client.connection().id(),
                    e.getMessage());
        }
    }
}
