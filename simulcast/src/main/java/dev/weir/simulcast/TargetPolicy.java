package dev.weir.simulcast;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How patient are targets?
 *
 * @param noProgress a connection that takes and gives no byte while something waits ends after so long
 * @param firstBackoff wait after the first failure; doubles with each further one
 * @param maxBackoff upper bound of that wait
 * @param rejectedRetry wait after the server refused
 * @param hostGap how long a connection is kept open while nothing comes to be sent; longer than a live goes on without
 *     its host, so that only the end of the live ends it
 * @param queueMillis media time that may wait for a slow target
 * @param queueBytes payload that may wait for a slow target
 * @param caFile PEM file of trusted certificates for RTMPS; null for the system's, or else the JDK's
 * @param jitterSeed makes the spread of waits repeatable
 */
public record TargetPolicy(
        Duration noProgress,
        Duration firstBackoff,
        Duration maxBackoff,
        Duration rejectedRetry,
        Duration hostGap,
        int queueMillis,
        long queueBytes,
        @Nullable Path caFile,
        long jitterSeed) {

    /** 10 s without progress, waits of 1, 2, 4 .. 30 s, 60 s after a refusal, queues of 3 s or 8 MiB. */
    public static TargetPolicy standard() {
        return new TargetPolicy(
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(35),
                3000,
                8L * 1024 * 1024,
                null,
                System.nanoTime());
    }

    /** The same with other times, for tests and impatient operators. */
    public TargetPolicy withTimes(Duration newNoProgress, Duration newFirstBackoff, Duration newMaxBackoff) {
        return new TargetPolicy(
                newNoProgress,
                newFirstBackoff,
                newMaxBackoff,
                rejectedRetry,
                hostGap,
                queueMillis,
                queueBytes,
                caFile,
                jitterSeed);
    }

    /** The same with another certificate file. */
    public TargetPolicy withCaFile(Path newCaFile) {
        return new TargetPolicy(
                noProgress,
                firstBackoff,
                maxBackoff,
                rejectedRetry,
                hostGap,
                queueMillis,
                queueBytes,
                newCaFile,
                jitterSeed);
    }

    /** The same with another patience for a stream that has stopped. */
    public TargetPolicy withHostGap(Duration newHostGap) {
        return new TargetPolicy(
                noProgress,
                firstBackoff,
                maxBackoff,
                rejectedRetry,
                newHostGap,
                queueMillis,
                queueBytes,
                caFile,
                jitterSeed);
    }

    /** The same with another wait after a refusal. */
    public TargetPolicy withRejectedRetry(Duration newRejectedRetry) {
        return new TargetPolicy(
                noProgress,
                firstBackoff,
                maxBackoff,
                newRejectedRetry,
                hostGap,
                queueMillis,
                queueBytes,
                caFile,
                jitterSeed);
    }
}
