package dev.weir.bench.fire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How long did somebody on this machine wait for a CPU? Linux's pressure; 0 where it is not known. */
final class CpuStall {
    private static final Path PRESSURE = Path.of("/proc/pressure/cpu");
    private static final String TOTAL = "total=";

    private CpuStall() {}

    /** In ns, since the machine began. */
    static long nanos() {
        try {
            String some = Files.readAllLines(PRESSURE).getFirst();
            return 1_000 * Long.parseLong(some.substring(some.indexOf(TOTAL) + TOTAL.length()));
        } catch (IOException e) {
            return 0;
        }
    }
}
