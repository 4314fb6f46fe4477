package dev.weir.live.internal;

import dev.weir.connectors.Outbox;
import dev.weir.live.SecretSeal;
import dev.weir.live.Show;
import dev.weir.live.ShowEvents;
import dev.weir.live.Shows;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/** Shows in PostgreSQL; each change locks the show's row, so that changes of one show happen one after the other. */
public final class JdbcShows implements Shows {
    private static final int NUMBERED_SLUGS = 20;

    private final TransactionTemplate transaction;
    private final ShowStore store;
    private final JdbcRunSheet runSheet;
    private final ShowEvents events;
    private final Outbox outbox;
    private final Clock clock;
    private final StreamKeys keys;

    /** Wired by {@link dev.weir.live.LiveModule}. */
    public JdbcShows(
            TransactionTemplate transaction,
            ShowStore store,
            JdbcRunSheet runSheet,
            ShowEvents events,
            Outbox outbox,
            Clock clock,
            SecretSeal seal) {
        this.transaction = transaction;
        this.store = store;
        this.runSheet = runSheet;
        this.events = events;
        this.outbox = outbox;
        this.clock = clock;
        this.keys = new StreamKeys(seal);
    }

    @Override
    public Show create(String brand, String title, @Nullable String slug, String host, @Nullable Instant startsAt) {
        text("title", title, 200);
        text("host", host, 100);
        String wanted = slug == null ? Slugs.of(title) : Slugs.check(slug);
        return inTransaction(() -> {
            Instant now = Sql.now(clock);
            for (int attempt = 1; attempt <= (slug == null ? NUMBERED_SLUGS + 1 : 1); attempt++) {
                Show show = new Show(
                        UUID.randomUUID(),
                        brand,
                        numbered(wanted, attempt),
                        title,
                        host,
                        Show.State.PLANNED,
                        startsAt,
                        null,
                        null);
                if (store.insert(show, keys.mint(), now)) {
                    tell(show, "ShowPlanned", now);
                    return store.lock(show.id());
                }
            }
            throw new IllegalArgumentException("slug: " + wanted + " (expected: one that no other show has)");
        });
    }

    @Override
    public Optional<Show> find(String idOrSlug) {
        return Uuids.parse(idOrSlug).flatMap(store::find).or(() -> store.findBySlug(idOrSlug));
    }

    @Override
    public List<Show> list(@Nullable String brand, int limit) {
        Sql.checkLimit(limit, 200);
        return store.list(brand, limit);
    }

    @Override
    public Show edit(UUID id, @Nullable String title, @Nullable String host, @Nullable Instant startsAt) {
        return inTransaction(() -> {
            Show old = store.lock(id);
            return changed(new Show(
                    id,
                    old.brand(),
                    old.slug(),
                    title == null ? old.title() : text("title", title, 200),
                    host == null ? old.host() : text("host", host, 100),
                    old.state(),
                    startsAt == null ? old.startsAt() : startsAt,
                    old.startedAt(),
                    old.endedAt()));
        });
    }

    @Override
    public Show start(UUID id) {
        return inTransaction(() -> {
            Show old = store.lock(id);
            return switch (old.state()) {
                case LIVE -> old;
                case ENDED -> throw new IllegalStateException("state: ENDED of show " + id + " (expected: PLANNED)");
                case PLANNED -> {
                    Instant now = Sql.now(clock);
                    yield moved(with(old, Show.State.LIVE, now, null), "ShowStarted", now);
                }
            };
        });
    }

    @Override
    public Show end(UUID id) {
        return inTransaction(() -> {
            Show old = store.lock(id);
            return switch (old.state()) {
                case ENDED -> old;
                case PLANNED -> throw new IllegalStateException("state: PLANNED of show " + id + " (expected: LIVE)");
                case LIVE -> {
                    Instant now = Sql.now(clock);
                    runSheet.close(old, now);
                    yield moved(with(old, Show.State.ENDED, old.startedAt(), now), "ShowEnded", now);
                }
            };
        });
    }

    @Override
    public Optional<Show> liveAt(String brand, Instant at) {
        return store.liveAt(brand, at);
    }

    @Override
    public String streamKey(UUID id) {
        return inTransaction(() -> {
            store.lock(id);
            return store.sealedKey(id).map(keys::open).orElseGet(() -> fresh(id));
        });
    }

    @Override
    public String rotateStreamKey(UUID id) {
        return inTransaction(() -> {
            store.lock(id);
            return fresh(id);
        });
    }

    @Override
    public Optional<Show> byStreamKey(String key) {
        if (key.isEmpty() || key.length() > StreamKeys.MAX_LENGTH) {
            return Optional.empty();
        }
        byte[] hash = StreamKeys.hash(key);
        return store.byKeyHash(hash)
                .filter(keyed -> MessageDigest.isEqual(keyed.hash(), hash))
                .map(ShowStore.Keyed::show);
    }

    private String fresh(UUID id) {
        StreamKeys.Minted key = keys.mint();
        store.setKey(id, key);
        return key.clear();
    }

    private Show moved(Show show, String type, Instant now) {
        Show stored = changed(show);
        tell(show, type, now);
        events.publish(
                show.id(),
                new ShowEvents.Event("state", Map.of("state", show.state().name()), false));
        return stored;
    }

    private Show changed(Show show) {
        store.update(show);
        return store.find(show.id()).orElseThrow(() -> ShowStore.unknown(show.id()));
    }

    private void tell(Show show, String type, Instant now) {
        Map<String, Object> payload = new HashMap<>(Map.of(
                "showId", show.id().toString(),
                "brand", show.brand(),
                "slug", show.slug(),
                "title", show.title(),
                "host", show.host(),
                "state", show.state().name(),
                "at", now));
        if (show.startsAt() != null) {
            payload.put("startsAt", show.startsAt());
        }
        outbox.append(show.brand(), Outbox.SHOWS, show.id().toString(), type, payload);
    }

    private <T> T inTransaction(java.util.function.Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }

    private static Show with(Show old, Show.State state, @Nullable Instant startedAt, @Nullable Instant endedAt) {
        return new Show(
                old.id(), old.brand(), old.slug(), old.title(), old.host(), state, old.startsAt(), startedAt, endedAt);
    }

    private static String numbered(String wanted, int attempt) {
        if (attempt == 1) {
            return wanted;
        }
        String suffix = attempt <= NUMBERED_SLUGS
                ? String.valueOf(attempt)
                : UUID.randomUUID().toString().substring(0, 8);
        return wanted + "-" + suffix;
    }

    private static String text(String name, String value, int most) {
        if (value.isBlank() || value.codePointCount(0, value.length()) > most) {
            throw new IllegalArgumentException(name + ": " + value.codePointCount(0, value.length())
                    + " characters (expected: 1.." + most + ", not blank)");
        }
        return value;
    }
}
