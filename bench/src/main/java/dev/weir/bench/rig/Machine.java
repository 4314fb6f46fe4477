package dev.weir.bench.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** On what was it measured? */
public final class Machine {

    private Machine() {}

    /** One line: system, processor, cores, Java. */
    public static String describe() {
        return String.format(
                Locale.ROOT,
                "%s %s %s, %s, %d cores, Java %s",
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch"),
                processor(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version());
    }

    private static String processor() {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
            return lines.stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.replaceFirst(".*: ", ""))
                    .findFirst()
                    .orElse("processor unknown");
        } catch (IOException e) {
            return "processor unknown";
        }
    }

    /**
     * What all of it has done since it started, in ticks of 10 ms summed over its cores.
     *
     * @param busy not idle and not waiting for disks
     * @param softirq of those, time in the kernel that belongs to no process: here, the loopback network
     */
    public record Busy(long busy, long softirq, long total) {

        /** Share of all cores, 0..1. */
        public double busyShare(Busy before) {
            return (busy - before.busy) / (double) Math.max(1, total - before.total);
        }

        /** As {@link #busyShare}, of the kernel's network work alone. */
        public double softirqShare(Busy before) {
            return (softirq - before.softirq) / (double) Math.max(1, total - before.total);
        }
    }

    /** How busy it has been so far. */
    public static Busy busy() {
        try {
            String[] parts =
                    Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +");
            long total = 0;
            for (int i = 1; i <= 8; i++) {
                total += Long.parseLong(parts[i]);
            }
            long idle = Long.parseLong(parts[4]) + Long.parseLong(parts[5]);
            return new Busy(total - idle, Long.parseLong(parts[7]), total);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
