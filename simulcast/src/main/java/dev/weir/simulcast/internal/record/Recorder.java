package dev.weir.simulcast.internal.record;

import dev.weir.simulcast.ConsumerSpec;
import dev.weir.simulcast.MediaAnchor;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.Recording;
import dev.weir.simulcast.RecordingConfig;
import dev.weir.simulcast.RecordingState;
import dev.weir.simulcast.RenditionLease;
import dev.weir.simulcast.Subscription;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one epoch to disk, on a thread of its own: a disk that hangs or is full holds up nobody else. Thread-safe.
 */
public final class Recorder {

    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long SPACE_CHECK_NANOS = Duration.ofSeconds(2).toNanos();
    private static final ConsumerSpec QUEUE = new ConsumerSpec("recording", 10_000, 64L * 1024 * 1024);

    /** What is recorded, and where it begins. */
    public record Take(String showId, int epoch, long startMillis) {}

    private final Take take;
    private final RecordingConfig config;
    private final Folder folder;
    private final InstantSource clock;
    private final RenditionLease source;
    private final Subscription subscription;
    private final Queue<MediaAnchor> toWrite = new ConcurrentLinkedQueue<>();
    private final List<MediaAnchor> anchors = new ArrayList<>();
    private final Instant startedAt;
    private final Thread thread;
    private volatile Recording now;
    private volatile @Nullable RecordingWriter writer;
    private boolean syncFailed;
    private long spaceCheckedAt = System.nanoTime() - SPACE_CHECK_NANOS;

    Recorder(
            Take take,
            RecordingConfig config,
            Folder folder,
            RenditionLease source,
            InstantSource clock,
            Consumer<Recorder> whenEnded) {
        this.take = take;
        this.config = config;
        this.folder = folder;
        this.clock = clock;
        this.source = source;
        this.subscription = source.fanout().subscribe(QUEUE, true);
        this.startedAt = clock.instant();
        this.now = state(RecordingState.RECORDING, null, 0, 0, null);
        this.thread = Thread.ofPlatform().daemon().name("recorder").unstarted(() -> {
            run();
            whenEnded.accept(this);
        });
    }

    void start() {
        thread.start();
    }

    /** How it is doing. */
    public Recording status() {
        return now;
    }

    Folder folder() {
        return folder;
    }

    /** Keeps a place and its date with the recording. */
    public void anchor(MediaAnchor anchor) {
        if (now.state() == RecordingState.RECORDING) {
            toWrite.add(anchor);
        }
    }

    /** Waits until it has written everything. */
    boolean join(Duration timeout) throws InterruptedException {
        return thread.join(timeout);
    }

    private Recording state(
            RecordingState state, @Nullable Instant endedAt, long millis, long bytes, @Nullable String reason) {
        return new Recording(take.showId(), take.epoch(), state, startedAt, endedAt, millis, bytes, List.of(), reason);
    }

    private void run() {
        String reason = null;
        var index = new VodIndex(folder.playlist());
        var writer = new RecordingWriter(folder, index, take.startMillis(), place -> date(place));
        try {
            Disk.makeFolder(config.dir(), folder.path());
            checkSpace();
            Notes.write(folder, now);
            this.writer = writer;
            record(writer);
        } catch (IOException | RuntimeException e) {
            reason = e instanceof NoSpace ? String.valueOf(e.getMessage()) : "not writable: " + e;
            LOG.warn("recording of {} stops: {}", take, reason);
        } catch (InterruptedException e) {
            reason = "interrupted";
        }
        subscription.close();
        source.close();
        end(writer, index, reason);
    }

    /**
     * Puts what is written on the disk itself; called by one thread, beside the recorder's own. Where it fails the
     * recording goes on: what is written can still be read while the machine runs.
     */
    void sync() {
        RecordingWriter open = writer;
        if (open == null) {
            return;
        }
        try {
            open.sync();
            for (Path grows : List.of(folder.playlist(), folder.anchors())) {
                if (Files.exists(grows)) {
                    Disk.sync(grows);
                }
            }
        } catch (ClosedChannelException e) {
            LOG.trace("{} ended meanwhile, and put its file on the disk itself", take);
        } catch (IOException e) {
            if (!syncFailed) {
                syncFailed = true;
                LOG.warn("recording of {} would not survive a crash of the machine: {}", take, e.toString());
            }
        }
    }

    private void end(RecordingWriter writer, VodIndex index, @Nullable String reason) {
        String why = reason;
        try (writer) {
            writeAnchors();
            writer.end();
            if (!anchors.isEmpty()) {
                Disk.sync(folder.anchors());
            }
        } catch (IOException | RuntimeException e) {
            why = why == null ? "not writable: " + e : why;
        }
        now = state(RecordingState.ENDED, clock.instant(), index.millis(), writer.bytes(), why);
        try {
            Notes.write(folder, now);
        } catch (IOException e) {
            LOG.warn("recording of {} keeps no notes: {}", take, e.toString());
        }
    }

    private void record(RecordingWriter writer) throws IOException, InterruptedException {
        while (true) {
            writeAnchors();
            Optional<MediaUnit> unit = subscription.take(POLL);
            if (unit.isPresent()) {
                writer.accept(unit.get());
                long millis = Math.max(now.millis(), unit.get().dtsMillis() - take.startMillis());
                now = state(RecordingState.RECORDING, null, millis, writer.bytes(), null);
            } else if (subscription.isClosed()) {
                return;
            } else {
                writer.idle();
            }
            checkSpace();
        }
    }

    private void writeAnchors() throws IOException {
        MediaAnchor anchor = toWrite.poll();
        while (anchor != null) {
            anchors.add(anchor);
            AnchorFile.append(folder.anchors(), anchor);
            anchor = toWrite.poll();
        }
    }

    private Instant date(long place) {
        return AnchorFile.dateOf(place, anchors, startedAt.plusMillis(place));
    }

    private void checkSpace() throws IOException {
        if (System.nanoTime() - spaceCheckedAt < SPACE_CHECK_NANOS) {
            return;
        }
        spaceCheckedAt = System.nanoTime();
        long free = Files.getFileStore(folder.path()).getUsableSpace();
        if (free < config.minFreeBytes()) {
            throw new NoSpace("disk: %d MB free (expected: at least %d MB)"
                    .formatted(free / 1_000_000, config.minFreeBytes() / 1_000_000));
        }
    }

    private static final class NoSpace extends IOException {
        private static final long serialVersionUID = 1L;

        NoSpace(String message) {
            super(message);
        }
    }
}
