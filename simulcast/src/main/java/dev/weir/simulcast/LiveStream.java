package dev.weir.simulcast;

import dev.weir.simulcast.internal.live.EpochEvents;
import dev.weir.simulcast.internal.live.HostSessions;
import dev.weir.simulcast.internal.live.LiveTime;
import dev.weir.simulcast.internal.live.Stills;
import dev.weir.simulcast.internal.record.Recorder;
import dev.weir.simulcast.internal.rendition.Renditions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What belongs to the stream of one show? Its publishers, its fan-out, its player delivery and its targets.
 *
 * <p>It is on air in <em>epochs</em>. One begins with a host's first frame and goes on while the host drops out and
 * comes back within the gap: players see a discontinuity, targets keep their connection. After a longer absence it
 * ends: players get the end of the playlist, and all subscriptions and leases are closed. The fan-out, the targets'
 * settings and the listeners last, and the next host begins the next epoch. Thread-safe.
 */
public final class LiveStream implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);

    private final String showId;
    private final InstantSource clock;
    private final PacketFanout fanout = new PacketFanout();
    private final List<LiveListener> listeners = new CopyOnWriteArrayList<>();
    private final HostSessions hosts;
    private final StreamTargets targets;
    private volatile Renditions renditions = new Renditions(fanout);
    private volatile HlsPackager hls;
    private final @Nullable Recordings recordings;
    private volatile @Nullable Recorder recorder;
    private volatile boolean ended;

    LiveStream(
            String showId,
            LiveStreamsConfig config,
            Stills stills,
            @Nullable Recordings recordings,
            InstantSource clock,
            LiveTime time) {
        this.showId = showId;
        this.clock = clock;
        this.recordings = recordings;
        this.hls = packager();
        int firstEpoch = recordings == null ? 0 : recordings.nextEpoch(showId);
        var absence = new HostSessions.Absence(config.hostGap(), config.freeze(), stills);
        this.hosts = new HostSessions(fanout, time, absence, firstEpoch, new Events());
        this.targets = new StreamTargets(fanout, this::rendition, hosts::onAir, config.targets(), clock);
    }

    private HlsPackager packager() {
        return HlsPackager.start(renditions.open(new Rendition.Aac()), clock);
    }

    /** The show this is the stream of. */
    public String showId() {
        return showId;
    }

    /** A place for a publisher that was accepted; it replaces the one before. */
    public StreamSink openHost() {
        return hosts.open();
    }

    /** Where consumers of one's own can subscribe to the stream as the host sends it; the same object for ever. */
    public PacketFanout fanout() {
        return fanout;
    }

    /**
     * The stream in another form, for as long as the lease is open. Its fan-out is closed when the epoch ends: ask again
     * for the next one.
     */
    public RenditionLease rendition(Rendition form) {
        return renditions.open(form);
    }

    /** Asks the host for a key frame soon; without effect where its protocol has no such request. */
    public void requestKeyFrame() {
        hosts.requestKeyFrame();
    }

    /** The player's files; see {@link HlsPackager#find(String, Duration)}. Those of an ended epoch stay until the next. */
    public Optional<HlsResource> hls(String name, Duration timeout) throws InterruptedException {
        return hls.find(name, timeout);
    }

    /** The player's files, without waiting. */
    public Optional<HlsResource> hls(String name) throws InterruptedException {
        return hls.find(name);
    }

    /** The player's playlist, waiting for a part; see {@link HlsPackager#playlist}. */
    public PlaylistReply playlist(long sequence, int part, boolean delta, Duration timeout)
            throws InterruptedException {
        return hls.playlist(sequence, part, delta, timeout);
    }

    /** How the player delivery over HLS is doing. */
    public HlsStats hlsStats() {
        return hls.stats();
    }

    /** The addresses it is pushed to. */
    public StreamTargets targets() {
        return targets;
    }

    /** True while a host is publishing. */
    public boolean hostConnected() {
        return hosts.present();
    }

    /** True while there is something to see: the host's frames, or what fills its gap. */
    public boolean onAir() {
        return hosts.onAir();
    }

    /** Where the picture is now; empty while nothing is on air. */
    public Optional<MediaTime> mediaTime() {
        return hosts.mediaTime();
    }

    /** Where the picture was at that moment, within a frame; empty before the first frame of this process. */
    public Optional<MediaTime> mediaTimeAt(Instant moment) {
        return hosts.mediaTimeAt(moment);
    }

    /** How it is doing. */
    public LiveStats stats() {
        VideoHeader video = fanout.headers().video();
        Recorder recording = recorder;
        return new LiveStats(
                hosts.phase(),
                hosts.epoch(),
                hosts.endedReason(),
                hosts.present(),
                hosts.stopped(),
                hosts.since(),
                hosts.count(),
                video == null ? 0 : video.width(),
                video == null ? 0 : video.height(),
                fanout.stats(),
                recording == null ? null : recording.status());
    }

    /** Tells the listener from now on. */
    public void addListener(LiveListener listener) {
        listeners.add(listener);
    }

    /** Tells the listener no more. */
    public void removeListener(LiveListener listener) {
        listeners.remove(listener);
    }

    /** Moves time on; called many times a second. */
    void tick() {
        hosts.tick();
    }

    /** The live is over: players get the end of the playlist, targets are closed. May be called again. */
    @Override
    public void close() {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        hosts.close("the live was ended");
        renditions.close();
        fanout.close();
        targets.close();
    }

    private final class Events implements EpochEvents {

        private boolean fresh = true;

        @Override
        public void began(int epoch, long startMillis) {
            if (!fresh) {
                hls = packager();
            }
            fresh = false;
            if (recordings != null) {
                record(recordings, new Recorder.Take(showId, epoch, startMillis));
            }
        }

        private void record(Recordings into, Recorder.Take take) {
            RenditionLease source = renditions.open(new Rendition.Aac());
            try {
                recorder = into.record(take, source);
            } catch (IllegalArgumentException e) {
                LOG.warn("live {} is not recorded: {}", showId, e.getMessage());
                source.close();
            }
        }

        @Override
        public void ended(String reason) {
            Renditions old = renditions;
            renditions = new Renditions(fanout);
            Thread.ofVirtual().name("epoch-end").start(old::close);
        }

        @Override
        public void anchored(MediaAnchor anchor) {
            Recorder running = recorder;
            if (running != null) {
                running.anchor(anchor);
            }
        }

        @Override
        public void hostCame() {
            listeners.forEach(listener -> listener.onPublishing(showId));
        }

        @Override
        public void hostLeft(String reason) {
            listeners.forEach(listener -> listener.onHostLeft(showId, reason));
        }

        @Override
        public void hostStopped(String reason) {
            listeners.forEach(listener -> listener.onHostStopped(showId, reason));
        }

        @Override
        public void tellEnded(String reason) {
            listeners.forEach(listener -> listener.onEnded(showId, reason));
        }
    }
}
