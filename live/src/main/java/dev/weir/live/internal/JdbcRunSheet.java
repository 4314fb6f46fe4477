package dev.weir.live.internal;

import dev.weir.connectors.Money;
import dev.weir.connectors.Outbox;
import dev.weir.connectors.Sku;
import dev.weir.live.MediaClock;
import dev.weir.live.RunSheet;
import dev.weir.live.Show;
import dev.weir.live.ShowEvents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The run sheet in PostgreSQL; each change locks the show's row first, the unique indexes have the last word. */
public final class JdbcRunSheet implements RunSheet {
    private final TransactionTemplate transaction;
    private final ShowStore shows;
    private final SheetStore sheet;
    private final PinStore pins;
    private final ShowEvents events;
    private final Outbox outbox;
    private final Clock clock;
    private final MediaClock mediaClock;

    /** Wired by {@link dev.weir.live.LiveModule}. */
    public JdbcRunSheet(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            ShowStore shows,
            ShowEvents events,
            Outbox outbox,
            Clock clock,
            MediaClock mediaClock) {
        this.transaction = transaction;
        this.shows = shows;
        this.sheet = new SheetStore(jdbc);
        this.pins = new PinStore(jdbc);
        this.events = events;
        this.outbox = outbox;
        this.clock = clock;
        this.mediaClock = mediaClock;
    }

    @Override
    public void set(UUID showId, List<Sku> skus) {
        Set<Sku> distinct = new LinkedHashSet<>(skus);
        if (distinct.size() != skus.size() || skus.size() > MAX_PRODUCTS) {
            throw new IllegalArgumentException("skus: " + skus.size() + ", " + distinct.size()
                    + " distinct (expected: each once, at most " + MAX_PRODUCTS + ")");
        }
        transaction.executeWithoutResult(status -> {
            Show show = shows.lock(showId);
            for (Sku sku : sheet.unknown(show.brand(), skus)) {
                throw new IllegalArgumentException(
                        "sku: " + sku + " (expected: one in the catalogue of " + show.brand() + ")");
            }
            sheet.replace(showId, skus);
            Instant now = Sql.now(clock);
            pins.open(showId).filter(pin -> !distinct.contains(pin.sku())).ifPresent(pin -> unpin(show, pin, now));
            sheet.endFlashPricesOffSheet(showId, now);
        });
    }

    @Override
    public List<Item> items(UUID showId) {
        return sheet.items(showId, Sql.now(clock));
    }

    @Override
    public Optional<Item> item(UUID showId, Sku sku) {
        return sheet.item(showId, sku, Sql.now(clock));
    }

    @Override
    public Optional<Glance> glance(String showIdOrSlug, Set<Sku> skus) {
        Instant now = Sql.now(clock);
        return Uuids.parse(showIdOrSlug)
                .flatMap(id -> sheet.glance(id, skus, now))
                .or(() -> shows.findBySlug(showIdOrSlug).flatMap(show -> sheet.glance(show.id(), skus, now)));
    }

    @Override
    public Pin pin(UUID showId, Sku sku) {
        return inTransaction(() -> {
            Show show = notEnded(shows.lock(showId));
            onSheet(showId, sku);
            Optional<Pin> open = pins.open(showId);
            if (open.isPresent() && open.get().sku().equals(sku)) {
                return open.get();
            }
            Instant now = Sql.now(clock);
            // One place on the picture for both: between two there would be a picture without a product.
            MediaClock.Position place = mediaClock.now(showId).orElse(null);
            open.ifPresent(pin -> ended(show, pin, now, place));
            Pin pin = new Pin(UUID.randomUUID(), showId, sku, now, null, mediaTime(show, now), place, null);
            pins.insert(pin);
            told(show, "PinStarted", pin, now);
            events.publish(showId, event("pin", Map.of("sku", sku.value(), "pinnedAt", now.toString())));
            return pin;
        });
    }

    @Override
    public void unpin(UUID showId) {
        transaction.executeWithoutResult(status -> {
            Show show = shows.lock(showId);
            pins.open(showId).ifPresent(pin -> unpin(show, pin, Sql.now(clock)));
        });
    }

    @Override
    public List<Pin> pins(UUID showId) {
        return pins.all(showId);
    }

    @Override
    public Optional<Pin> pinned(UUID showId) {
        return pins.open(showId);
    }

    @Override
    public Optional<Pin> pinnedAt(UUID showId, Instant at) {
        return pins.at(showId, at);
    }

    @Override
    public Item flashPrice(UUID showId, Sku sku, Money price, @Nullable Instant until) {
        return inTransaction(() -> {
            notEnded(shows.lock(showId));
            Instant now = Sql.now(clock);
            Money list = listPrice(onSheet(showId, sku));
            if (!price.currency().equals(list.currency()) || price.minor() < 1 || price.minor() > list.minor()) {
                throw new IllegalArgumentException(
                        "price: " + price + " (expected: more than 0 and at most the list price " + list + ")");
            }
            if (until != null && !until.isAfter(now)) {
                throw new IllegalArgumentException("until: " + until + " (expected: after " + now + ")");
            }
            sheet.endFlashPrice(showId, sku, now);
            if (!price.equals(list)) {
                sheet.insertFlashPrice(showId, sku, price, now, until);
            }
            Item item = onSheet(showId, sku);
            events.publish(showId, event("price", priceData(item, until)));
            return item;
        });
    }

    /** Ends what runs, because the show ends; the caller holds the show's row. */
    void close(Show show, Instant now) {
        pins.open(show.id()).ifPresent(pin -> unpin(show, pin, now));
        sheet.endFlashPrices(show.id(), now);
    }

    private void unpin(Show show, Pin pin, Instant now) {
        ended(show, pin, now, mediaClock.now(show.id()).orElse(null));
        events.publish(show.id(), event("unpin", Map.of()));
    }

    private void ended(Show show, Pin pin, Instant now, MediaClock.@Nullable Position place) {
        pins.close(pin.id(), now, place);
        told(show, "PinEnded", pin, now);
    }

    private void told(Show show, String type, Pin pin, Instant now) {
        outbox.append(
                show.brand(),
                Outbox.SHOWS,
                show.id().toString(),
                type,
                Map.of(
                        "showId", show.id().toString(),
                        "pinId", pin.id().toString(),
                        "sku", pin.sku().value(),
                        "host", show.host(),
                        "mediaTimeMillis", mediaTime(show, now),
                        "at", now));
    }

    private Item onSheet(UUID showId, Sku sku) {
        return item(showId, sku)
                .orElseThrow(() -> new IllegalArgumentException(
                        "sku: " + sku + " (expected: one on the run sheet of show " + showId + ")"));
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }

    private static Show notEnded(Show show) {
        if (show.state() == Show.State.ENDED) {
            throw new IllegalStateException("state: ENDED of show " + show.id() + " (expected: PLANNED or LIVE)");
        }
        return show;
    }

    private static long mediaTime(Show show, Instant now) {
        Instant started = show.startedAt();
        return started == null ? 0 : Math.max(0, Duration.between(started, now).toMillis());
    }

    private static Money listPrice(Item item) {
        Money list = item.listPrice();
        return list == null ? item.price() : list;
    }

    private static Map<String, Object> priceData(Item item, @Nullable Instant until) {
        Map<String, Object> data = new HashMap<>();
        data.put("sku", item.sku().value());
        data.put("price", Sql.json(item.price()));
        data.put("listPrice", Sql.json(listPrice(item)));
        if (until != null) {
            data.put("until", until.toString());
        }
        return data;
    }

    private static ShowEvents.Event event(String name, Map<String, ?> data) {
        return new ShowEvents.Event(name, data, false);
    }
}
