package dev.weir.live;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which shows are there? Thread-safe; changes are announced through {@link ShowEvents} after they are stored. */
public interface Shows {
    /** Plans a show and mints its stream key; {@code slug} null derives one from the title. */
    Show create(String brand, String title, @Nullable String slug, String host, @Nullable Instant startsAt);

    /** By id or slug. */
    Optional<Show> find(String idOrSlug);

    /** Newest first, of one brand or (null) of all; {@code limit} 1..200. */
    List<Show> list(@Nullable String brand, int limit);

    /** Changes what is not null. */
    Show edit(UUID id, @Nullable String title, @Nullable String host, @Nullable Instant startsAt);

    /** PLANNED to LIVE; repeatable. IllegalStateException when it has ended. */
    Show start(UUID id);

    /** LIVE to ENDED; repeatable. Pins end with it. */
    Show end(UUID id);

    /** The show of the brand that was on air at {@code at}; the one started last when several were. */
    Optional<Show> liveAt(String brand, Instant at);

    /** The key an encoder publishes with; mints one when there is none. */
    String streamKey(UUID id);

    /** A fresh key; the old one is refused from now on. */
    String rotateStreamKey(UUID id);

    /** The show that {@code key} publishes to, compared in constant time; empty for any other text or an ended show. */
    Optional<Show> byStreamKey(String key);
}
