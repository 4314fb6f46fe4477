package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.CatalogueChanges;
import dev.weir.connectors.CatalogueRead;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.mapping.Canonical;
import dev.weir.connectors.mapping.Mappings;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What does the shop sell? Enabled products of the website that are a stock unit of their own (simple, virtual, downloadable), walked
 * by id: pages by number skip and repeat rows while the catalogue changes, and old shops repeat the last one for ever. The cursor is
 * the id of the last product of a page.
 */
public final class MagentoCatalogue implements CatalogueRead, CatalogueChanges {
    /** A change may become visible this long after its time: rows are committed late, and shops have more than one clock. */
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(MagentoCatalogue.class);
    private static final int PAGE = 100;

    private final MagentoClient client;
    private final Mappings mappings;
    private final MagentoStock stock;

    /** The catalogue of one store view. */
    public MagentoCatalogue(MagentoClient client, Mappings mappings, MagentoStock stock) {
        this.client = client;
        this.mappings = mappings;
        this.stock = stock;
    }

    @Override
    public void readAll(Consumer<Listing> each) {
        read(null, (listings, next) -> listings.forEach(each));
    }

    @Override
    public void read(@Nullable String cursor, Sink sink) {
        walk(id(cursor), null, sink);
    }

    @Override
    public Instant readSince(Instant since, Consumer<Listing> each) {
        String date = walk(0, since, (listings, next) -> listings.forEach(each));
        return date == null ? since : clock(date, since.plus(OVERLAP)).minus(OVERLAP);
    }

    /** Walks what changed at or after {@code since}, or everything; the shop's time when it began. */
    private @Nullable String walk(long from, @Nullable Instant since, Sink sink) {
        MagentoShop shop = MagentoShop.of(client);
        MagentoClient.Reply reply = client.dated("products", "/products", after(from, since));
        String began = reply.date();
        long last = from;
        while (!reply.body().path("items").isEmpty()) {
            JsonNode items = reply.body().path("items");
            long before = last;
            for (JsonNode item : items) {
                last = Math.max(last, item.path("id").asLong());
            }
            sink.page(listings(items, shop), Long.toString(last));
            if (items.size() >= reply.body().path("total_count").asLong() || last == before) {
                break;
            }
            reply = client.dated("products", "/products", after(last, since));
        }
        return began;
    }

    private static Search after(long id, @Nullable Instant since) {
        Search search = new Search()
                .where("entity_id", "gt", Long.toString(id))
                .where("status", "eq", "1")
                .whereAny("type_id", List.of("simple", "virtual", "downloadable"));
        if (since != null) {
            search.where("updated_at", "gteq", MagentoOrders.time(since));
        }
        return search.ascending("entity_id").page(PAGE, 1);
    }

    private List<Listing> listings(JsonNode items, MagentoShop shop) {
        List<ObjectNode> sold = new ArrayList<>();
        for (JsonNode item : items) {
            if (soldBy(shop, item)) {
                sold.add((ObjectNode) item);
            }
        }
        Map<String, BigDecimal> units = stock.salable(
                sold.stream().map(item -> item.path("sku").asText()).toList());
        List<Listing> listings = new ArrayList<>();
        for (ObjectNode item : sold) {
            Listing listing = listing(item, shop, units.get(item.path("sku").asText()));
            if (listing != null) {
                listings.add(listing);
            }
        }
        return listings;
    }

    /** The list is of all websites; a product that does not say its own is taken to be of ours. */
    private static boolean soldBy(MagentoShop shop, JsonNode item) {
        JsonNode websites = item.path("extension_attributes").path("website_ids");
        if (!websites.isArray()) {
            return true;
        }
        for (JsonNode id : websites) {
            if (id.asInt() == shop.websiteId()) {
                return true;
            }
        }
        return false;
    }

    /** One product that does not fit, such as a SKU with blanks, must not hide the others: then null. */
    private @Nullable Listing listing(ObjectNode item, MagentoShop shop, @Nullable BigDecimal units) {
        item.put("weir_currency", shop.currency()).put("weir_media_url", shop.mediaUrl());
        Amounts.round(item, "price", shop.currency());
        if (units != null && countsUnits(item)) {
            item.put("weir_salable", MagentoStock.whole(units));
        }
        try {
            return Canonical.listing(mappings.apply("magento", "listing", item));
        } catch (ChannelException e) {
            LOG.warn(
                    "Product {} of connection {} left out: {}",
                    item.path("sku").asText(),
                    client.connection().id(),
                    e.getMessage());
            return null;
        }
    }

    /** Where stock is not managed the number is a constant of the shop's settings. */
    private static boolean countsUnits(JsonNode item) {
        return item.path("extension_attributes")
                .path("stock_item")
                .path("manage_stock")
                .asBoolean(true);
    }

    private static long id(@Nullable String cursor) {
        try {
            return cursor == null ? 0 : Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw new ChannelException(
                    Fault.REJECTED, "cursor: " + cursor + " (expected: a product's id, as handed out)", null, e);
        }
    }

    private static Instant clock(String date, Instant fallback) {
        try {
            return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeParseException e) {
            return fallback;
        }
    }
}
