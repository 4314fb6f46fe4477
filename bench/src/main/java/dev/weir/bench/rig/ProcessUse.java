package dev.weir.bench.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What has a process used so far? From {@code /proc}, with all its threads.
 *
 * @param cpuNanos in user and in system mode
 * @param residentBytes of memory now
 * @param atNanos when it was looked at
 */
public record ProcessUse(long cpuNanos, long residentBytes, long atNanos) {

    private static final long TICK = 10_000_000L;
    private static final long PAGE = 4096;

    /** The process of that id. */
    public static ProcessUse of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            return new ProcessUse(ticks * TICK, Long.parseLong(fields[21]) * PAGE, System.nanoTime());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Share of one core since {@code before}; above 1 with more than one. */
    public double coreShare(ProcessUse before) {
        return (cpuNanos - before.cpuNanos) / (double) Math.max(1, atNanos - before.atNanos);
    }
}
