package dev.weir.bench.whep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.bouncycastle.tls.SRTPProtectionProfile;

/**
 * What do many viewers see at the same time? Each has a socket, an ICE agent, a DTLS handshake and keys of its own,
 * reads every packet, and answers as a browser does: reports each second, requests for what is missing, consent checks
 * each 5 s. Used by one thread.
 */
public final class Crowd implements AutoCloseable {

    private static final int AT_ONCE = 16;

    private final Signalling signalling;
    private final DtlsIdentity identity = DtlsIdentity.create();
    private final int[] profiles;
    private final int decrypting;
    private final List<ReadLoop> loops = new ArrayList<>();
    private final List<Viewer> viewers = new ArrayList<>();
    private final Map<Viewer, ViewerFigures> before = new HashMap<>();
    private int refused;
    private String refusal = "";

    /**
     * Nobody yet.
     *
     * @param threads that read, 1..16
     * @param decrypting how many viewers open every packet; the others look at headers only
     * @param gcm true to offer AES-GCM first, as Chromium and Firefox do; false to offer CM with SHA-1 only
     */
    public Crowd(Signalling signalling, int threads, int decrypting, boolean gcm) throws IOException {
        this.signalling = signalling;
        this.decrypting = decrypting;
        this.profiles = gcm
                ? new int[] {
                    SRTPProtectionProfile.SRTP_AEAD_AES_128_GCM, SRTPProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80
                }
                : new int[] {SRTPProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80};
        for (int i = 0; i < threads; i++) {
            loops.add(new ReadLoop(i));
        }
    }

    /** Lets viewers in until there are so many, at that rate; returns when all have asked. */
    public void growTo(int count, double perSecond) throws IOException, InterruptedException {
        var room = new Semaphore(AT_ONCE);
        long step = (long) (1e9 / perSecond);
        long due = System.nanoTime();
        try (ExecutorService joins = Executors.newVirtualThreadPerTaskExecutor()) {
            while (viewers.size() < count) {
                var viewer = new Viewer(identity, profiles, viewers.size() < decrypting);
                ReadLoop loop = loops.get(viewers.size() % loops.size());
                viewers.add(viewer);
                LockSupport.parkNanos(due - System.nanoTime());
                due += step;
                room.acquire();
                joins.submit(() -> join(viewer, loop, room));
            }
        }
    }

    private void join(Viewer viewer, ReadLoop loop, Semaphore room) {
        try {
            viewer.join(signalling);
            loop.add(viewer);
        } catch (IOException | RuntimeException e) {
            refuse(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            room.release();
        }
    }

    private synchronized void refuse(String why) {
        refused++;
        refusal = why;
    }

    /** Viewers whose join was refused or failed, and the last reason. */
    public synchronized String refusals() {
        return refused == 0 ? "" : refused + " refused, last: " + refusal;
    }

    /** Waits until all that were let in play, at most so long; how many do. */
    public long awaitPlaying(long millis) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (playing() < viewers.size() && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return playing();
    }

    private long playing() {
        return viewers.stream()
                .filter(viewer ->
                        viewer.figures().firstPacket() >= 0 && viewer.figures().playing())
                .count();
    }

    /** Counts from now on. */
    public void beginWindow() {
        before.clear();
        for (Viewer viewer : viewers) {
            viewer.beginWindow();
            before.put(viewer, viewer.figures());
        }
    }

    /** What each has received since {@link #beginWindow}. */
    public List<ViewerFigures> window() {
        return viewers.stream()
                .map(viewer -> {
                    ViewerFigures now = viewer.figures();
                    ViewerFigures then = before.get(viewer);
                    return then == null ? now : now.since(then);
                })
                .toList();
    }

    /** The cipher the server chose; empty before the first plays. */
    public String cipher() {
        return viewers.isEmpty() ? "" : viewers.getFirst().cipher();
    }

    @Override
    public void close() throws IOException {
        try (ExecutorService leaving = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Viewer viewer : viewers) {
                leaving.submit(() -> {
                    viewer.close();
                    return null;
                });
            }
        }
        for (ReadLoop loop : loops) {
            loop.close();
        }
    }
}
