package dev.weir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.bench.rig.Clip;
import dev.weir.bench.rig.FlvClip;
import dev.weir.bench.rig.Load;
import dev.weir.bench.rig.Machine;
import dev.weir.bench.rig.Options;
import dev.weir.bench.rig.ProcessUse;
import dev.weir.bench.rig.Publisher;
import dev.weir.bench.rig.Rig;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Does memory stay flat, and does every unit arrive, with many lives at once for long? Publishers, receivers that count,
 * and the engine are three processes. To compare the counts exactly the publishers hold still for half a second at
 * the beginning and at the end.
 *
 * <p>Usage: {@code Soak [lives=20] [targets=3] [minutes=30] [kilobits=3000]}.
 */
public final class Soak {
    private static final long WARM_UP_SECONDS = 20;
    private static final long STILL_MILLIS = 500;
    /** A little less than the second after which the engine fills a silent host's place. */
    private static final long FILLED_MILLIS = 900;

    private static final int ATTEMPTS = 10;

    private final PrintStream out;
    private final Rig rig;
    private final Rig sinks;
    private final List<Publisher> hosts = new ArrayList<>();

    private Soak(PrintStream out, Rig rig, Rig sinks) {
        this.out = out;
        this.rig = rig;
        this.sinks = sinks;
    }

    /** Runs it and prints a line a minute. */
    public static void main(String[] args) throws Exception {
        var options = new Options(args, "lives", "targets", "minutes", "kilobits");
        int lives = options.number("lives", 20);
        int targets = options.number("targets", 3);
        int minutes = options.number("minutes", 30);
        Clip clip = Clip.house(options.number("kilobits", 3000));
        FlvClip tags = FlvClip.read(clip.flv(), clip.seconds());
        PrintStream out = System.out;
        out.printf(
                "%s; %d lives of %d kbit/s with %d targets each for %d min%n",
                Machine.describe(), lives, clip.kilobits(), targets, minutes);
        try (Rig sinks = Rig.sinks();
                Rig rig =
                        Rig.start("targets=" + targets, "sink=" + sinks.rtmp("").replaceFirst("/$", ""))) {
            var soak = new Soak(out, rig, sinks);
            soak.run(lives, targets, minutes, tags);
        }
        System.exit(0);
    }

    private void run(int lives, int targets, int minutes, FlvClip tags) throws IOException, InterruptedException {
        for (int i = 0; i < lives; i++) {
            hosts.add(Publisher.start(rig.rtmp("live" + i), tags, (tag, shown) -> {}));
            TimeUnit.MILLISECONDS.sleep(100);
        }
        TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
        Map<String, Long> before = behind(lives, targets);
        List<long[]> memory = new ArrayList<>();
        long first = received();
        for (int minute = 0; minute < minutes; minute++) {
            Load from = Load.now(rig.pid());
            TimeUnit.MINUTES.sleep(1);
            memory.add(line(minute + 1, Load.now(rig.pid()).server(from), targets * lives));
        }
        Map<String, Long> after = behind(lives, targets);
        out.printf("units received by targets meanwhile: %,d%n", received() - first);
        verdict(before, after);
        growth(memory);
        hosts.forEach(Publisher::close);
    }

    private long received() throws IOException, InterruptedException {
        long sum = 0;
        for (JsonNode count : sinks.figures()) {
            sum += count.path("units").asLong();
        }
        return sum;
    }

    /**
     * By how many units the engine is behind its publishers, and each target behind the engine, all holding still. Once
     * more when it took so long that the engine filled in.
     */
    private Map<String, Long> behind(int lives, int targets) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            long from = System.nanoTime();
            hosts.forEach(host -> host.pause(true));
            TimeUnit.MILLISECONDS.sleep(STILL_MILLIS);
            JsonNode engine = rig.figures();
            JsonNode counts = sinks.figures();
            long still = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
            Map<String, Long> behind = compare(engine, counts, targets);
            hosts.forEach(host -> host.pause(false));
            if (still < FILLED_MILLIS || attempt == ATTEMPTS) {
                out.printf("counted %d places of %d in %d ms%n", behind.size(), lives * (targets + 1), still);
                return behind;
            }
            TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
        }
    }

    private Map<String, Long> compare(JsonNode engine, JsonNode counts, int targets) {
        Map<String, Long> behind = new TreeMap<>();
        for (JsonNode live : engine.path("lives")) {
            String id = live.path("id").asText();
            long units = live.path("units").asLong();
            behind.put(id, hosts.get(Integer.parseInt(id.substring(4))).units() - units);
            for (int i = 0; i < targets; i++) {
                String key = id + "-" + i;
                behind.put(key, units - counts.path(key).path("units").asLong());
            }
        }
        return behind;
    }

    private void verdict(Map<String, Long> before, Map<String, Long> after) {
        long lost = 0;
        for (Map.Entry<String, Long> entry : after.entrySet()) {
            long more = entry.getValue() - before.getOrDefault(entry.getKey(), 0L);
            if (more != 0) {
                out.printf("%s: %d units behind (expected: 0)%n", entry.getKey(), more);
            }
            lost += Math.abs(more);
        }
        out.printf("units lost between host, engine and %d places: %d%n", after.size(), lost);
        out.printf(
                "latest that a host wrote a frame: %d ms (from 1000 ms on the engine fills in and is ahead of its host)%n",
                hosts.stream().mapToLong(Publisher::worstDelayMillis).max().orElse(0));
    }

    private long[] line(int minute, String server, int targets) throws IOException, InterruptedException {
        JsonNode figures = rig.collected();
        long heap = figures.path("heapUsed").asLong();
        long resident = ProcessUse.of(rig.pid()).residentBytes();
        int live = 0;
        long dropped = 0;
        for (JsonNode one : figures.path("lives")) {
            for (JsonNode target : one.path("targets")) {
                live += target.path("state").asText().equals("LIVE") ? 1 : 0;
                dropped += target.path("dropped").asLong();
            }
        }
        out.printf(
                Locale.ROOT,
                "%3d min: heap in use %d MB, resident %d MB, outside the heap %d MB, buffers %d MB, %d threads;"
                        + " %d of %d targets live, %d units dropped; %s%n",
                minute,
                heap >> 20,
                resident >> 20,
                (resident - figures.path("heapCommitted").asLong()) >> 20,
                figures.path("buffers").asLong() >> 20,
                figures.path("threads").asInt(),
                live,
                targets,
                dropped,
                server);
        return new long[] {heap, resident};
    }

    /** The last third beside the second: what grows for ever grows between them. */
    private void growth(List<long[]> memory) {
        if (memory.size() < 3) {
            return;
        }
        int third = memory.size() / 3;
        double[] change = new double[2];
        for (int i = 0; i < 2; i++) {
            int column = i;
            double middle = memory.subList(third, 2 * third).stream()
                    .mapToLong(m -> m[column])
                    .average()
                    .orElse(0);
            double last = memory.subList(memory.size() - third, memory.size()).stream()
                    .mapToLong(m -> m[column])
                    .average()
                    .orElse(0);
            change[i] = (last - middle) / (1 << 20);
        }
        out.printf(
                Locale.ROOT,
                "from the middle third to the last: heap in use %+.1f MB, resident %+.1f MB%n",
                change[0],
                change[1]);
    }
}
