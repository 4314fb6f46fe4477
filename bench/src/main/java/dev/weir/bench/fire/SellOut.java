package dev.weir.bench.fire;

import java.util.ArrayList;
import java.util.List;

/**
 * Does everything come back after the last fault, and is it sold? The last buyer of each SKU asks for all that is not sold,
 * at every hub in turn, until it is his; then nobody may get one more.
 */
final class SellOut {
    private static final long GRACE_NANOS = 2_000_000_000L;
    private static final int MOST_COMMITS = 50;

    private final History history;
    private final FireSettings settings;
    private final boolean whole;
    private final List<String> broken = new ArrayList<>();
    private int turn;
    private long lastBackNanos;
    private long stallBefore;

    /** {@code whole}: channels have units of their own. */
    SellOut(History history, FireSettings settings, boolean whole) {
        this.history = history;
        this.settings = settings;
        this.whole = whole;
    }

    /** What was broken; {@code healedNanos} is when the last fault was over and the last buyer gone. */
    List<String> run(long healedNanos) throws InterruptedException {
        long until = healedNanos + settings.lifeMillis() * 1_000_000 + GRACE_NANOS;
        stallBefore = CpuStall.nanos();
        lastBackNanos = healedNanos;
        if (whole) {
            Wares.skus().forEach(this::takeBack);
        }
        for (String sku : Wares.skus()) {
            sell(sku, until);
        }
        for (String sku : Wares.skus()) {
            oneMore(sku);
        }
        return broken;
    }

    /** When the last SKU was all there again. */
    long lastBackNanos() {
        return lastBackNanos;
    }

    private void sell(String sku, long until) throws InterruptedException {
        int rest = 0;
        Answer held = Answer.of(Answer.Word.NOT_SENT);
        for (int attempt = 0; ; attempt++) {
            Answer level = ask(Event.Op.LEVEL, sku, new Line(sku, 1));
            if (level.word() == Answer.Word.LEVEL) {
                rest = level.number(0) - level.number(2);
                if (level.number(4) > 0) {
                    takeBack(sku);
                }
                held = rest <= 0
                        ? Answer.of(Answer.Word.GRANTED)
                        : ask(Event.Op.HOLD, "last-" + sku + "-" + attempt, new Line(sku, rest));
                if (held.word() == Answer.Word.GRANTED) {
                    lastBackNanos = System.nanoTime();
                    commit(held.detail(), sku, rest);
                    return;
                }
            }
            // What others on this machine take of its CPUs is no fault of the shop's.
            if (System.nanoTime() - (CpuStall.nanos() - stallBefore) > until) {
                broken.add(
                        "not back in time: " + rest + " of " + sku + ", last level " + level + ", last answer " + held);
                return;
            }
            Thread.sleep(25);
        }
    }

    /** From every channel: told, and confirmed at once. */
    private void takeBack(String sku) {
        for (Wares.Own own : Wares.allocated()) {
            if (own.sku().equals(sku)) {
                ask(Event.Op.ALLOCATE, own.channel(), new Line(sku, 0));
                Answer number = ask(Event.Op.PUBLISHED, own.channel(), new Line(sku, 1));
                if (number.word() == Answer.Word.LEVEL) {
                    ask(Event.Op.CONFIRM, own.channel(), new Line(sku, number.number(1)));
                }
            }
        }
    }

    private void commit(String id, String sku, int rest) throws InterruptedException {
        if (rest <= 0) {
            return;
        }
        for (int i = 0; i < MOST_COMMITS; i++) {
            Answer answer = ask(Event.Op.COMMIT, id, new Line(sku, rest));
            if (answer.done()) {
                return;
            }
            Thread.sleep(10);
        }
        broken.add("not sold out: " + rest + " of " + sku + " stayed");
    }

    private void oneMore(String sku) {
        for (int i = 0; i < settings.hubs(); i++) {
            Answer answer = ask(Event.Op.HOLD, "more-" + sku + "-" + i, new Line(sku, 1));
            if (answer.word() == Answer.Word.GRANTED) {
                broken.add("one more than there is: " + sku);
            }
        }
    }

    private Answer ask(Event.Op op, String id, Line line) {
        turn++;
        return history.askStraight(turn % settings.hubs(), op, id, List.of(line));
    }
}
