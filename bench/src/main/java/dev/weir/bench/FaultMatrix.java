package dev.weir.bench;

import dev.weir.simulcast.ConsumerSpec;
import dev.weir.simulcast.LiveStream;
import dev.weir.simulcast.LiveStreams;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.PublishVerdict;
import dev.weir.simulcast.RtmpConfig;
import dev.weir.simulcast.RtmpServer;
import dev.weir.simulcast.StreamSink;
import dev.weir.simulcast.StreamTarget;
import dev.weir.simulcast.Subscription;
import dev.weir.simulcast.TargetPolicy;
import dev.weir.simulcast.TargetSpec;
import dev.weir.simulcast.TargetState;
import dev.weir.simulcast.TargetStatus;
import dev.weir.simulcast.testkit.FfmpegReceiver;
import dev.weir.simulcast.testkit.FilmLoop;
import dev.weir.simulcast.testkit.FrameLog;
import dev.weir.simulcast.testkit.NginxRtmp;
import dev.weir.simulcast.testkit.Tools;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Does anybody notice when one of five targets fails? The other four are two keys of an nginx, each played from there by an
 * ffmpeg, an ffmpeg that listens itself, and our own server; the player's path is a subscription. The anchor is the same
 * run just before each fault.
 *
 * <p>Usage: {@code FaultMatrix [seconds per window] [faults...]}; 8 s and all of them by default.
 */
public final class FaultMatrix {
    private static final long GIVE_UP_NANOS = 60_000_000_000L;

    private final PrintStream out;
    private final long seconds;
    private final LiveStream live;
    private final List<FrameLog> others;
    private final FrameLog player;
    private final FaultyEnd end;

    private FaultMatrix(
            PrintStream out, long seconds, LiveStream live, List<FrameLog> others, FrameLog player, FaultyEnd end) {
        this.out = out;
        this.seconds = seconds;
        this.live = live;
        this.others = others;
        this.player = player;
        this.end = end;
    }

    /** Breaks one target in each way and prints what the others saw. */
    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        Path hosts = Files.createTempFile("weir-hosts", "");
        Files.writeString(hosts, "127.0.0.1 localhost\n");
        System.setProperty("jdk.net.hosts.file", hosts.toString());
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        long seconds = args.length > 0 ? Long.parseLong(args[0]) : 8;
        List<Fault> faults = args.length > 1
                ? Arrays.stream(args).skip(1).map(Fault::valueOf).toList()
                : List.of(Fault.values());
        out.printf(
                "%s, %d cores, Java %s; five targets of one 3.1 Mbit/s live, one fails; %d s before and %d s during each%n",
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                seconds,
                seconds);
        try (var end = new FaultyEnd(hosts);
                var clip = FilmLoop.make();
                var nginx = NginxRtmp.sink()) {
            run(out, seconds, faults, end, clip, nginx);
        } finally {
            Files.delete(hosts);
        }
    }

    private static void run(
            PrintStream out, long seconds, List<Fault> faults, FaultyEnd end, FilmLoop clip, NginxRtmp nginx)
            throws Exception {
        var lives = new LiveStreams(TargetPolicy.standard().withCaFile(end.caFile()), InstantSource.system());
        LiveStream live = lives.open("bench");
        var direct = FrameLog.ofTimes();
        try (var ingest = RtmpServer.start(
                        RtmpConfig.on("127.0.0.1", 0), request -> new PublishVerdict.Accepted(live.openHost()));
                var sink = RtmpServer.start(
                        RtmpConfig.on("127.0.0.1", 0), request -> new PublishVerdict.Accepted(direct.open()))) {
            String listening = "rtmp://127.0.0.1:%d/live/well2".formatted(Tools.freePort());
            Process publisher = clip.publish("rtmp://127.0.0.1:%d/live/key".formatted(ingest.port()));
            try (FfmpegReceiver listener = FfmpegReceiver.rtmp(listening)) {
                until("the host", live::hostConnected);
                add(live, "well0", nginx.url("sink", "well0"));
                add(live, "well1", nginx.url("sink", "well1"));
                add(live, "well2", listening);
                add(live, "well3", "rtmp://127.0.0.1:%d/live/well3".formatted(sink.port()));
                until(
                        "four live targets",
                        () -> live.targets().list().stream().allMatch(target -> target.state() == TargetState.LIVE));
                try (FfmpegReceiver first = FfmpegReceiver.player(nginx.url("sink", "well0"));
                        FfmpegReceiver second = FfmpegReceiver.player(nginx.url("sink", "well1"))) {
                    List<FrameLog> others = List.of(first.log(), second.log(), listener.log(), direct);
                    until("frames at all receivers", () -> others.stream().allMatch(log -> log.size() > 100));
                    var bench = new FaultMatrix(out, seconds, live, others, watch(live), end);
                    bench.all(faults);
                }
            } finally {
                Tools.stop(publisher);
            }
        } finally {
            lives.close();
        }
    }

    private static void add(LiveStream live, String id, String url) {
        live.targets().add(new TargetSpec(id, id, null, url));
    }

    /** What a player's session does: it takes frames as they come. */
    private static FrameLog watch(LiveStream live) {
        var log = FrameLog.ofTimes();
        StreamSink sink = log.open();
        Subscription queue = live.fanout().subscribe(ConsumerSpec.named("player"), true);
        Thread.ofVirtual().start(() -> {
            try {
                while (!queue.isClosed()) {
                    Optional<MediaUnit> unit = queue.take(Duration.ofSeconds(1));
                    unit.ifPresent(sink::unit);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return log;
    }

    private void all(List<Fault> faults) throws Exception {
        Thread.sleep(seconds * 1000);
        out.println("gap between pictures in ms           the other four (p50 p99, before > during)"
                + "         the player (p99)           the faulty one");
        for (Fault fault : faults) {
            one(fault);
        }
        long dropped = live.targets().list().stream()
                .mapToLong(TargetStatus::droppedUnits)
                .sum();
        long reconnects = live.targets().list().stream()
                .mapToLong(TargetStatus::reconnects)
                .sum();
        out.printf("the other four over the whole run: %d frames dropped, %d reconnects%n", dropped, reconnects);
    }

    private void one(Fault fault) throws Exception {
        if (fault.strikesLive()) {
            add(live, "faulty", end.url(fault));
            until("the faulty target", () -> status().state() == TargetState.LIVE);
        }
        Thread.sleep(1000);
        long t0 = System.nanoTime();
        Thread.sleep(seconds * 1000);
        long t1 = System.nanoTime();
        end.strike(fault);
        if (!fault.strikesLive()) {
            add(live, "faulty", end.url(fault));
        }
        Thread.sleep(seconds * 1000);
        long t2 = System.nanoTime();
        String state = status().state() + " "
                + Optional.ofNullable(status().lastError()).orElse("");
        String recovery = recover(fault, t2);
        line(fault, t0, t1, t2, "%.60s; %s".formatted(state, recovery));
        live.targets().remove("faulty");
    }

    private String recover(Fault fault, long since) throws Exception {
        long reconnected = status().reconnects();
        end.mend(fault);
        if (fault == Fault.BAD_KEY) {
            live.targets().find("faulty").ifPresent(StreamTarget::retry);
        }
        boolean again = fault == Fault.RESET || fault == Fault.CLOSE;
        until("recovery from " + fault, () -> status().state() == TargetState.LIVE && framesSince(since));
        double took = (System.nanoTime() - since) / 1e9;
        return again
                ? "back within the window, %d reconnects".formatted(reconnected)
                : String.format(Locale.ROOT, "back after %.1f s", took);
    }

    private boolean framesSince(long since) {
        List<FrameLog.Frame> frames = end.log().frames();
        return !frames.isEmpty() && frames.getLast().nanoTime() - since > 0;
    }

    private TargetStatus status() {
        return live.targets().find("faulty").orElseThrow().status();
    }

    private void line(Fault fault, long t0, long t1, long t2, String faulty) {
        Gaps before = Gaps.between(others, t0, t1);
        Gaps during = Gaps.between(others, t1, t2);
        Gaps playerBefore = Gaps.between(List.of(player), t0, t1);
        Gaps playerDuring = Gaps.between(List.of(player), t1, t2);
        out.printf(
                Locale.ROOT,
                "%-28s  p50 %5.1f > %5.1f   p99 %6.1f > %6.1f (%+6.1f)   p99 %6.1f > %6.1f (%+6.1f)   %s%n",
                fault.words(),
                before.millis(0.5),
                during.millis(0.5),
                before.millis(0.99),
                during.millis(0.99),
                during.millis(0.99) - before.millis(0.99),
                playerBefore.millis(0.99),
                playerDuring.millis(0.99),
                playerDuring.millis(0.99) - playerBefore.millis(0.99),
                faulty);
    }

    private static void until(String what, BooleanSupplier condition) throws InterruptedException {
        long from = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - from > GIVE_UP_NANOS) {
                throw new IllegalStateException(what + ": not there after 60 s");
            }
            Thread.sleep(20);
        }
    }
}
