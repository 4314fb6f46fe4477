package dev.weir.bench.fire;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What do people do in a drop? Hold one to five lines, pay, pay twice, change their minds, walk away, come too late, tap
 * twice, buy at a channel that did not ask. One place in the crowd, where one buyer follows the other.
 */
final class Buyers {
    private final History history;
    private final FireSettings settings;
    private final boolean whole;
    private final Random random;

    /** {@code whole}: they ask for bundles too. */
    Buyers(History history, FireSettings settings, boolean whole, Random random) {
        this.history = history;
        this.settings = settings;
        this.whole = whole;
        this.random = random;
    }

    /** Returns how many came. */
    int run(String place, long untilNanos) throws InterruptedException {
        int visits = 0;
        while (System.nanoTime() < untilNanos) {
            visit(place + "-" + visits, untilNanos);
            visits++;
        }
        return visits;
    }

    private void visit(String key, long until) throws InterruptedException {
        int what = random.nextInt(100);
        if (what < 8) {
            sell(Wares.WEB + "/sale-" + key);
        } else if (what < 16) {
            String sku = any();
            history.ask(hub(), Event.Op.LEVEL, sku, List.of(new Line(sku, 1)));
        } else {
            hold(key, until);
        }
        Thread.sleep(random.nextInt(120));
    }

    private void hold(String key, long until) throws InterruptedException {
        List<Line> lines = lines();
        Thread twin = null;
        if (random.nextInt(100) < 15) {
            int other = hub();
            twin = Thread.ofVirtual().start(() -> history.askStraight(other, Event.Op.HOLD, key, lines));
        }
        Answer answer = history.ask(hub(), Event.Op.HOLD, key, lines);
        if (answer.word() == Answer.Word.UNSURE && random.nextBoolean()) {
            answer = history.ask(hub(), Event.Op.HOLD, key, lines);
        }
        if (twin != null) {
            twin.join();
        }
        if (answer.word() == Answer.Word.GRANTED) {
            decide(answer.detail(), lines, until);
        }
    }

    private void decide(String id, List<Line> lines, long until) throws InterruptedException {
        int what = random.nextInt(100);
        think(random.nextInt(300), until);
        if (what < 30) {
            commit(id, lines);
        } else if (what < 45) {
            history.ask(hub(), Event.Op.PAY, id, lines);
            think(random.nextLong(settings.holdMillis()), until);
            commit(id, lines);
        } else if (what < 55) {
            // Too late by a little or a lot: it must be refused.
            think(settings.holdMillis() - 150 + random.nextInt(600), until);
            commit(id, lines);
        } else if (what < 80) {
            history.ask(hub(), Event.Op.RELEASE, id, lines);
        }
    }

    /** No longer than the load lasts. */
    static void think(long millis, long until) throws InterruptedException {
        Thread.sleep(Math.max(0, Math.min(millis, (until - System.nanoTime()) / 1_000_000)));
    }

    private void commit(String id, List<Line> lines) throws InterruptedException {
        Answer answer = history.ask(hub(), Event.Op.COMMIT, id, lines);
        if (answer.word() == Answer.Word.UNSURE || random.nextInt(100) < 10) {
            Answer again = history.ask(hub(), Event.Op.COMMIT, id, lines);
            answer = answer.word() == Answer.Word.DONE ? answer : again;
        }
        if (answer.done() && random.nextInt(100) < 25) {
            history.ask(hub(), Event.Op.RESTOCK, Wares.REFUND + id, List.of(lines.getFirst()));
        }
    }

    private void sell(String cause) throws InterruptedException {
        String sku = whole && random.nextInt(100) < 15 ? Wares.SET : any();
        history.ask(hub(), Event.Op.SELL, cause, List.of(new Line(sku, 1 + random.nextInt(2))));
    }

    private List<Line> lines() {
        if (random.nextInt(100) < 40) {
            return List.of(new Line(Wares.SOLO, 1 + random.nextInt(2)));
        }
        List<Line> lines = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            boolean set = whole && random.nextInt(100) < 10;
            String sku = set ? Wares.SET : Wares.SHARED.get(random.nextInt(Wares.SHARED.size()));
            lines.add(new Line(sku, 1 + random.nextInt(2)));
        }
        return lines;
    }

    private int hub() {
        return random.nextInt(settings.hubs());
    }

    private String any() {
        return Wares.skus().get(random.nextInt(Wares.skus().size()));
    }
}
