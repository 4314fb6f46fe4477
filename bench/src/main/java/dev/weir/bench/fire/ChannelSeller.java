package dev.weir.bench.fire;

import java.util.List;
import java.util.Random;

/**
 * How does a channel sell that cannot ask first? From the number that it read last, one order after the other; it confirms
 * most numbers, some late, some never. The honest one stays within its number, the greedy one does not.
 */
final class ChannelSeller {
    private static final int PAUSE_MILLIS = 60;

    private final History history;
    private final FireSettings settings;
    private final Wares.Own own;
    private final Random random;
    private int orders;

    ChannelSeller(History history, FireSettings settings, Wares.Own own, Random random) {
        this.history = history;
        this.settings = settings;
        this.own = own;
        this.random = random;
    }

    void run(long until) throws InterruptedException {
        while (System.nanoTime() < until) {
            Buyers.think(50 + random.nextInt(300), until);
            Answer number = ask(Event.Op.PUBLISHED, own.channel(), 1);
            if (number.word() != Answer.Word.LEVEL) {
                continue;
            }
            if (random.nextInt(100) < 80) {
                ask(Event.Op.CONFIRM, own.channel(), number.number(1));
            }
            if (own.channel().equals(Wares.HONEST)) {
                sellWithin(number.number(0), until);
            } else {
                sell(1 + random.nextInt(number.number(0) + 4), until);
            }
        }
    }

    private void sellWithin(int number, long until) throws InterruptedException {
        int left = Math.min(number, random.nextInt(4));
        while (left > 0 && System.nanoTime() < until) {
            int units = 1 + random.nextInt(left);
            left -= units;
            sell(units, until);
        }
    }

    /** Until it is known whether the units were there: the next number counts on it. */
    private void sell(int units, long until) throws InterruptedException {
        String cause = own.channel() + "/" + own.sku() + "-" + orders++;
        boolean known = false;
        while (!known && System.nanoTime() < until) {
            Answer answer = ask(Event.Op.SELL, cause, units);
            known = answer.done() || answer.word() == Answer.Word.REFUSED;
            Buyers.think(PAUSE_MILLIS, until);
        }
    }

    private Answer ask(Event.Op op, String id, int units) throws InterruptedException {
        return history.ask(random.nextInt(settings.hubs()), op, id, List.of(new Line(own.sku(), units)));
    }
}
