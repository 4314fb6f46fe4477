package dev.weir.routes;

import dev.weir.connectors.Capability;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.routes.RouteEdits.Standing;
import dev.weir.routes.RouteEdits.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * What becomes of messages while their routes are edited, well and badly, and taken back? Orders and deliveries come without a break over a
 * real database and broker; each edit is made on the first of some hubs. Of five edits, two are valid, one is wrong, one is a file with
 * something gone, one has an id twice; each second valid edit of a route of Kafka is taken back.
 */
public final class RouteEditStory {
    private static final List<String> OF_KAFKA = List.of("order-push", "webhook-intake");
    private static final List<String> OF_TIMERS = List.of("order-push-drain", "webhook-sweep", "chores", "errands");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String AUTHOR = "ops";

    private final RoutesBench bench = new RoutesBench();
    private final int edits;
    private final int hubs;
    private final Duration pause;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger sent = new AtomicInteger();
    private final List<RoutesModule> modules = new ArrayList<>();
    private final List<Long> swaps = new ArrayList<>();
    private final List<Long> rollbacks = new ArrayList<>();
    private final List<Long> flowing = new ArrayList<>();
    private final List<Long> everywhere = new ArrayList<>();
    private final List<String> changedByBad = new ArrayList<>();
    private int valid;
    private int invalid;
    private int removed;
    private int twice;

    private RouteEditStory(int edits, int hubs, Duration pause) {
        this.edits = edits;
        this.hubs = hubs;
        this.pause = pause;
    }

    /**
     * @param changedByBad what bad edits changed; expected empty
     * @param sent orders and deliveries, each one message
     * @param effects messages whose effect was seen
     * @param doubled effects beyond the first of a message
     * @param seenAgain messages that a route was handed twice, and whose effect stayed one
     * @param swapNanos of each apply and rollback until the hub says that the version runs
     * @param rollbackNanos the same of rollbacks alone
     * @param flowingNanos from asking for a rollback until its route is through with a message again
     * @param everywhereNanos from asking for a rollback until every hub runs it
     */
    public record Outcome(
            int valid,
            int invalid,
            int removed,
            int twice,
            List<String> changedByBad,
            int sent,
            int effects,
            int doubled,
            long seenAgain,
            long[] swapNanos,
            long[] rollbackNanos,
            long[] flowingNanos,
            long[] everywhereNanos,
            long wallNanos) {}

    /**
     * Runs it; ends by itself.
     *
     * @param edits 5 or more
     * @param hubs over the same database and broker, 1..3
     * @param pause between an order with a delivery and the next
     */
    public static Outcome run(int edits, int hubs, Duration pause) throws InterruptedException {
        RouteEditStory story = new RouteEditStory(edits, hubs, pause);
        try (RoutesBench bench = story.bench) {
            return story.tell(bench);
        }
    }

    private Outcome tell(RoutesBench bench) throws InterruptedException {
        bench.twoPersons = true;
        FakeShop shop = bench.shop("shop", Capability.ORDER_WEBHOOK, Capability.ORDER_PUSH);
        bench.list(shop, RoutesBench.TEE);
        for (int i = 0; i < hubs; i++) {
            modules.add(bench.start());
        }
        long began = System.nanoTime();
        Thread load = Thread.ofVirtual().start(() -> load(shop));
        for (int i = 0; i < edits; i++) {
            edit(i);
        }
        over.set(true);
        load.join();
        long wall = System.nanoTime() - began;
        await(() -> effects(shop) >= 2 * sent.get());
        return outcome(shop, wall);
    }

    private void load(FakeShop shop) {
        while (!over.get()) {
            int i = sent.get();
            bench.books.paid(bench.brand, RoutesBench.TEE);
            bench.deliver(modules.getFirst(), shop, "d" + i, "order " + i);
            sent.incrementAndGet();
            pause(pause);
        }
    }

    private void edit(int i) throws InterruptedException {
        switch (i % 5) {
            case 0 -> {
                String route = OF_KAFKA.get(i / 5 % OF_KAFKA.size());
                valid(route, "maxPollRecords", 10 + i % 1_000);
                if (i / 5 % 4 > 1) {
                    takeBack(route);
                }
            }
            case 1 -> {
                bad(wrongs().get(i / 5 % wrongs().size()));
                invalid++;
            }
            case 2 -> valid(OF_TIMERS.get(i / 5 % OF_TIMERS.size()), "period", 500 + i % 1_000);
            case 3 -> {
                bad(gone().get(i / 5 % gone().size()));
                removed++;
            }
            default -> {
                String yaml =
                        edits().find(OF_KAFKA.get(i / 5 % OF_KAFKA.size())).yaml();
                bad(i / 5 % 2 == 0 ? yaml + yaml : yaml + yaml.replace("maxPollRecords: ", "maxPollRecords: 1"));
                twice++;
            }
        }
    }

    private RouteEdits edits() {
        return modules.getFirst().routeEdits();
    }

    private void valid(String route, String setting, int value) {
        String yaml = with(edits().find(route).yaml(), setting, value);
        Version version =
                edits().propose(bench.brand, AUTHOR, yaml, "under load").getFirst();
        if (version.needsApproval()) {
            edits().approve("operator", route, version.version());
        }
        long began = System.nanoTime();
        runs(edits().apply(AUTHOR, route, version.version()), version.version());
        swaps.add(System.nanoTime() - began);
        valid++;
    }

    private void takeBack(String route) throws InterruptedException {
        int before = edits().find(route).standing().running();
        int target = edits().version(route, before).basedOn();
        long began = System.nanoTime();
        runs(edits().rollback(AUTHOR, route), target);
        rollbacks.add(System.nanoTime() - began);
        swaps.add(rollbacks.getLast());
        long seen = handled(route);
        await(() -> handled(route) > seen);
        flowing.add(System.nanoTime() - began);
        await(() -> modules.stream()
                .allMatch(hub -> hub.routeEdits().find(route).standing().running() == target));
        everywhere.add(System.nanoTime() - began);
    }

    private static void runs(Standing standing, int version) {
        if (standing.running() != version || standing.refusal() != null) {
            throw new IllegalStateException(standing + " (expected: running " + version + ")");
        }
    }

    private List<String> wrongs() {
        String push = edits().find("order-push").yaml();
        return List.of(
                push.replace("ref: orderSteps", "ref: exec"),
                push.replace("- bean:", "- to: exec:rm\n        - bean:"),
                push.replace("groupId: weir-order-push", "groupId: mine"),
                push.replace("kafka:weir.internal.orders.v1", "kafka:weir.internal.orders.v2"),
                push.replace("steps:", "steps:\n        - setBody:\n            simple: \"${bean:x}\""),
                push.replace(
                        "steps:",
                        "steps:\n        - filter:\n            simple: \"${body} is 'java.io.File'\"\n            steps:"),
                push.replace("maxPollRecords: ", "maxPollRecords: -"));
    }

    private List<String> gone() {
        String push = edits().find("order-push").yaml();
        return List.of(
                "",
                "# nothing here any more\n",
                push.substring(0, push.length() / 2),
                push.substring(0, push.indexOf("      steps:")),
                push.substring(0, push.lastIndexOf("        - bean:")));
    }

    /** Sends it in as somebody in a hurry would, up to the end; it must come to nothing. */
    private void bad(String yaml) {
        Map<String, String> before = standings();
        try {
            for (Version version : edits().propose(bench.brand, AUTHOR, yaml, null)) {
                edits().approve("operator", version.route(), version.version());
                edits().apply(AUTHOR, version.route(), version.version());
                changedByBad.add("applied: " + version.diff());
            }
        } catch (RouteEdits.Refused e) {
            changed(before, e.getMessage());
        } catch (ChannelException e) {
            if (e.fault() != Fault.CONFLICT) {
                throw e;
            }
            changed(before, e.getMessage());
        }
    }

    private void changed(Map<String, String> before, String refusal) {
        Map<String, String> after = standings();
        if (!before.equals(after) || refusal == null) {
            changedByBad.add(before + " became " + after + " by: " + refusal);
        }
    }

    private Map<String, String> standings() {
        return edits().standings().stream()
                .collect(Collectors.toMap(
                        Standing::route,
                        one -> one.running() + "/" + one.wanted() + "/" + one.refusal(),
                        (one, other) -> one,
                        TreeMap::new));
    }

    static String with(String yaml, String setting, int value) {
        return yaml.replaceAll(setting + ": .*", setting + ": " + value);
    }

    private long handled(String route) {
        return modules.stream().mapToLong(hub -> handled(hub, route)).sum();
    }

    static long handled(RoutesModule module, String route) {
        return module.routeCatalog().list().stream()
                .filter(entry -> entry.id().equals(route) || entry.id().startsWith(route + "@"))
                .mapToLong(RouteCatalog.Entry::exchangesTotal)
                .sum();
    }

    private int effects(FakeShop shop) {
        return shop.pushCalls.size() + bench.books.takes.size();
    }

    private Outcome outcome(FakeShop shop, long wall) {
        int calls = sum(shop.pushCalls) + sum(bench.books.takes);
        return new Outcome(
                valid,
                invalid,
                removed,
                twice,
                List.copyOf(changedByBad),
                2 * sent.get(),
                effects(shop),
                calls - effects(shop),
                OF_KAFKA.stream().mapToLong(this::handled).sum() - 2L * sent.get(),
                nanos(swaps),
                nanos(rollbacks),
                nanos(flowing),
                nanos(everywhere),
                wall);
    }

    private static int sum(Map<String, Integer> calls) {
        return calls.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static long[] nanos(List<Long> times) {
        return times.stream().mapToLong(Long::longValue).toArray();
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds();
    }

    /** What does not come within {@link #PATIENCE} shows in the figures. */
    private static void await(Condition condition) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds() && System.nanoTime() < until) {
            pause(Duration.ofMillis(5));
        }
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
