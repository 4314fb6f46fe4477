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
 * <p>Cuts a subscription into fragmented MP4 without re-encoding: segments of about 2 s at key frames, parts of at most
 * 0.5 s for players that know low-latency HLS, the last 8 segments in memory. Follows RFC 8216 and rfc8216bis.
 * Thread-safe.
 */
public final class HlsPackager implements AutoCloseable {

    /** The name of the playlist. */
    public static final String PLAYLIST = HlsWindow.PLAYLIST;

    private static final Logger LOG = LoggerFactory.getLogger(HlsPackager.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    /** After so long without a frame the segment in the making is completed, so that players get its end. */
    private static final int SILENT_POLLS = 3;

    private final HlsWindow window = new HlsWindow();
    private final Subscription subscription;
    private final Segmenter segmenter;
    private final Thread worker;

    private HlsPackager(Subscription subscription, InstantSource clock) {
        this.subscription = subscription;
        this.segmenter = new Segmenter(window, clock);
        this.worker = Thread.ofVirtual().name("hls").unstarted(this::run);
    }

    /** Begins to package; ends with the subscription, which it owns. */
    public static HlsPackager start(Subscription subscription, InstantSource clock) {
        var packager = new HlsPackager(subscription, clock);
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
        }
    }

    /**
     * What the name stands for: {@code index.m3u8}, {@code init-N.mp4}, {@code seg-N.m4s} or {@code part-N.P.m4s};
     * empty when there is no such thing (yet, or any more).
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
     * @param sequence media sequence number, 0..
     * @param part part index from 0, or -1 when the player asks for the whole segment
     * @param timeout how long to wait at most; three target durations are usual
     */
    public PlaylistReply playlist(long sequence, int part, Duration timeout) throws InterruptedException {
        return window.await(sequence, part, timeout);
    }

    /** Takes no more frames; the playlist gets its end, and what it lists stays. */
    @Override
    public void close() {
        subscription.close();
    }
}
