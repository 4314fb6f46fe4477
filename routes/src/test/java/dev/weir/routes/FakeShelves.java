package dev.weir.routes;

import dev.weir.connectors.Listing;
import dev.weir.connectors.Outbox;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import dev.weir.live.Catalogue;
import dev.weir.reservation.ChannelLevels;
import dev.weir.reservation.StockLedger;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** What is sold and how many there are, of many brands, in memory; each change of stock is told to the outbox. */
final class FakeShelves {
    private final Outbox outbox;
    private final Map<String, StockLedger.Level> levels = new ConcurrentHashMap<>();
    private final Map<String, Catalogue.Product> products = new ConcurrentHashMap<>();
    private final Map<String, Listing> listings = new ConcurrentHashMap<>();
    final Map<String, Integer> allocated = new ConcurrentHashMap<>();
    final List<StockLevel> confirmed = new CopyOnWriteArrayList<>();
    final Ledger ledger = new Ledger();
    final Channels channels = new Channels();
    final Books catalogue = new Books();

    FakeShelves(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Stores a level unless a newer one is there, and tells nobody. */
    void keep(String brand, Sku sku, int available, long version) {
        levels.merge(
                brand + "/" + sku,
                new StockLedger.Level(sku, available, 0, 0, available, List.of(), version),
                (old, fresh) -> fresh.version() > old.version() ? fresh : old);
    }

    /** Tells a level as the reservation module does, and stores it unless a newer one is there. */
    void tell(String brand, Sku sku, int available, long version) {
        keep(brand, sku, available, version);
        outbox.append(
                brand,
                Outbox.STOCK,
                brand + "/" + sku,
                "StockChanged",
                Map.of("brand", brand, "sku", sku.value(), "available", available, "version", version));
    }

    final class Ledger implements StockLedger {
        @Override
        public Optional<Level> level(String brand, Sku sku) {
            return Optional.ofNullable(levels.get(brand + "/" + sku));
        }

        @Override
        public List<Level> levels(String brand, String after, int limit) {
            return levels.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(brand + "/"))
                    .map(Map.Entry::getValue)
                    .filter(level -> level.sku().value().compareTo(after) > 0)
                    .sorted(Comparator.comparing(Level::sku))
                    .limit(limit)
                    .toList();
        }

        @Override
        public Level setOnHand(String brand, Sku sku, int onHand, String cause) {
            long version = level(brand, sku).map(Level::version).orElse(0L) + 1;
            tell(brand, sku, onHand, version);
            return level(brand, sku).orElseThrow();
        }
    }

    /** Mirrored, unless {@link #allocated} has a number for {@code channel/sku}. */
    final class Channels implements ChannelLevels {
        @Override
        public Map<Sku, StockLevel> published(String brand, String channel, Collection<Sku> skus) {
            return skus.stream()
                    .flatMap(sku -> ledger.level(brand, sku).stream())
                    .map(level -> new StockLevel(
                            level.sku(),
                            allocated.getOrDefault(channel + "/" + level.sku(), level.available()),
                            level.version()))
                    .collect(Collectors.toMap(StockLevel::sku, level -> level));
        }

        @Override
        public void confirmed(String brand, String channel, List<StockLevel> taken) {
            confirmed.addAll(taken);
        }
    }

    final class Books implements Catalogue {
        @Override
        public void put(String brand, UUID connectionId, Listing listing) {
            products.put(
                    brand + "/" + listing.sku(),
                    new Product(listing.sku(), listing.title(), listing.price(), listing.imageUrl()));
            listings.put(connectionId + "/" + listing.sku(), listing);
        }

        @Override
        public void putIds(String brand, UUID connectionId, List<Listing> ours) {
            ours.forEach(listing -> listings.put(connectionId + "/" + listing.sku(), listing));
        }

        @Override
        public Optional<Product> find(String brand, Sku sku) {
            return Optional.ofNullable(products.get(brand + "/" + sku));
        }

        @Override
        public List<Product> list(String brand, String after, int limit) {
            return products.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(brand + "/"))
                    .map(Map.Entry::getValue)
                    .filter(product -> product.sku().value().compareTo(after) > 0)
                    .sorted(Comparator.comparing(Product::sku))
                    .limit(limit)
                    .toList();
        }

        @Override
        public List<Product> search(String brand, String words, String after, int limit) {
            return list(brand, after, Integer.MAX_VALUE).stream()
                    .filter(product -> (product.sku() + " " + product.title()).contains(words))
                    .limit(limit)
                    .toList();
        }

        @Override
        public Optional<Listing> listing(UUID connectionId, Sku sku) {
            return Optional.ofNullable(listings.get(connectionId + "/" + sku));
        }

        @Override
        public List<Listing> listings(UUID connectionId) {
            return listings.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(connectionId + "/"))
                    .map(Map.Entry::getValue)
                    .toList();
        }

        @Override
        public Optional<Sku> skuOf(UUID connectionId, String id) {
            return listings(connectionId).stream()
                    .filter(listing -> id.equals(listing.externalId()) || id.equals(listing.stockRef()))
                    .map(Listing::sku)
                    .findFirst();
        }
    }
}
