package dev.weir.simulcast;

import dev.weir.simulcast.internal.bucket.BucketStore;
import dev.weir.simulcast.internal.record.Archive;
import dev.weir.simulcast.internal.record.FileStore;
import dev.weir.simulcast.internal.record.Recorder;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Which recordings are there, and what is in them?
 *
 * <p>What a crash left unfinished is finished after the next start, beside what is live. Expired recordings are deleted
 * once an hour. Those that a store keeps are listed from the disk and read from the store. Thread-safe.
 */
public final class Recordings implements AutoCloseable {

    private final Archive archive;

    /** Recordings that stay in their folder, or go into the bucket that the settings name. */
    public Recordings(RecordingConfig config, InstantSource clock) {
        this(config, store(config), clock);
    }

    private static RecordingStore store(RecordingConfig config) {
        BucketConfig bucket = config.bucket();
        return bucket == null ? new FileStore(config.dir()) : new BucketStore(bucket);
    }

    /** Recordings that a store keeps once they have ended. */
    public Recordings(RecordingConfig config, RecordingStore store, InstantSource clock) {
        this.archive = new Archive(config, store, clock);
    }

    /** The show's recordings, oldest first. */
    public List<Recording> list(String showId) throws IOException {
        return archive.list(showId);
    }

    /** The recording of one epoch. */
    public Optional<Recording> find(String showId, int epoch) throws IOException {
        return archive.find(showId, epoch);
    }

    /**
     * Bytes of one of its files: {@link Recording#PLAYLIST}, what that names, {@link Recording#ANCHORS} or a download;
     * empty when there is no such file.
     *
     * @param from first byte, 0..
     * @param length how many at most; {@link Long#MAX_VALUE} for all that follow
     */
    public Optional<RecordingStore.Content> open(String showId, int epoch, String name, long from, long length)
            throws IOException {
        return archive.open(showId, epoch, name, from, length);
    }

    /** Which moments the recording's places belong to, in order. */
    public List<MediaAnchor> anchors(String showId, int epoch) throws IOException {
        return archive.anchors(showId, epoch);
    }

    /** What has ended and is not in the store yet, oldest first: more than one or two for long is a store in trouble. */
    public List<WaitingRecording> waiting() {
        return archive.waiting();
    }

    /** Deletes a recording that has ended; false when there is none or it still runs. */
    public boolean delete(String showId, int epoch) throws IOException {
        return archive.delete(showId, epoch);
    }

    /** Deletes what has expired, and says how many that were. Also done by itself. */
    public int sweep() throws IOException {
        return archive.sweep();
    }

    /** The number for the show's next epoch: one more than any recorded one. */
    int nextEpoch(String showId) {
        return archive.nextEpoch(showId);
    }

    Recorder record(Recorder.Take take, RenditionLease source) {
        return archive.record(take, source);
    }

    /** Waits at most 5 s until what is recorded is on disk. What the streams still send is lost: end them first. */
    @Override
    public void close() {
        archive.close();
    }
}
