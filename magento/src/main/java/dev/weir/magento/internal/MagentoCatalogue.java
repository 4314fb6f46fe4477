package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.CatalogueRead;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Listing;
import dev.weir.connectors.mapping.Canonical;
import dev.weir.connectors.mapping.Mappings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What does the shop sell? Enabled products that are a stock unit of their own (simple, virtual, downloadable), walked by
 * id: pages by number skip and repeat rows while the catalogue changes.
 */
public final class MagentoCatalogue implements CatalogueRead {
    private static final Logger LOG = LoggerFactory.getLogger(MagentoCatalogue.class);
    private static final int PAGE = 100;

    private final MagentoClient client;
    private final Connection connection;
    private final Mappings mappings;
    private final MagentoStock stock;

    /** The catalogue of one store view. */
    public MagentoCatalogue(MagentoClient client, Connection connection, Mappings mappings, MagentoStock stock) {
        this.client = client;
        this.connection = connection;
        this.mappings = mappings;
        this.stock = stock;
    }

    @Override
    public void readAll(Consumer<Listing> each) {
        MagentoShop shop = MagentoShop.of(client, connection);
        long last = 0;
        JsonNode items;
        do {
            items = client.get("products", "/products", after(last)).path("items");
            List<String> skus = new ArrayList<>();
            items.forEach(item -> skus.add(item.path("sku").asText()));
            Map<String, BigDecimal> units = stock.salable(skus);
            for (JsonNode item : items) {
                last = Math.max(last, item.path("id").asLong());
                hand((ObjectNode) item, shop, units, each);
            }
        } while (items.size() == PAGE);
    }

    private static Search after(long id) {
        return new Search()
                .where("entity_id", "gt", Long.toString(id))
                .where("status", "eq", "1")
                .whereAny("type_id", List.of("simple", "virtual", "downloadable"))
                .ascending("entity_id")
                .page(PAGE, 1);
    }

    /** One product that does not fit, such as a SKU with blanks, must not hide the others. */
    private void hand(ObjectNode item, MagentoShop shop, Map<String, BigDecimal> units, Consumer<Listing> each) {
        String sku = item.path("sku").asText();
        item.put("weir_currency", shop.currency()).put("weir_media_url", shop.mediaUrl());
        Amounts.round(item, "price", shop.currency());
        if (units.containsKey(sku)) {
            item.put("weir_salable", MagentoStock.whole(units.get(sku)));
        }
        Listing listing;
        try {
            listing = Canonical.listing(mappings.apply("magento", "listing", item));
        } catch (ChannelException e) {
            LOG.warn("Product {} of connection {} left out: {}", sku, connection.id(), e.getMessage());
            return;
        }
        each.accept(listing);
    }
}
