package dev.weir.simulcast.internal.record;

import dev.weir.simulcast.RecordingStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the notes of recordings that only the store has to the disk, once after a start: on a new machine, all of them.
 * After that nobody asks the store what there is, however many viewers look.
 */
final class Mirror implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int MAX_NOTES = 64 * 1024;

    private final RecordingStore store;
    private final FileStore local;
    private final Path root;
    private final Thread thread = Thread.ofVirtual().name("recording-mirror").unstarted(this::run);
    private volatile boolean done;

    Mirror(RecordingStore store, FileStore local, Path root) {
        this.store = store;
        this.local = local;
        this.root = root;
    }

    void start() {
        thread.start();
    }

    /** Whether the disk knows all that the store has. */
    boolean isDone() {
        return done;
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        while (!done) {
            try {
                bring();
                done = true;
            } catch (IOException | RuntimeException e) {
                LOG.warn("the store's recordings are not known yet: {}", e.toString());
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException stop) {
                    return;
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private void bring() throws IOException {
        for (String show : store.list("")) {
            for (String epoch : store.list(show)) {
                String key = show + "/" + epoch;
                Optional<Path> path = local.path(key);
                if (Archive.isEpoch(epoch) && path.isPresent() && !Files.exists(path.get())) {
                    bring(new Folder(path.get()), key);
                }
            }
        }
    }

    /** A recording that was deleted has a folder, and nothing in it. */
    private void bring(Folder folder, String key) throws IOException {
        Optional<RecordingStore.Content> notes = store.open(key + "/" + Folder.NOTES, 0, MAX_NOTES);
        if (notes.isPresent()) {
            try (InputStream body = notes.get().body()) {
                String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
                Disk.makeFolder(root, folder.path());
                Disk.replace(folder.notes(), text);
            }
        } else {
            Disk.makeFolder(root, folder.path());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
