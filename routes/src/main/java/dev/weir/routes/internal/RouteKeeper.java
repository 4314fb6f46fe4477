package dev.weir.routes.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.routes.RouteEdits.Refused;
import dev.weir.routes.RouteEdits.Standing;
import dev.weir.routes.RouteEdits.Wrong;
import dev.weir.routes.internal.RouteVersions.Wanted;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How does this hub come to run the versions in force? It looks once a second. A row that is gone, or a version that cannot be read,
 * built or started, leaves what runs running; the reason is shown, and it is tried again every 10 s. Thread-safe.
 */
final class RouteKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RouteKeeper.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration AGAIN = Duration.ofSeconds(10);
    private static final Duration TELL = Duration.ofMinutes(1);
    /** How far back a hub that starts looks for a version that it can run. */
    private static final int MOST_BACK = 20;

    private final Map<String, RouteText> shipped = new TreeMap<>();
    private final RouteRules rules;
    private final RouteVersions versions;
    private final CamelHost camel;
    private final java.util.function.Predicate<String> needsTwo;
    private final Clock clock;
    private final Meter meter;
    private final ReentrantLock turn = new ReentrantLock();
    private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
    private final Thread thread = Thread.ofVirtual().name("route-versions").unstarted(this::run);
    private volatile Map<String, Wanted> wanted = Map.of();
    private List<Standing> told = List.of();
    private Instant toldAt = Instant.MIN;
    private volatile boolean closed;

    RouteKeeper(Wiring wiring, RouteVersions versions, CamelHost camel, java.util.function.Predicate<String> needsTwo) {
        RouteFile.shipped().forEach(route -> shipped.put(route.id(), route));
        this.rules = new RouteRules(shipped);
        this.versions = versions;
        this.camel = camel;
        this.needsTwo = needsTwo;
        this.clock = wiring.clock();
        this.meter = wiring.meter("route-versions", "Brings this hub to the versions of the routes that are in force");
    }

    private record Refusal(long seq, String reason, Instant again) {}

    /** Starts every route, in the version in force or the nearest one before it that can be started here. */
    void start() throws Exception {
        turn.lock();
        try {
            wanted = versions.inForce();
            for (RouteText route : shipped.values()) {
                begin(route);
            }
            tell();
        } finally {
            turn.unlock();
        }
        thread.start();
    }

    private void begin(RouteText route) throws Exception {
        Wanted want = wanted.getOrDefault(route.id(), new Wanted(0, 0));
        int version = want.version();
        for (int back = 0; version != 0 && back < MOST_BACK; back++) {
            try {
                camel.begin(text(route.id(), version));
                return;
            } catch (Exception e) {
                refuse(route.id(), want, version, e);
                version = versions.basedOn(route.id(), version);
            }
        }
        camel.begin(route);
    }

    private void run() {
        while (!closed) {
            try {
                Thread.sleep(LOOK);
                converge();
                meter.ok(0);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                meter.fail(String.valueOf(e));
            }
        }
    }

    /** Runs what is in force, as far as that is possible here. */
    void converge() {
        turn.lock();
        try {
            wanted = versions.inForce();
            refusals.keySet().retainAll(wanted.keySet());
            wanted.forEach((route, want) -> {
                if (shipped.containsKey(route)) {
                    come(route, want);
                }
            });
            tell();
        } finally {
            turn.unlock();
        }
    }

    private void come(String route, Wanted want) {
        if (camel.running(route) == want.version()) {
            refusals.remove(route);
            return;
        }
        Refusal refusal = refusals.get(route);
        if (closed
                || (refusal != null
                        && refusal.seq() == want.seq()
                        && clock.instant().isBefore(refusal.again()))) {
            return;
        }
        try {
            camel.swap(text(route, want.version()));
            refusals.remove(route);
            meter.ok(1);
            LOG.info("Route {} runs in version {}", route, want.version());
        } catch (Exception e) {
            refuse(route, want, want.version(), e);
        }
    }

    private void refuse(String route, Wanted want, int version, Exception why) {
        String reason = "version " + version + ": " + root(why);
        refusals.put(route, new Refusal(want.seq(), reason, clock.instant().plus(AGAIN)));
        meter.fail("route " + route + ": " + reason);
        LOG.warn("Route {} cannot run in version {} here: what ran before it runs on", route, version, why);
    }

    static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return Sql.cut(root.getMessage() == null ? root.toString() : root.getMessage(), 500);
    }

    /** The text of a version, checked as if it had just been written: nobody knows what became of a row. */
    RouteText text(String route, int version) {
        if (version == 0) {
            return known(route);
        }
        String yaml = versions.text(route, version)
                .orElseThrow(() -> new ChannelException(
                        Fault.NOT_FOUND, "version: " + version + " of route " + route + " (expected: a known one)"));
        List<RouteText> texts = read(yaml);
        if (texts.size() != 1 || !texts.getFirst().id().equals(route)) {
            throw new Refused(List.of(new Wrong(1, "file", texts.size() + " routes", "route " + route + " alone")));
        }
        return texts.getFirst().at(version);
    }

    /** The route that ships; NOT_FOUND when there is none. */
    RouteText known(String route) {
        return Optional.ofNullable(shipped.get(route))
                .orElseThrow(() -> new ChannelException(
                        Fault.NOT_FOUND,
                        "route: " + Sql.cut(route, 100) + " (expected: one of " + shipped.keySet() + ")"));
    }

    /** What is wrong with a file. */
    List<Wrong> validate(String file) {
        RouteFile read = RouteFile.read(file);
        List<Wrong> wrongs = new ArrayList<>(read.wrongs());
        read.items().forEach(item -> wrongs.addAll(rules.check(item)));
        return wrongs;
    }

    /** The routes of a file that may be taken; throws {@link Refused} otherwise. */
    List<RouteText> read(String file) {
        List<Wrong> wrongs = validate(file);
        if (!wrongs.isEmpty()) {
            throw new Refused(wrongs);
        }
        return RouteFile.read(file).items().stream().map(RouteFile.Item::text).toList();
    }

    List<Standing> standings() {
        return shipped.values().stream().map(this::standing).toList();
    }

    Standing standing(RouteText route) {
        @Nullable Refusal refusal = refusals.get(route.id());
        return new Standing(
                route.id(),
                route.description(),
                route.template(),
                camel.running(route.id()),
                wanted.getOrDefault(route.id(), new Wanted(0, 0)).version(),
                needsTwo.test(route.id()),
                refusal == null ? null : refusal.reason());
    }

    private void tell() {
        List<Standing> standings = standings();
        if (!standings.equals(told) || clock.instant().isAfter(toldAt.plus(TELL))) {
            versions.tell(camel.process(), standings);
            told = standings;
            toldAt = clock.instant();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
