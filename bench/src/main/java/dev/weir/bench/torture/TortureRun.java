package dev.weir.bench.torture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;

/** What does torture change? The same script twice, each time in a fresh house: once calmly, once tortured. */
public final class TortureRun {
    private final TortureSettings settings;
    private final Script script;
    private final Path folder;

    private TortureRun(TortureSettings settings, Path folder) {
        this.settings = settings;
        this.folder = folder;
        this.script = ScriptWriter.write(settings.webhooks(), settings.seed());
    }

    /** One pass after the other; what they left is removed unless something was broken. */
    public static Verdict run(TortureSettings settings) throws Exception {
        return run(settings, false);
    }

    /** Both passes at once, in a house each: most of a short one is waiting. */
    static Verdict runTogether(TortureSettings settings) throws Exception {
        return run(settings, true);
    }

    private static Verdict run(TortureSettings settings, boolean together) throws Exception {
        Path folder = Files.createTempDirectory("weir-torture");
        Verdict verdict = new TortureRun(settings, folder).both(together);
        if (verdict.good()) {
            House.remove(folder);
        }
        return verdict;
    }

    /**
     * What a pass was like.
     *
     * @param deliveries how many of them
     * @param once webhooks that came once
     * @param behind what was still under way when the last delivery was accepted
     */
    record Pass(
            int deliveries,
            long once,
            Couriers.Answers answers,
            List<String> blows,
            Map<String, Long> behind,
            double acceptedSeconds,
            double settledSeconds,
            EndState state) {}

    /**
     * Whether it held.
     *
     * @param lines for people: what was delivered, what struck, how long it took
     * @param broken promises that were not kept; empty when it is good
     */
    public record Verdict(List<String> lines, List<String> broken) {
        /** Nothing was broken. */
        public boolean good() {
            return broken.isEmpty();
        }
    }

    private Verdict both(boolean together) throws Exception {
        FutureTask<Pass> calm = new FutureTask<>(() -> pass("calm", Route.calm(script), settings.calm()));
        Thread passing = Thread.ofPlatform().daemon().name("calm").start(calm);
        if (!together) {
            passing.join();
            calm.get();
        }
        Pass tortured = pass("tortured", Route.shuffled(script, settings.seed()), settings);
        return new Report(settings, script, folder).of(calm.get(), tortured);
    }

    private Pass pass(String name, Route route, TortureSettings how) throws Exception {
        try (House house = House.open(Files.createDirectory(folder.resolve(name)), how.spool())) {
            long began = System.nanoTime();
            Couriers couriers = new Couriers(script, route, house);
            FutureTask<List<String>> blows = new FutureTask<>(() -> {
                try {
                    return new Blows(house, how, couriers::share).call();
                } catch (Exception e) {
                    couriers.giveUp();
                    throw e;
                }
            });
            Thread.ofPlatform().daemon().name("blows").start(blows);
            Couriers.Answers answers = couriers.deliver(how.senders());
            double accepted = seconds(began);
            Map<String, Long> behind = behind(house);
            List<String> struck = new ArrayList<>(blows.get());
            Standing.await(house, name + " pass", Standing.SETTLED);
            Standing.awaitAsked(house, script.unheard().size());
            Standing.await(house, name + " pass", Standing.SETTLED);
            Standing.awaitShown(house);
            EndState state = EndState.of(house);
            Files.write(folder.resolve(name + ".txt"), state.bytes());
            return new Pass(
                    route.stops().size(), route.once(), answers, struck, behind, accepted, seconds(began), state);
        }
    }

    /** PostgreSQL may be away just then. */
    private static Map<String, Long> behind(House house) {
        try {
            return Standing.left(house, Standing.SETTLED);
        } catch (SQLException e) {
            return Map.of();
        }
    }

    static boolean same(Pass calm, Pass tortured) {
        return Arrays.equals(calm.state().bytes(), tortured.state().bytes());
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
