package dev.weir.hub.internal.live;

import dev.weir.hub.internal.WeirSettings;
import dev.weir.hub.internal.connections.TargetStore;
import dev.weir.live.Show;
import dev.weir.live.ShowEvents;
import dev.weir.live.Shows;
import dev.weir.simulcast.CountingSinks;
import dev.weir.simulcast.FanoutStats;
import dev.weir.simulcast.GeneratedHost;
import dev.weir.simulcast.HostSpec;
import dev.weir.simulcast.LiveListener;
import dev.weir.simulcast.LiveStats;
import dev.weir.simulcast.LiveStream;
import dev.weir.simulcast.LiveStreams;
import dev.weir.simulcast.PublishRequest;
import dev.weir.simulcast.PublishVerdict;
import dev.weir.simulcast.RtmpConfig;
import dev.weir.simulcast.RtmpServer;
import dev.weir.simulcast.TargetPolicy;
import dev.weir.simulcast.TargetSpec;
import dev.weir.simulcast.TargetStatus;
import java.net.URI;
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
import org.springframework.context.SmartLifecycle;

/** Which stream belongs to which show? Lets encoders in by their key, and keeps each show's targets. Thread-safe. */
public final class ShowStreams implements SmartLifecycle {
    /** RTMP application that hosts publish to. */
    public static final String HOST_APP = "live";

    /** RTMP application that stands in for the social platforms' ingests in the demo; counts what arrives. */
    public static final String SANDBOX_APP = "sandbox";

    private static final Logger LOG = LoggerFactory.getLogger(ShowStreams.class);

    private final Shows shows;
    private final ShowEvents events;
    private final TargetStore store;
    private final BaseUrl baseUrl;
    private final WeirSettings settings;
    private final Clock clock;
    private final LiveStreams streams;
    private final CountingSinks sandboxIngest;
    private final Map<UUID, LiveListener> listeners = new ConcurrentHashMap<>();
    private @Nullable RtmpServer server;
    private @Nullable GeneratedHost generatedHost;

    ShowStreams(
            Shows shows, ShowEvents events, TargetStore store, BaseUrl baseUrl, WeirSettings settings, Clock clock) {
        this.shows = shows;
        this.events = events;
        this.store = store;
        this.baseUrl = baseUrl;
        this.settings = settings;
        this.clock = clock;
        this.sandboxIngest = new CountingSinks(clock);
        this.streams = new LiveStreams(TargetPolicy.standard(), clock);
    }

    @Override
    public synchronized void start() {
        for (TargetStore.Target target : store.open()) {
            attach(target);
        }
        server = RtmpServer.start(
                RtmpConfig.on(settings.rtmp().host(), settings.rtmp().port()), this::authorize);
    }

    @Override
    public synchronized void stop() {
        if (generatedHost != null) {
            generatedHost.close();
        }
        if (server != null) {
            server.close();
            server = null;
        }
        streams.close();
    }

    @Override
    public synchronized boolean isRunning() {
        return server != null;
    }

    /** The port that encoders connect to. */
    public synchronized int rtmpPort() {
        return server == null ? settings.rtmp().port() : server.port();
    }

    /** The address that encoders publish to, without the key. */
    public String rtmpUrl() {
        URI base = baseUrl.get();
        return "rtmp://" + base.getHost() + ":" + rtmpPort() + "/" + HOST_APP;
    }

    /** A host made by this process, publishing over the real port. */
    public synchronized void startGeneratedHost(String streamKey, String title) {
        generatedHost = GeneratedHost.start(
                new HostSpec(title, "rtmp://127.0.0.1:" + rtmpPort() + "/" + HOST_APP + "/" + streamKey), clock);
    }

    private PublishVerdict authorize(PublishRequest request) {
        if (request.app().equals(SANDBOX_APP) && settings.demo().enabled()) {
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
        return new PublishVerdict.Accepted(stream(show.get().id()).openHost());
    }

    private LiveStream stream(UUID showId) {
        LiveStream stream = streams.open(showId.toString());
        listeners.computeIfAbsent(showId, id -> {
            LiveListener listener = new HostNews(id);
            stream.addListener(listener);
            return listener;
        });
        return stream;
    }

    /** The show's stream, once somebody published or a target was added. */
    public Optional<LiveStream> find(UUID showId) {
        return streams.find(showId.toString());
    }

    /** Whether a host is publishing now. */
    public boolean hostConnected(UUID showId) {
        return find(showId).map(LiveStream::hostConnected).orElse(false);
    }

    /** What the host sends, for the cockpit. */
    public Map<String, Object> host(UUID showId) {
        Map<String, Object> view = new LinkedHashMap<>();
        Optional<LiveStats> stats = find(showId).map(LiveStream::stats);
        view.put("connected", stats.map(LiveStats::hostConnected).orElse(false));
        stats.ifPresent(known -> {
            FanoutStats fanout = known.fanout();
            view.put("bitrateKbps", fanout.bitsPerSecond() / 1000);
            view.put("fps", fanout.framesPerSecond());
            view.put("gopSeconds", fanout.gopMillis() / 1000.0);
            view.put("bFrames", fanout.bFrames());
            view.put("width", known.width());
            view.put("height", known.height());
        });
        return view;
    }

    /** The show is over: players get the end of the playlist, targets are closed. */
    public void end(UUID showId) {
        streams.end(showId.toString());
        listeners.remove(showId);
    }

    /** How the show's targets do. */
    public List<TargetStatus> targets(UUID showId) {
        return find(showId).map(stream -> stream.targets().list()).orElse(List.of());
    }

    /** Adds a target, or gives it another address while live. */
    public void putTarget(Show show, UUID id, String name, @Nullable String channel, String url) {
        TargetStore.Target target = new TargetStore.Target(id, show.id(), show.brand(), name, channel, url);
        store.save(target);
        detach(show.id(), id);
        attach(target);
    }

    /** Removes a target; repeatable. */
    public void removeTarget(UUID showId, UUID id) {
        store.delete(showId, id);
        detach(showId, id);
    }

    private void attach(TargetStore.Target target) {
        stream(target.showId())
                .targets()
                .add(new TargetSpec(target.id().toString(), target.name(), target.channel(), target.url()));
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
            tell(true);
        }

        @Override
        public void onHostLeft(String id, String reason) {
            tell(false);
        }

        private void tell(boolean connected) {
            events.publish(showId, new ShowEvents.Event("host", Map.of("connected", connected), false));
        }
    }
}
