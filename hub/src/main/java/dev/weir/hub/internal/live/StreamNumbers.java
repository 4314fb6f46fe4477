package dev.weir.hub.internal.live;

import dev.weir.live.Show;
import dev.weir.simulcast.FanoutStats;
import dev.weir.simulcast.LivePhase;
import dev.weir.simulcast.LiveStats;
import dev.weir.simulcast.LiveStream;
import dev.weir.simulcast.Protocol;
import dev.weir.simulcast.RtcSessionStats;
import dev.weir.simulcast.TargetStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How does a show's stream do now, and how did it over the last five minutes?
 *
 * <p>Thread-safe. {@link #sample} is called by a timer; all else answers at once.
 */
public final class StreamNumbers {
    /** How often {@link #sample} is to be called. */
    static final Duration PERIOD = Duration.ofSeconds(5);

    /** Points kept of each show: five minutes. */
    static final int POINTS = 60;

    private final ShowStreams streams;
    private final StreamPorts ports;
    private final Clock clock;
    private final Map<UUID, Deque<Point>> histories = new ConcurrentHashMap<>();

    StreamNumbers(ShowStreams streams, StreamPorts ports, Clock clock) {
        this.streams = streams;
        this.ports = ports;
        this.clock = clock;
    }

    /** One moment of the chart; {@code queueMillis} is that of the slowest target. */
    public record Point(Instant at, long kbps, double fps, int viewers, long queueMillis) {}

    /** The host's side; {@code state} is LIVE, GAP or OFF. {@code stopped}: the host said so itself. {@code warnings} are for people. */
    public record Host(
            boolean connected,
            @Nullable Protocol protocol,
            String state,
            boolean stopped,
            @Nullable String endedReason,
            long bitrateKbps,
            double fps,
            double gopSeconds,
            boolean bFrames,
            long avSkewMillis,
            int width,
            int height,
            int reconnects,
            List<String> warnings) {}

    /** Everything at once. */
    public record Snapshot(Instant at, Host host, ViewerNumbers viewers, List<Point> history) {}

    /** The show's numbers now; all zero while nobody has published. */
    public Snapshot of(Show show) {
        return new Snapshot(clock.instant(), host(show.id()), viewers(show.id()), history(show.id()));
    }

    /** Takes one point of every live, and forgets those that are over. */
    void sample() {
        Map<UUID, LiveStream> lives = streams.lives();
        histories.keySet().retainAll(lives.keySet());
        Instant now = clock.instant();
        lives.forEach((showId, live) -> {
            Deque<Point> history = histories.computeIfAbsent(showId, id -> new ArrayDeque<>(POINTS));
            Point point = point(showId, live, now);
            synchronized (history) {
                if (history.size() == POINTS) {
                    history.removeFirst();
                }
                history.add(point);
            }
        });
    }

    private Point point(UUID showId, LiveStream live, Instant now) {
        LiveStats stats = live.stats();
        boolean quiet = stats.phase() != LivePhase.ON_AIR && stats.phase() != LivePhase.GAP;
        ViewerNumbers viewers = viewers(showId);
        long queue = live.targets().list().stream()
                .mapToLong(TargetStatus::queueMillis)
                .max()
                .orElse(0);
        return new Point(
                now,
                quiet ? 0 : stats.fanout().bitsPerSecond() / 1000,
                quiet ? 0 : stats.fanout().framesPerSecond(),
                viewers.whep() + viewers.hlsWaiting(),
                queue);
    }

    /** The points so far, oldest first. */
    private List<Point> history(UUID showId) {
        Deque<Point> history = histories.get(showId);
        if (history == null) {
            return List.of();
        }
        synchronized (history) {
            return List.copyOf(history);
        }
    }

    /** The viewers of one show. */
    ViewerNumbers viewers(UUID showId) {
        List<RtcSessionStats> sessions = ports.viewers(showId);
        int waiting = streams.find(showId)
                .map(live -> live.hlsStats().blockedRequests())
                .orElse(0);
        return ViewerNumbers.of(sessions, waiting);
    }

    /** The host of one show. */
    public Host host(UUID showId) {
        return streams.find(showId)
                .map(live -> host(live.stats(), streams.protocol(showId)))
                .orElseGet(() -> new Host(false, null, "OFF", false, null, 0, 0, 0, false, 0, 0, 0, 0, List.of()));
    }

    private static Host host(LiveStats stats, @Nullable Protocol protocol) {
        FanoutStats passes = stats.fanout();
        boolean onAir = stats.phase() == LivePhase.ON_AIR;
        return new Host(
                stats.hostConnected(),
                stats.hostConnected() ? protocol : null,
                state(stats.phase()),
                stats.hostStopped(),
                stats.endedReason(),
                onAir ? passes.bitsPerSecond() / 1000 : 0,
                onAir ? passes.framesPerSecond() : 0,
                passes.gopMillis() / 1000.0,
                passes.bFrames(),
                passes.avSkewMillis(),
                stats.width(),
                stats.height(),
                Math.max(0, stats.hostSessions() - 1),
                onAir ? warnings(stats) : List.of());
    }

    private static String state(LivePhase phase) {
        return switch (phase) {
            case ON_AIR -> "LIVE";
            case GAP -> "GAP";
            case WAITING, ENDED -> "OFF";
        };
    }

    private static List<String> warnings(LiveStats stats) {
        FanoutStats passes = stats.fanout();
        List<String> warnings = new ArrayList<>();
        if (passes.bFrames()) {
            warnings.add("The encoder sends B-frames. Browsers cannot play them at once, so the picture is re-encoded"
                    + " here for the player: set B-frames to 0 to save that.");
        }
        if (passes.gopMillis() > 4500) {
            warnings.add("Key frames are %.1f s apart: set the key frame interval to 2 s, so that viewers start quickly"
                    .formatted(passes.gopMillis() / 1000.0));
        }
        if (passes.framesPerSecond() > 0 && passes.framesPerSecond() < 20) {
            warnings.add("Only %.0f pictures a second arrive: the encoder or its connection is too slow"
                    .formatted(passes.framesPerSecond()));
        }
        if (Math.abs(passes.avSkewMillis()) > 500) {
            warnings.add("Sound and picture arrive %d ms apart".formatted(Math.abs(passes.avSkewMillis())));
        }
        if (stats.height() > 0 && stats.width() > stats.height()) {
            warnings.add("The picture is wide: TikTok and Instagram show upright video, 720x1280 is usual");
        }
        return warnings;
    }
}
