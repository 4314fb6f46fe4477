package dev.weir.hub.internal.live;

import dev.weir.simulcast.Recording;
import dev.weir.simulcast.RecordingStore;
import dev.weir.simulcast.Recordings;
import dev.weir.simulcast.WaitingRecording;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was recorded of each show? Nothing, where recording is switched off. Thread-safe. */
public final class ShowRecordings {
    private final @Nullable Recordings recordings;

    ShowRecordings(@Nullable Recordings recordings) {
        this.recordings = recordings;
    }

    /** The show's recordings, oldest first. */
    public List<Recording> list(UUID showId) throws IOException {
        return recordings == null ? List.of() : recordings.list(showId.toString());
    }

    /** Bytes of one file of a recording; see {@link Recordings#open}. */
    public Optional<RecordingStore.Content> open(UUID showId, int epoch, String name, long from, long length)
            throws IOException {
        return recordings == null ? Optional.empty() : recordings.open(showId.toString(), epoch, name, from, length);
    }

    /** What has ended and is not in the store yet, of all shows, oldest first. */
    public List<WaitingRecording> waiting() {
        return recordings == null ? List.of() : recordings.waiting();
    }

    /** The same of one show. */
    public List<WaitingRecording> waiting(UUID showId) {
        return waiting().stream()
                .filter(one -> one.showId().equals(showId.toString()))
                .toList();
    }

    /** Deletes one that has ended; false when there is none or it still runs. */
    public boolean delete(UUID showId, int epoch) throws IOException {
        return recordings != null && recordings.delete(showId.toString(), epoch);
    }
}
