package dev.weir.hub.internal.live;

import dev.weir.hub.internal.connections.TargetStore;
import dev.weir.live.MediaClock;
import dev.weir.live.Show;
import dev.weir.live.ShowEvents;
import dev.weir.live.Shows;
import dev.weir.simulcast.CountingSinks;
import dev.weir.simulcast.LiveListener;
import dev.weir.simulcast.LiveStream;
import dev.weir.simulcast.LiveStreams;
import dev.weir.simulcast.LiveStreamsConfig;
import dev.weir.simulcast.Protocol;
import dev.weir.simulcast.PublishRequest;
import dev.weir.simulcast.PublishVerdict;
import dev.weir.simulcast.StreamTarget;
import dev.weir.simulcast.StreamTargets;
import dev.weir.simulcast.TargetFit;
import dev.weir.simulcast.TargetSpec;
import dev.weir.simulcast.TargetStatus;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which stream belongs to which show? Lets encoders in by their key, and keeps each show's targets. Thread-safe. */
public final class ShowStreams {
    /** RTMP application that hosts publish to. */
    public static final String HOST_APP = "live";

    /** RTMP application that stands in for the social platforms' ingests in the demo; counts what arrives. */
    public static final String SANDBOX_APP = "sandbox";

    private static final Logger LOG = LoggerFactory.getLogger(ShowStreams.class);

    private final Shows shows;
    private final ShowEvents events;
    private final TargetStore store;
    private final ViewerEdge edge;
    private final boolean sandbox;
    private final LiveStreams streams;
    private final CountingSinks sandboxIngest;
    private final EndedStreams ended;
    private final Map<UUID, LiveListener> listeners = new ConcurrentHashMap<>();
    private final Map<UUID, Protocol> protocols = new ConcurrentHashMap<>();

    /** {@code sandbox} lets anyone publish to {@link #SANDBOX_APP}, where it is only counted. */
    ShowStreams(
            Shows shows,
            ShowEvents events,
            TargetStore store,
            ViewerEdge edge,
            LiveStreamsConfig config,
            boolean sandbox,
            Clock clock) {
        this.shows = shows;
        this.events = events;
        this.store = store;
        this.edge = edge;
        this.sandbox = sandbox;
        this.sandboxIngest = new CountingSinks(clock);
        this.streams = new LiveStreams(config, clock);
        this.ended = new EndedStreams(clock);
    }

    /** Puts the stored targets in place. */
    void open() {
        store.open().forEach(this::attach);
    }

    /** Ends every stream. */
    void close() {
        streams.close();
    }

    /** Whether an encoder may publish, over whichever protocol it came. */
    PublishVerdict authorize(PublishRequest request) {
        if (request.app().equals(SANDBOX_APP) && sandbox) {
            return new PublishVerdict.Accepted(sandboxIngest.open(request.key()));
        }
        if (!request.app().equals(HOST_APP)) {
            return new PublishVerdict.Refused("No such application (expected: " + HOST_APP + ")");
        }
        Optional<Show> show = shows.byStreamKey(request.key());
        if (show.isEmpty()) {
            LOG.info("Refused a publisher at {}: its key opens no show", request.remoteAddress());
            return new PublishVerdict.Refused("The stream key is unknown or its show has ended");
        }
        UUID id = show.get().id();
        protocols.put(id, request.protocol());
        return new PublishVerdict.Accepted(stream(id).openHost());
    }

    private LiveStream stream(UUID showId) {
        LiveStream stream = streams.open(showId.toString());
        listeners.computeIfAbsent(showId, id -> {
            LiveListener listener = new HostNews(id);
            stream.addListener(listener);
            edge.targets(id).forEach(stream.targets()::add);
            return listener;
        });
        return stream;
    }

    /** The show's stream, once somebody published or a target was added. */
    public Optional<LiveStream> find(UUID showId) {
        return streams.find(showId.toString());
    }

    /** The same, and for a minute after the show's end what players need to hear of it. */
    public Optional<LiveStream> playable(UUID showId) {
        return find(showId).or(() -> ended.find(showId));
    }

    /** Whether a host is publishing now. */
    public boolean hostConnected(UUID showId) {
        return find(showId).map(LiveStream::hostConnected).orElse(false);
    }

    /** What was recorded; nothing where recording is switched off. */
    ShowRecordings recordings() {
        return new ShowRecordings(streams.recordings().orElse(null));
    }

    /** Which way the show's present or last host came. */
    @Nullable
    Protocol protocol(UUID showId) {
        return protocols.get(showId);
    }

    /** Where on its picture the show is. */
    public Optional<MediaClock.Position> position(UUID showId) {
        return find(showId)
                .flatMap(LiveStream::mediaTime)
                .map(time -> new MediaClock.Position(time.epoch(), time.millis()));
    }

    /** Every stream that is open now, on air or not. */
    Map<UUID, LiveStream> lives() {
        Map<UUID, LiveStream> lives = new LinkedHashMap<>();
        streams.list().forEach(stream -> lives.put(UUID.fromString(stream.showId()), stream));
        return lives;
    }

    /** The show is over: players get the end of the playlist, targets are closed. */
    public void end(UUID showId) {
        find(showId).ifPresent(stream -> ended.keep(showId, stream));
        streams.end(showId.toString());
        listeners.remove(showId);
        protocols.remove(showId);
    }

    /** How the show's targets do. */
    public List<TargetStatus> targets(UUID showId) {
        return find(showId).map(stream -> stream.targets().list()).orElse(List.of()).stream()
                .filter(target -> !ViewerEdge.owns(target.id()))
                .toList();
    }

    /** Adds a target, or changes it while the others go on. */
    public void putTarget(TargetStore.Target target) {
        store.save(target);
        attach(target);
    }

    /** The show's target as it was added. */
    public Optional<TargetStore.Target> target(UUID showId, UUID id) {
        return store.find(showId, id);
    }

    /** What becomes of a stream that exceeds the target's limits. */
    public TargetFit fit(UUID showId, String id) {
        return find(showId)
                .flatMap(stream -> stream.targets().find(id))
                .map(target -> target.spec().fit())
                .orElse(TargetFit.AS_IS);
    }

    /** Tries again now; without effect on one that is connected. */
    public void retryTarget(UUID showId, UUID id) {
        find(showId).flatMap(stream -> stream.targets().find(id.toString())).ifPresent(StreamTarget::retry);
    }

    /** Removes a target; repeatable. */
    public void removeTarget(UUID showId, UUID id) {
        store.delete(showId, id);
        detach(showId, id);
    }

    private void attach(TargetStore.Target target) {
        TargetSpec preset = target.preset().spec(target.id().toString(), target.name(), target.url(), target.fit());
        TargetSpec spec = new TargetSpec(
                preset.id(), preset.name(), target.channel(), preset.url(), preset.limits(), preset.fit());
        StreamTargets targets = stream(target.showId()).targets();
        if (!targets.replace(spec)) {
            targets.add(spec);
        }
    }

    private void detach(UUID showId, UUID id) {
        find(showId).ifPresent(stream -> {
            try {
                stream.targets().remove(id.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Tells the show's listeners that the host came or went. */
    private final class HostNews implements LiveListener {
        private final UUID showId;

        private HostNews(UUID showId) {
            this.showId = showId;
        }

        @Override
        public void onPublishing(String id) {
            tell(true, "LIVE", false);
        }

        @Override
        public void onHostLeft(String id, String reason) {
            tell(false, "GAP", false);
        }

        @Override
        public void onHostStopped(String id, String reason) {
            tell(false, "GAP", true);
        }

        @Override
        public void onEnded(String id, String reason) {
            tell(false, "OFF", false);
        }

        private void tell(boolean connected, String state, boolean stopped) {
            Map<String, Object> data = Map.of("connected", connected, "state", state, "stopped", stopped);
            events.publish(showId, new ShowEvents.Event("host", data, false));
        }
    }
}
