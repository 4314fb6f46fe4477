package dev.weir.simulcast.internal.whip;

import dev.weir.simulcast.HostControl;
import dev.weir.simulcast.StreamSink;
import dev.weir.simulcast.internal.rtc.MediaCounters;
import dev.weir.simulcast.internal.rtc.PeerHandler;
import dev.weir.simulcast.internal.rtc.PeerLink;
import dev.weir.simulcast.internal.rtc.PeerSession;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One accepted publisher, from its answer to its end. What the peer calls runs on its event loop. */
final class WhipPublisher implements PeerHandler, HostControl {

    private static final Logger LOG = LoggerFactory.getLogger(WhipPublisher.class);

    private final String name;
    private final Tracks tracks;
    private final StreamSink sink;
    private final Consumer<WhipPublisher> onClosed;
    private final CompletableFuture<PeerSession> session = new CompletableFuture<>();
    private volatile @Nullable PublishedMedia media;
    private @Nullable Future<?> ticks;

    /** A publisher whose session is not opened yet; {@code name} is fit for a log. */
    WhipPublisher(String name, Tracks tracks, StreamSink sink, Consumer<WhipPublisher> onClosed) {
        this.name = name;
        this.tracks = tracks;
        this.sink = sink;
        this.onClosed = onClosed;
    }

    /** Its session is this one. */
    void opened(PeerSession given) {
        session.complete(given);
    }

    @Override
    public void connected(PeerLink link) {
        LOG.info("publishing: WHIP key {} over {}", name, link.transport());
        var started = new PublishedMedia(
                tracks,
                sink,
                link::sendRtcp,
                System::nanoTime,
                ThreadLocalRandom.current().nextInt());
        media = started;
        ticks = link.loop()
                .scheduleAtFixedRate(
                        () -> guarded(started::tick),
                        PublishedMedia.TICK_MILLIS,
                        PublishedMedia.TICK_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void rtp(byte[] packet) {
        PublishedMedia started = media;
        if (started != null) {
            guarded(() -> started.rtp(packet, 0, packet.length));
        }
    }

    @Override
    public void rtcp(byte[] compound) {
        PublishedMedia started = media;
        if (started != null) {
            guarded(() -> started.rtcp(compound, 0, compound.length));
        }
    }

    /** A fault of ours ends this publisher, and no other that shares its event loop. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("publisher {} ends by a fault", name, e);
            disconnect("internal fault");
        }
    }

    @Override
    public void requestKeyFrame() {
        PublishedMedia started = media;
        if (started != null) {
            started.requestKeyFrame();
        }
    }

    @Override
    public void disconnect(String reason) {
        session.thenAccept(opened -> opened.close(reason));
    }

    @Override
    public void takenOver() {
        session.thenAccept(PeerSession::takenOver);
    }

    @Override
    public void closed(String reason) {
        left(reason);
        sink.closed(reason);
    }

    @Override
    public void stopped(String reason) {
        left(reason);
        sink.stopped(reason);
    }

    private void left(String reason) {
        LOG.info("publisher left: WHIP key {}: {}", name, reason);
        if (ticks != null) {
            ticks.cancel(false);
        }
        onClosed.accept(this);
    }

    @Override
    public MediaCounters counters() {
        PublishedMedia started = media;
        return started == null ? MediaCounters.NONE : started.counters();
    }
}
