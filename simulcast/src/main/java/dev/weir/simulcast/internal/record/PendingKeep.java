package dev.weir.simulcast.internal.record;

import dev.weir.simulcast.Recording;
import dev.weir.simulcast.WaitingRecording;
import java.time.Duration;
import java.util.concurrent.Delayed;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A recording that the store does not have yet, and when that is tried again. */
final class PendingKeep implements Delayed {

    private static final long FIRST_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_NANOS = Duration.ofMinutes(5).toNanos();
    private static final int MOST_DOUBLINGS = 9;
    private static final double JITTER = 0.2;

    private final Folder folder;
    private final Recording recording;
    private volatile int failures;
    private volatile @Nullable String error;
    private volatile long dueAt = System.nanoTime();

    PendingKeep(Folder folder, Recording recording) {
        this.folder = folder;
        this.recording = recording;
    }

    Folder folder() {
        return folder;
    }

    String key() {
        return recording.showId() + "/" + recording.epoch();
    }

    @Nullable
    String error() {
        return error;
    }

    /** To be tried again later: after 1 s, then twice as long each time, up to 5 min. Called by one thread. */
    void failed(String why) {
        error = why;
        int before = failures;
        failures = before + 1;
        long pause = Math.min(LONGEST_NANOS, FIRST_NANOS << Math.min(before, MOST_DOUBLINGS));
        dueAt = System.nanoTime()
                + (long) (pause * (1 + JITTER * (ThreadLocalRandom.current().nextDouble() - 0.5)));
    }

    WaitingRecording view() {
        var ended = recording.endedAt() == null ? recording.startedAt() : recording.endedAt();
        return new WaitingRecording(recording.showId(), recording.epoch(), recording.bytes(), ended, failures, error);
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(dueAt - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
}
