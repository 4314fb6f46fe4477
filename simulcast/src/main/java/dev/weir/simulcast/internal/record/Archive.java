package dev.weir.simulcast.internal.record;

import dev.weir.simulcast.MediaAnchor;
import dev.weir.simulcast.Recording;
import dev.weir.simulcast.RecordingConfig;
import dev.weir.simulcast.RecordingState;
import dev.weir.simulcast.RecordingStore;
import dev.weir.simulcast.RenditionLease;
import dev.weir.simulcast.WaitingRecording;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All recordings, those on the local disk and those that the store keeps. Thread-safe. */
public final class Archive implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Archive.class);
    private static final Duration SWEEP = Duration.ofHours(1);
    private static final Duration STOP_TIME = Duration.ofSeconds(5);
    private static final Pattern EPOCH = Pattern.compile("\\d{1,9}");
    /** Anchors of a day have a megabyte. */
    private static final int MAX_TEXT = 16 * 1024 * 1024;

    private final RecordingConfig config;
    private final RecordingStore store;
    private final InstantSource clock;
    private final FileStore local;
    private final Keeper keeper;
    private final Mirror mirror;
    private final Finisher finisher;
    private final Map<String, Recorder> running = new ConcurrentHashMap<>();
    private final DiskSync sync = new DiskSync(running.values());
    private final Thread sweeper = Thread.ofVirtual().name("recording-sweep").unstarted(this::sweepForEver);

    /** Begins to finish what an earlier process left, and to sweep. */
    public Archive(RecordingConfig config, RecordingStore store, InstantSource clock) {
        this.config = config;
        this.store = store;
        this.clock = clock;
        this.local = new FileStore(config.dir());
        this.keeper = new Keeper(store);
        this.mirror = new Mirror(store, local, config.dir());
        this.finisher = new Finisher(keeper);
        leftovers();
        keeper.start();
        mirror.start();
        sync.start();
        sweeper.start();
    }

    /** What an earlier process left in folders: to be completed, or to be kept. */
    private void leftovers() {
        try {
            for (String show : local.list("")) {
                for (String epoch : local.list(show)) {
                    var folder = new Folder(config.dir().resolve(show).resolve(epoch));
                    Optional<Recording> noted = Notes.read(folder);
                    if (noted.isPresent()) {
                        leftover(folder, noted.get());
                    }
                }
            }
        } catch (IOException e) {
            LOG.warn("recordings cannot be read: {}", e.toString());
        }
    }

    private void leftover(Folder folder, Recording noted) throws IOException {
        if (noted.state() != RecordingState.READY) {
            finisher.submit(() -> recover(folder));
        } else if (folder.hasMedia()) {
            keeper.submit(folder, noted);
        }
    }

    private void recover(Folder folder) {
        try {
            Recording noted = Notes.read(folder).orElseThrow();
            Recording ended = noted.state() == RecordingState.RECORDING ? Recovery.run(folder, noted) : noted;
            LOG.info("recording {} {}: {} ms found after a restart", ended.showId(), ended.epoch(), ended.millis());
            finisher.finish(folder, ended);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(String showId, int epoch) {
        return showId + "/" + epoch;
    }

    /** Begins to record; the answer's status says when that failed. */
    public Recorder record(Recorder.Take take, RenditionLease source) {
        String key = key(take.showId(), take.epoch());
        Path path = local.path(key)
                .orElseThrow(() -> new IllegalArgumentException(
                        "show: %s (expected: letters, digits, . _ -)".formatted(take.showId())));
        var recorder = new Recorder(take, config, new Folder(path), source, clock, this::ended);
        running.put(key, recorder);
        recorder.start();
        return recorder;
    }

    private void ended(Recorder recorder) {
        Recording recording = recorder.status();
        finisher.submit(() -> finisher.finish(recorder.folder(), recording));
        running.remove(key(recording.showId(), recording.epoch()), recorder);
    }

    /** One more than any epoch known. */
    public int nextEpoch(String showId) {
        try {
            List<Integer> epochs = epochs(showId);
            return epochs.isEmpty() ? 0 : epochs.getLast() + 1;
        } catch (IOException e) {
            LOG.warn("recordings of {} cannot be counted: {}", showId, e.toString());
            return 0;
        }
    }

    private List<Integer> epochs(String showId) throws IOException {
        var epochs = new TreeSet<Integer>();
        List<String> names = new ArrayList<>(local.list(showId));
        if (names.isEmpty() && !mirror.isDone()) {
            names.addAll(store.list(showId));
        }
        names.stream().filter(Archive::isEpoch).forEach(name -> epochs.add(Integer.parseInt(name)));
        return List.copyOf(epochs);
    }

    static boolean isEpoch(String name) {
        return EPOCH.matcher(name).matches();
    }

    /** What has ended and is not in the store yet, oldest first. */
    public List<WaitingRecording> waiting() {
        return keeper.waiting();
    }

    public List<Recording> list(String showId) throws IOException {
        List<Recording> found = new ArrayList<>();
        for (int epoch : epochs(showId)) {
            find(showId, epoch).ifPresent(found::add);
        }
        return found;
    }

    public Optional<Recording> find(String showId, int epoch) throws IOException {
        Recorder recorder = running.get(key(showId, epoch));
        return recorder != null
                ? Optional.of(recorder.status())
                : text(showId, epoch, Folder.NOTES).flatMap(Notes::parse);
    }

    public Optional<RecordingStore.Content> open(String showId, int epoch, String name, long from, long length)
            throws IOException {
        String key = key(showId, epoch) + "/" + name;
        Optional<RecordingStore.Content> here = local.open(key, from, length);
        return here.isPresent() ? here : store.open(key, from, length);
    }

    private Optional<String> text(String showId, int epoch, String name) throws IOException {
        Optional<RecordingStore.Content> content = open(showId, epoch, name, 0, MAX_TEXT);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream body = content.get().body()) {
            return Optional.of(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    public List<MediaAnchor> anchors(String showId, int epoch) throws IOException {
        return text(showId, epoch, Recording.ANCHORS).map(AnchorFile::parse).orElse(List.of());
    }

    public boolean delete(String showId, int epoch) throws IOException {
        Optional<Recording> found = find(showId, epoch);
        if (found.isEmpty() || found.get().state() == RecordingState.RECORDING) {
            return false;
        }
        keeper.release(key(showId, epoch));
        // The notes go last: as long as something is left of it, it can be deleted again.
        store.delete(key(showId, epoch));
        local.delete(key(showId, epoch));
        return true;
    }

    /** Deletes what has expired. */
    public int sweep() throws IOException {
        Instant oldest = clock.instant().minus(config.keep());
        int deleted = 0;
        for (String show : local.list("")) {
            for (Recording recording : list(show)) {
                Instant ended = recording.endedAt();
                if (ended != null && ended.isBefore(oldest) && expire(recording)) {
                    deleted++;
                }
            }
        }
        return deleted;
    }

    /** One that cannot be deleted now does not keep the others. */
    private boolean expire(Recording recording) {
        try {
            boolean deleted = delete(recording.showId(), recording.epoch());
            LOG.info("recording {} {} has expired", recording.showId(), recording.epoch());
            return deleted;
        } catch (IOException e) {
            LOG.warn("recording {} {} stays: {}", recording.showId(), recording.epoch(), e.getMessage());
            return false;
        }
    }

    private void sweepForEver() {
        try {
            while (true) {
                Thread.sleep(SWEEP);
                sweepOnce();
            }
        } catch (InterruptedException e) {
            LOG.trace("the sweep of recordings ends");
        }
    }

    private void sweepOnce() {
        try {
            sweep();
        } catch (IOException | RuntimeException e) {
            LOG.warn("expired recordings cannot be deleted now: {}", e.toString());
        }
    }

    @Override
    public void close() {
        sweeper.interrupt();
        long until = System.nanoTime() + STOP_TIME.toNanos();
        try {
            for (Recorder recorder : running.values()) {
                recorder.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sync.close();
        finisher.close();
        mirror.close();
        keeper.close();
        store.close();
    }
}
