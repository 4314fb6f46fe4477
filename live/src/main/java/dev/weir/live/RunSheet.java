package dev.weir.live;

import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is shown and sold in a show, in which order, at which price, and what is pinned now? Thread-safe. */
public interface RunSheet {
    /** Most products of one show. */
    int MAX_PRODUCTS = 200;

    /** Replaces the show's products, in this order; IllegalArgumentException for a SKU that the catalogue does not know. */
    void set(UUID showId, List<Sku> skus);

    /** The show's products in order, at the price of now. */
    List<Item> items(UUID showId);

    /** One product of the show at the price of now, or empty when it is not on the run sheet. */
    Optional<Item> item(UUID showId, Sku sku);

    /** What a tap on {@code skus} finds at this moment, read in one go; empty when there is no such show. */
    Optional<Glance> glance(String showIdOrSlug, Set<Sku> skus);

    /**
     * A show, its prices and pin at one moment.
     *
     * @param prices of those of the asked that are on the run sheet
     * @param pinned null when nothing is pinned
     */
    record Glance(
            Show show, Map<Sku, Money> prices, @Nullable Sku pinned) {
        /** Copies the prices. */
        public Glance {
            prices = Map.copyOf(prices);
        }
    }

    /** Pins; ends an earlier pin. Repeating the pin of now changes nothing. IllegalArgumentException when not on the sheet. */
    Pin pin(UUID showId, Sku sku);

    /** Ends the pin of now; repeatable. */
    void unpin(UUID showId);

    /** What is pinned now. */
    Optional<Pin> pinned(UUID showId);

    /** What was pinned at {@code at}. */
    Optional<Pin> pinnedAt(UUID showId, Instant at);

    /** Sets a flash price until {@code until} (null: until the show ends); the list price stays visible. */
    Item flashPrice(UUID showId, Sku sku, Money price, @Nullable Instant until);

    /** {@code listPrice} is null unless a flash price runs. */
    record Item(
            Sku sku,
            String title,
            Money price,
            @Nullable Money listPrice,
            @Nullable URI imageUrl) {}

    /** Every pin of the show in order, at most 1,000, for a replay. */
    List<Pin> pins(UUID showId);

    /**
     * {@code mediaTimeMillis} is the show's own time since its start; {@code until} null while it lasts. {@code from}
     * and {@code to} are its place on the recorded picture; null where no stream ran, {@code to} also while it lasts
     * and when the recording ended before the pin did.
     */
    record Pin(
            UUID id,
            UUID showId,
            Sku sku,
            Instant since,
            @Nullable Instant until,
            long mediaTimeMillis,
            MediaClock.@Nullable Position from,
            MediaClock.@Nullable Position to) {}
}
