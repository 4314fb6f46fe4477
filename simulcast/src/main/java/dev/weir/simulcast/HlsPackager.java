package dev.weir.simulcast;

import dev.weir.simulcast.internal.hls.HlsWindow;
import dev.weir.simulcast.internal.hls.Segmenter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How does a browser play the host's stream over plain HTTP?
 *
 * <p>Cuts a subscription into fragmented MP4 without re-encoding: segments of at least 1 s at key frames, parts of at
 * most 250 ms for players that know low-latency HLS, and segments of 4 to 6 s for a CDN. About 30 s stay in memory, 96
 * MiB at most. Sound whose picture is late is played alone after 5 s; Opus is left out, so {@link Rendition.Aac} is the
 * form to give it. Names are never used twice for one live. Follows RFC 8216 and rfc8216bis. Thread-safe.
 */
public final class HlsPackager implements AutoCloseable {

    /** The name of the low-latency playlist. */
    public static final String PLAYLIST = HlsWindow.PLAYLIST;

    /** The name of the playlist without parts, for a CDN. */
    public static final String CDN_PLAYLIST = HlsWindow.CDN_PLAYLIST;

    private static final Logger LOG = LoggerFactory.getLogger(HlsPackager.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    /** After so long without a frame the segment in the making is completed, so that players get its end. */
    private static final int SILENT_POLLS = 3;

    private static final ConsumerSpec QUEUE = new ConsumerSpec("hls", 5000, 32L * 1024 * 1024);

    private final HlsWindow window;
    private final RenditionLease source;
    private final Subscription subscription;
    private final Segmenter segmenter;
    private final Thread worker;

    private HlsPackager(RenditionLease source, InstantSource clock) {
        this.source = source;
        this.subscription = source.fanout().subscribe(QUEUE, true);
        this.window = new HlsWindow(clock.millis());
        this.segmenter = new Segmenter(window, clock);
        this.worker = Thread.ofVirtual().name("hls").unstarted(this::run);
    }

    /** Begins to package the source, which it owns from now on; ends with its fan-out. */
    public static HlsPackager start(RenditionLease source, InstantSource clock) {
        var packager = new HlsPackager(source, clock);
        packager.worker.start();
        return packager;
    }

    private void run() {
        try {
            int silent = 0;
            while (true) {
                Optional<MediaUnit> unit = subscription.take(POLL);
                if (unit.isPresent()) {
                    segmenter.accept(unit.get());
                    silent = 0;
                } else if (subscription.isClosed()) {
                    return;
                } else if (++silent == SILENT_POLLS) {
                    segmenter.interrupt();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("HLS packaging ends", e);
        } finally {
            segmenter.end();
            subscription.close();
            source.close();
        }
    }

    /**
     * What the name stands for: {@code index.m3u8}, {@code cdn.m3u8}, or a file that one of them names; empty when there
     * is no such thing (yet, or any more).
     */
    public Optional<HlsResource> find(String name) throws InterruptedException {
        return window.find(name, Duration.ZERO);
    }

    /** As {@link #find(String)}, and waits at most {@code timeout} when the name is the one announced as next. */
    public Optional<HlsResource> find(String name, Duration timeout) throws InterruptedException {
        return window.find(name, timeout);
    }

    /**
     * The playlist once it holds what the player asks for by {@code _HLS_msn} and {@code _HLS_part}.
     *
     * @param sequence media sequence number, or -1 when the player asks for none
     * @param part part index from 0, or -1 when the player asks for the whole segment
     * @param delta true to leave out what a player knows already ({@code _HLS_skip})
     * @param timeout how long to wait at most; three target durations are usual
     */
    public PlaylistReply playlist(long sequence, int part, boolean delta, Duration timeout)
            throws InterruptedException {
        return window.await(sequence, part, delta, timeout);
    }

    /** What waits and what is held now. */
    public HlsStats stats() {
        return window.stats();
    }

    /** Takes no more frames; the playlist gets its end, and what it lists stays. */
    @Override
    public void close() {
        subscription.close();
    }
}
