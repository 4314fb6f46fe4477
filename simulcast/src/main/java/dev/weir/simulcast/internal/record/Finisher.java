package dev.weir.simulcast.internal.record;

import dev.weir.simulcast.Recording;
import dev.weir.simulcast.RecordingState;
import dev.weir.simulcast.internal.ffmpeg.NativeException;
import dev.weir.simulcast.internal.ffmpeg.Remux;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the files to download of recordings that have ended, one after the other, beside what is live. Thread-safe. */
final class Finisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Finisher.class);
    /** What does not fit is made after the next start. */
    private static final int MAX_WAITING = 1000;

    private static final Duration STOP_TIME = Duration.ofSeconds(2);

    private final Keeper keeper;
    private final ThreadPoolExecutor worker;
    private volatile boolean stopped;

    Finisher(Keeper keeper) {
        this.keeper = keeper;
        this.worker = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING),
                Thread.ofPlatform().daemon().name("recording-end").factory(),
                new ThreadPoolExecutor.DiscardPolicy());
        worker.allowCoreThreadTimeOut(true);
    }

    void submit(Runnable work) {
        worker.execute(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.error("recording cannot be finished", e);
            }
        });
    }

    /** Makes the downloads and hands the folder to be kept. */
    void finish(Folder folder, Recording ended) {
        List<String> downloads = new ArrayList<>();
        String reason = ended.reason();
        try {
            for (int part = 0; part < folder.parts(); part++) {
                download(folder, part);
                downloads.add(Folder.downloadName(part));
            }
        } catch (NativeException | IOException e) {
            reason = reason == null ? "no file to download: " + e.getMessage() : reason;
        }
        if (reason == null && downloads.size() > 1) {
            reason = ("in %d files, because the picture's codec settings changed in mid-live, as with a slate image or"
                            + " another encoder, and an MP4 has one; the playlist plays all of it")
                    .formatted(downloads.size());
        }
        if (stopped) {
            LOG.info("recording {} {}: its download is made after the next start", ended.showId(), ended.epoch());
        } else {
            if (reason != null) {
                LOG.info("recording {} {}: {}", ended.showId(), ended.epoch(), reason);
            }
            keep(folder, ready(ended, downloads, reason));
        }
    }

    private static Recording ready(Recording ended, List<String> downloads, @Nullable String reason) {
        return new Recording(
                ended.showId(),
                ended.epoch(),
                RecordingState.READY,
                ended.startedAt(),
                ended.endedAt(),
                ended.millis(),
                ended.bytes(),
                List.copyOf(downloads),
                reason);
    }

    private void download(Folder folder, int part) throws NativeException, IOException {
        Path draft = folder.path().resolve(Folder.DRAFT);
        Remux.fastStart(folder.stream(part), draft, () -> stopped);
        Disk.sync(draft);
        Disk.rename(draft, folder.download(part));
    }

    private void keep(Folder folder, Recording ready) {
        try {
            Notes.write(folder, ready);
            keeper.submit(folder, ready);
        } catch (IOException e) {
            LOG.warn("recording {} {} stays where it is: {}", ready.showId(), ready.epoch(), e.toString());
        }
    }

    @Override
    public void close() {
        stopped = true;
        worker.shutdownNow();
        try {
            if (!worker.awaitTermination(STOP_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a file to download is still being written");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
