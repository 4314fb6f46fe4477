package dev.weir.bench;

import dev.weir.simulcast.LiveStream;
import dev.weir.simulcast.LiveStreams;
import dev.weir.simulcast.PublishVerdict;
import dev.weir.simulcast.RtmpConfig;
import dev.weir.simulcast.RtmpServer;
import dev.weir.simulcast.TargetPolicy;
import dev.weir.simulcast.TargetSpec;
import dev.weir.simulcast.TargetState;
import dev.weir.simulcast.TargetStatus;
import dev.weir.simulcast.testkit.FilmLoop;
import dev.weir.simulcast.testkit.NginxRtmp;
import dev.weir.simulcast.testkit.Tools;
import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What does one more RTMP target cost? The same 3.1 Mbit/s stream is pushed, copied, to an nginx on the loopback by this
 * process, by nginx' own push and by ffmpeg's tee with fifo. Receivers and publisher are processes of their own and not
 * charged.
 *
 * <p>Usage: {@code TargetCost [seconds per figure]}; 8 by default.
 */
public final class TargetCost {
    private static final int[] COUNTS = {0, 1, 5, 20, 50};
    private static final long GIVE_UP_NANOS = 30_000_000_000L;

    private final PrintStream out;
    private final long seconds;
    private final FilmLoop clip;
    private final NginxRtmp sink;

    private TargetCost(PrintStream out, long seconds, FilmLoop clip, NginxRtmp sink) {
        this.out = out;
        this.seconds = seconds;
        this.clip = clip;
        this.sink = sink;
    }

    /** Measures the three and prints their figures. */
    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        long seconds = args.length > 0 ? Long.parseLong(args[0]) : 8;
        out.printf(
                "%s, %d cores, Java %s; 3.1 Mbit/s copied to nginx-rtmp on the loopback, %d s a figure%n",
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                seconds);
        out.println("percent of one core at so many targets" + counts() + "   one more");
        try (FilmLoop clip = FilmLoop.make();
                NginxRtmp sink = NginxRtmp.sink()) {
            var bench = new TargetCost(out, seconds, clip, sink);
            bench.ours();
            bench.nginxPush();
            bench.ffmpegTee();
        }
    }

    private static String counts() {
        return IntStream.of(COUNTS).mapToObj("%7d"::formatted).collect(Collectors.joining());
    }

    private void ours() throws IOException, InterruptedException {
        var lives = new LiveStreams(TargetPolicy.standard(), InstantSource.system());
        LiveStream live = lives.open("bench");
        try (var server = RtmpServer.start(
                RtmpConfig.on("127.0.0.1", 0), request -> new PublishVerdict.Accepted(live.openHost()))) {
            Process publisher = clip.publish("rtmp://127.0.0.1:%d/live/key".formatted(server.port()));
            try {
                until("the host", live::hostConnected);
                warmUp(live);
                measureOurs(live);
            } finally {
                Tools.stop(publisher);
            }
        } finally {
            lives.close();
        }
    }

    /** The compiler's work is no cost of a target. */
    private void warmUp(LiveStream live) throws InterruptedException {
        grow(live, 0, 50);
        Thread.sleep(seconds * 2000);
        shrink(live, 50);
        Thread.sleep(2000);
    }

    private void measureOurs(LiveStream live) throws InterruptedException {
        double[] cores = new double[COUNTS.length];
        long[] memory = new long[COUNTS.length];
        int running = 0;
        for (int i = 0; i < COUNTS.length; i++) {
            grow(live, running, COUNTS[i]);
            running = COUNTS[i];
            cores[i] = share(ProcessHandle.current().pid());
            memory[i] = heldBytes();
        }
        print("weir", cores);
        out.printf(
                "%-38s at least %d kbit/s at each of %d, %d frames dropped%n",
                "weir, delivered",
                live.targets().list().stream()
                        .mapToLong(TargetStatus::kbps)
                        .min()
                        .orElse(0),
                running,
                live.targets().list().stream()
                        .mapToLong(TargetStatus::droppedUnits)
                        .sum());
        long each = (memory[COUNTS.length - 1] - memory[0]) / COUNTS[COUNTS.length - 1];
        out.printf(
                Locale.ROOT,
                "%-38s %.0f KiB more a target; the process holds %.0f MiB%n",
                "weir, memory in use",
                each / 1024.0,
                CpuClock.residentBytes(ProcessHandle.current().pid()) / 1048576.0);
    }

    private static long heldBytes() throws InterruptedException {
        System.gc();
        Thread.sleep(200);
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory() + NativeBuffers.bytes();
    }

    private void grow(LiveStream live, int from, int to) throws InterruptedException {
        for (int i = from; i < to; i++) {
            live.targets().add(new TargetSpec("t" + i, "t" + i, null, sink.url("sink", "weir" + i)));
        }
        until(to + " live targets", () -> live.targets().list().stream().allMatch(t -> t.state() == TargetState.LIVE));
    }

    private static void shrink(LiveStream live, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            live.targets().remove("t" + i);
        }
    }

    private void nginxPush() throws IOException, InterruptedException {
        double[] cores = new double[COUNTS.length];
        for (int i = 0; i < COUNTS.length; i++) {
            int count = COUNTS[i];
            String pushes = IntStream.range(0, count)
                    .mapToObj(n -> "push " + sink.url("sink", "nginx" + n) + ";")
                    .collect(Collectors.joining(" "));
            try (NginxRtmp relay = NginxRtmp.start("application in { live on; " + pushes + " }")) {
                Process publisher = clip.publish(relay.url("in", "key"));
                try {
                    until(count + " pushes of nginx", () -> arriving("nginx") >= count);
                    cores[i] = share(relay.workerPid());
                } finally {
                    Tools.stop(publisher);
                }
            }
        }
        print("nginx-rtmp push", cores);
    }

    private void ffmpegTee() throws IOException, InterruptedException {
        double[] cores = new double[COUNTS.length];
        for (int i = 0; i < COUNTS.length; i++) {
            int count = COUNTS[i];
            String slaves = IntStream.range(0, count)
                    .mapToObj(n -> "[f=flv:onfail=ignore]" + sink.url("sink", "tee" + n))
                    .collect(Collectors.joining("|"));
            List<String> outputs =
                    count == 0 ? List.of("-f", "null", "-") : List.of("-f", "tee", "-use_fifo", "1", slaves);
            Process tee = clip.output(outputs);
            try {
                until(count + " outputs of ffmpeg", () -> arriving("tee") >= count);
                cores[i] = share(tee.pid());
            } finally {
                Tools.stop(tee);
            }
        }
        print("ffmpeg tee + fifo", cores);
    }

    private long arriving(String prefix) {
        try {
            return sink.bytesIn().entrySet().stream()
                    .filter(stream -> stream.getKey().startsWith(prefix) && stream.getValue() > 100_000)
                    .count();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private double share(long pid) throws InterruptedException {
        Thread.sleep(1000);
        long before = CpuClock.nanos(pid);
        long began = System.nanoTime();
        Thread.sleep(seconds * 1000);
        return 100.0 * (CpuClock.nanos(pid) - before) / (System.nanoTime() - began);
    }

    private static void until(String what, BooleanSupplier condition) throws InterruptedException {
        long from = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - from > GIVE_UP_NANOS) {
                throw new IllegalStateException(what + ": not there after 30 s");
            }
            Thread.sleep(50);
        }
    }

    private void print(String name, double[] cores) {
        String figures = IntStream.range(0, cores.length)
                .mapToObj(i -> "%7.2f".formatted(cores[i]))
                .collect(Collectors.joining());
        out.printf(Locale.ROOT, "%-38s%s %9.3f%n", name, figures, slope(cores));
    }

    /** Least squares over all counts. */
    private static double slope(double[] cores) {
        double meanCount = IntStream.of(COUNTS).average().orElse(0);
        double meanCores = IntStream.range(0, cores.length)
                .mapToDouble(i -> cores[i])
                .average()
                .orElse(0);
        double above = 0;
        double below = 0;
        for (int i = 0; i < cores.length; i++) {
            above += (COUNTS[i] - meanCount) * (cores[i] - meanCores);
            below += (COUNTS[i] - meanCount) * (COUNTS[i] - meanCount);
        }
        return above / below;
    }
}
