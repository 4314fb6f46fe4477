package dev.weir.simulcast;

import dev.weir.simulcast.internal.live.LiveTime;
import dev.weir.simulcast.internal.live.Stills;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which shows have a stream here?
 *
 * <p>A stream is opened when it is first asked for, by its publisher or by someone who adds a target, and lives until
 * it is ended. Thread-safe.
 */
public final class LiveStreams implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveStreams.class);
    /** A sound frame lasts about as long. */
    private static final Duration TICK = Duration.ofMillis(20);

    private final LiveStreamsConfig config;
    private final InstantSource clock;
    private final LiveTime time;
    private final Stills stills;
    private final @Nullable Recordings recordings;
    private final Map<String, LiveStream> streams = new ConcurrentHashMap<>();
    private final Thread ticker = Thread.ofVirtual().name("live-time").unstarted(this::run);

    /** None yet. */
    public LiveStreams(LiveStreamsConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.time = LiveTime.of(clock);
        this.stills = new Stills(config.slate());
        RecordingConfig recording = config.recording();
        this.recordings = recording == null ? null : new Recordings(recording, clock);
        ticker.start();
    }

    /** None yet, with the usual settings apart from targets. */
    public LiveStreams(TargetPolicy policy, InstantSource clock) {
        this(LiveStreamsConfig.standard().withTargets(policy), clock);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(TICK);
                streams.values().forEach(LiveStreams::tick);
            }
        } catch (InterruptedException e) {
            LOG.trace("the lives' time ends");
        }
    }

    private static void tick(LiveStream stream) {
        try {
            stream.tick();
        } catch (RuntimeException e) {
            LOG.error("live {}: its time cannot be moved", stream.showId(), e);
        }
    }

    /** The stream of the show, made when there is none. */
    public LiveStream open(String showId) {
        return streams.computeIfAbsent(showId, id -> new LiveStream(id, config, stills, recordings, clock, time));
    }

    /** The stream of the show, if it was opened and not ended. */
    public Optional<LiveStream> find(String showId) {
        return Optional.ofNullable(streams.get(showId));
    }

    /** What was recorded; empty when nothing is. */
    public Optional<Recordings> recordings() {
        return Optional.ofNullable(recordings);
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
        ticker.interrupt();
        streams.keySet().forEach(this::end);
        if (recordings != null) {
            recordings.close();
        }
    }
}
