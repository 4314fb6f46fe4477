package dev.weir.simulcast;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which shows have a stream here?
 *
 * <p>A stream is opened when it is first asked for, by its publisher or by someone who adds a target, and lives until
 * it is ended. Thread-safe.
 */
public final class LiveStreams implements AutoCloseable {

    private final TargetPolicy policy;
    private final InstantSource clock;
    private final Map<String, LiveStream> streams = new ConcurrentHashMap<>();

    /** None yet. */
    public LiveStreams(TargetPolicy policy, InstantSource clock) {
        this.policy = policy;
        this.clock = clock;
    }

    /** The stream of the show, made when there is none. */
    public LiveStream open(String showId) {
        return streams.computeIfAbsent(showId, id -> new LiveStream(id, policy, clock));
    }

    /** The stream of the show, if it was opened and not ended. */
    public Optional<LiveStream> find(String showId) {
        return Optional.ofNullable(streams.get(showId));
    }

    /** All streams now. */
    public List<LiveStream> list() {
        return List.copyOf(streams.values());
    }

    /** Ends the show's stream and forgets it; false when there is none. */
    public boolean end(String showId) {
        LiveStream stream = streams.remove(showId);
        if (stream == null) {
            return false;
        }
        stream.close();
        return true;
    }

    /** Ends all of them. */
    @Override
    public void close() {
        streams.keySet().forEach(this::end);
    }
}
