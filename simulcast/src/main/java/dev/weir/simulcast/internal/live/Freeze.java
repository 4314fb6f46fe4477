package dev.weir.simulcast.internal.live;

import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.Track;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Has one track stopped while the other goes on, as when a camera dies and the microphone does not? Then the last
 * picture, or silence, takes its place under the same headers, because players and targets that need both would wait.
 * A track that never came is not missed. Not thread-safe.
 */
final class Freeze {

    private final long afterMillis;
    private final Map<Track, Long> lastAt = new EnumMap<>(Track.class);
    private final Map<Track, Slate> fillers = new EnumMap<>(Track.class);

    /** A track counts as stopped after so long. */
    Freeze(long afterMillis) {
        this.afterMillis = afterMillis;
    }

    /** True when this frame continues nothing: pictures come back with a key frame. */
    boolean refuses(MediaUnit unit) {
        return unit.track() == Track.VIDEO && fillers.containsKey(Track.VIDEO) && !unit.startsGop();
    }

    /** The host's frame came. */
    void arrived(Track track, long now) {
        lastAt.put(track, now);
        fillers.remove(track);
    }

    /** The host is away with both, or another one is here: what follows is new. */
    void forget() {
        lastAt.clear();
        fillers.clear();
    }

    /** Fills in for what has stopped, until {@code mediaMillis}. */
    void tick(long now, long mediaMillis, Function<Track, Slate> filler, Consumer<MediaUnit> out) {
        lastAt.forEach((track, at) -> {
            if (now - at >= afterMillis) {
                fillers.computeIfAbsent(track, filler).fill(mediaMillis, out);
            }
        });
    }
}
