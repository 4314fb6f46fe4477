package dev.weir.live;

import dev.weir.connectors.Listing;
import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What does the brand sell, and under which id does each shop know it? Thread-safe. */
public interface Catalogue {
    /** Creates or updates the product, and the shop's own ids of it. */
    void put(String brand, UUID connectionId, Listing listing);

    /** As {@link #put} for each, in one transaction; a page of a catalogue, 5,000 at most. Later ones of one SKU win. */
    default void putAll(String brand, UUID connectionId, List<Listing> listings) {
        listings.forEach(listing -> put(brand, connectionId, listing));
    }

    /**
     * Notes the shop's own ids of products that the brand has, leaving the products as they are; 5,000 at most, in one transaction.
     */
    void putIds(String brand, UUID connectionId, List<Listing> listings);

    /** The product. */
    Optional<Product> find(String brand, Sku sku);

    /** The products that are there of these SKUs, 1,000 at most, in any order. */
    default List<Product> find(String brand, Collection<Sku> skus) {
        return skus.stream().flatMap(sku -> find(brand, sku).stream()).toList();
    }

    /** In order of SKU, after {@code after} (exclusive, or the empty string); {@code limit} 1..500. */
    List<Product> list(String brand, String after, int limit);

    /**
     * Products whose SKU or title contains {@code words}, whatever the case of its letters, in order of SKU, after {@code after}
     * (exclusive, or the empty string); {@code limit} 1..500.
     */
    List<Product> search(String brand, String words, String after, int limit);

    /** How that shop knows the SKU. */
    Optional<Listing> listing(UUID connectionId, Sku sku);

    /** How that shop knows those of these SKUs that it has, 5,000 at most, in any order. */
    default List<Listing> listings(UUID connectionId, Collection<Sku> skus) {
        return skus.stream().flatMap(sku -> listing(connectionId, sku).stream()).toList();
    }

    /** Every listing of a small shop; at most 10,000. */
    List<Listing> listings(UUID connectionId);

    /** The SKU that the shop's stock record or variant id belongs to. */
    Optional<Sku> skuOf(UUID connectionId, String externalIdOrStockRef);

    /** A product at its list price. */
    record Product(
            Sku sku, String title, Money price, @Nullable URI imageUrl) {}
}
