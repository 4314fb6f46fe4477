package dev.weir.simulcast;

import dev.weir.simulcast.internal.live.HostSessions;
import dev.weir.simulcast.internal.rendition.Renditions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What belongs to the stream of one show? Its publishers, its fan-out, its player delivery and its targets.
 *
 * <p>A host that leaves and comes back goes on in the same live: players see a discontinuity, targets keep their
 * connection for a while and their settings for ever. Thread-safe.
 */
public final class LiveStream implements AutoCloseable {

    private final String showId;
    private final PacketFanout fanout = new PacketFanout();
    private final Renditions renditions = new Renditions(fanout);
    private final List<LiveListener> listeners = new CopyOnWriteArrayList<>();
    private final HostSessions hosts;
    private final HlsPackager hls;
    private final StreamTargets targets;
    private boolean ended;

    LiveStream(String showId, TargetPolicy policy, InstantSource clock) {
        this.showId = showId;
        this.hosts = new HostSessions(
                fanout,
                clock,
                () -> listeners.forEach(listener -> listener.onPublishing(showId)),
                reason -> listeners.forEach(listener -> listener.onHostLeft(showId, reason)));
        this.hls = HlsPackager.start(fanout.subscribe(new ConsumerSpec("hls", 5000, 32L * 1024 * 1024), true), clock);
        this.targets = new StreamTargets(fanout, hosts::present, policy, clock);
    }

    /** The show this is the stream of. */
    public String showId() {
        return showId;
    }

    /** A place for a publisher that was accepted; it replaces the one before. */
    public StreamSink openHost() {
        return hosts.open();
    }

    /** Where consumers of one's own can subscribe to the stream as the host sends it. */
    public PacketFanout fanout() {
        return fanout;
    }

    /** The stream in another form, for as long as the lease is open. */
    public RenditionLease rendition(Rendition form) {
        return renditions.open(form);
    }

    /** Asks the host for a key frame soon; without effect where its protocol has no such request. */
    public void requestKeyFrame() {
        hosts.requestKeyFrame();
    }

    /** The player's files; see {@link HlsPackager#find(String, Duration)}. */
    public Optional<HlsResource> hls(String name, Duration timeout) throws InterruptedException {
        return hls.find(name, timeout);
    }

    /** The player's files, without waiting. */
    public Optional<HlsResource> hls(String name) throws InterruptedException {
        return hls.find(name);
    }

    /** The player's playlist, waiting for a part; see {@link HlsPackager#playlist}. */
    public PlaylistReply playlist(long sequence, int part, Duration timeout) throws InterruptedException {
        return hls.playlist(sequence, part, timeout);
    }

    /** The addresses it is pushed to. */
    public StreamTargets targets() {
        return targets;
    }

    /** True while a host is publishing. */
    public boolean hostConnected() {
        return hosts.present();
    }

    /** How it is doing. */
    public LiveStats stats() {
        VideoHeader video = fanout.headers().video();
        return new LiveStats(
                hosts.present(),
                hosts.since(),
                hosts.count(),
                video == null ? 0 : video.width(),
                video == null ? 0 : video.height(),
                fanout.stats());
    }

    /** Tells the listener from now on. */
    public void addListener(LiveListener listener) {
        listeners.add(listener);
    }

    /** Tells the listener no more. */
    public void removeListener(LiveListener listener) {
        listeners.remove(listener);
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
        renditions.close();
        fanout.close();
        targets.close();
        listeners.forEach(listener -> listener.onEnded(showId));
    }
}
