package dev.weir.bench.fire;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What do people do in a drop? Hold one to five lines, pay, pay twice, change their minds, walk away, come too late, tap
 * twice; channels sell without asking; a shopkeeper brings more. Each of the many is a thread with chance of its own.
 */
final class Buyers {
    /** Held alone, never with another: its history is checked for linearizability. */
    static final String SOLO = "solo";

    private static final List<String> SHARED = List.of("a", "b", "c", "d");

    private final History history;
    private final FireSettings settings;
    private final long seed;

    Buyers(History history, FireSettings settings, long seed) {
        this.history = history;
        this.settings = settings;
        this.seed = seed;
    }

    static List<String> skus() {
        List<String> all = new ArrayList<>(SHARED);
        all.add(SOLO);
        return all;
    }

    /** Lets them all in until {@code untilNanos}; returns when the last has left. */
    void run(long untilNanos) throws Exception {
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < settings.buyers(); i++) {
                int who = i;
                all.add(threads.submit(() -> {
                    Random random = new Random(seed * 1_000 + who);
                    for (int visit = 0; System.nanoTime() < untilNanos; visit++) {
                        visit(random, "b" + who + "-" + visit, untilNanos);
                    }
                    return null;
                }));
            }
            all.add(threads.submit(() -> {
                bringMore(new Random(seed), untilNanos);
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
    }

    private void visit(Random random, String key, long until) throws InterruptedException {
        int what = random.nextInt(100);
        if (what < 8) {
            sell(random, "sale-" + key);
        } else if (what < 16) {
            String sku = any(random);
            history.ask(hub(random), Event.Op.LEVEL, sku, List.of(new Line(sku, 1)));
        } else {
            hold(random, key, until);
        }
        Thread.sleep(random.nextInt(120));
    }

    private void hold(Random random, String key, long until) throws InterruptedException {
        List<Line> lines = lines(random);
        Thread twin = null;
        if (random.nextInt(100) < 15) {
            int other = hub(random);
            twin = Thread.ofVirtual().start(() -> history.ask(other, Event.Op.HOLD, key, lines));
        }
        Answer answer = history.ask(hub(random), Event.Op.HOLD, key, lines);
        if (answer.word() == Answer.Word.UNSURE && random.nextBoolean()) {
            answer = history.ask(hub(random), Event.Op.HOLD, key, lines);
        }
        if (twin != null) {
            twin.join();
        }
        if (answer.word() == Answer.Word.GRANTED) {
            decide(random, answer.detail(), lines, until);
        }
    }

    private void decide(Random random, String id, List<Line> lines, long until) throws InterruptedException {
        int what = random.nextInt(100);
        think(random.nextInt(300), until);
        if (what < 30) {
            commit(random, id, lines);
        } else if (what < 45) {
            history.ask(hub(random), Event.Op.PAY, id, lines);
            think(random.nextLong(settings.holdMillis()), until);
            commit(random, id, lines);
        } else if (what < 55) {
            // Too late by a little or a lot: it must be refused.
            think(settings.holdMillis() - 150 + random.nextInt(600), until);
            commit(random, id, lines);
        } else if (what < 80) {
            history.ask(hub(random), Event.Op.RELEASE, id, lines);
        }
    }

    /** No longer than the load lasts. */
    private static void think(long millis, long until) throws InterruptedException {
        Thread.sleep(Math.max(0, Math.min(millis, (until - System.nanoTime()) / 1_000_000)));
    }

    private void commit(Random random, String id, List<Line> lines) {
        Answer answer = history.ask(hub(random), Event.Op.COMMIT, id, lines);
        if (answer.word() == Answer.Word.UNSURE || random.nextInt(100) < 10) {
            Answer again = history.ask(hub(random), Event.Op.COMMIT, id, lines);
            answer = answer.word() == Answer.Word.DONE ? answer : again;
        }
        boolean committed = answer.word() == Answer.Word.DONE || answer.word() == Answer.Word.ALREADY;
        if (committed && random.nextInt(100) < 25) {
            Line first = lines.getFirst();
            history.ask(hub(random), Event.Op.RESTOCK, "refund-" + id, List.of(first));
        }
    }

    private void sell(Random random, String cause) {
        Line line = new Line(any(random), 1 + random.nextInt(2));
        history.ask(hub(random), Event.Op.SELL, cause, List.of(line));
    }

    private void bringMore(Random random, long until) throws InterruptedException {
        int[] onHand = new int[skus().size()];
        while (System.nanoTime() < until) {
            think(400 + random.nextInt(400), until);
            int which = random.nextInt(onHand.length);
            onHand[which] += 3 + random.nextInt(6);
            setOnHand(which, FireRun.SUPPLY + onHand[which], hub(random));
        }
    }

    /** The same number until somebody has taken it, so that it is known in the end; 100 times at most. */
    private void setOnHand(int which, int level, int hub) throws InterruptedException {
        List<Line> line = List.of(new Line(skus().get(which), level));
        for (int i = 0; i < 100; i++) {
            if (history.ask((hub + i) % settings.hubs(), Event.Op.ONHAND, "count", line)
                            .word()
                    == Answer.Word.DONE) {
                return;
            }
            Thread.sleep(100);
        }
    }

    private List<Line> lines(Random random) {
        if (random.nextInt(100) < 40) {
            return List.of(new Line(SOLO, 1 + random.nextInt(2)));
        }
        List<Line> lines = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            lines.add(new Line(SHARED.get(random.nextInt(SHARED.size())), 1 + random.nextInt(2)));
        }
        return lines;
    }

    private int hub(Random random) {
        return random.nextInt(settings.hubs());
    }

    private static String any(Random random) {
        return skus().get(random.nextInt(skus().size()));
    }
}
