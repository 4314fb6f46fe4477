package dev.weir.bench.fire;

import dev.weir.bench.fire.Answer.Word;
import dev.weir.bench.fire.Event.Op;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What can buyers tell by themselves, whatever the shop is made of? Each answer is what was broken; none is good. */
final class HistoryChecks {
    /** How much longer than its life a hold may seem to live, or shorter, to somebody with another clock. */
    static final long TOLERANCE_NANOS = 250_000_000;

    private final List<Event> events;
    private final FireSettings settings;
    private final List<String> broken = new ArrayList<>();

    private HistoryChecks(List<Event> events, FireSettings settings) {
        this.events = events;
        this.settings = settings;
    }

    static List<String> broken(List<Event> events, FireSettings settings) {
        var checks = new HistoryChecks(
                events.stream()
                        .sorted(Comparator.comparingLong(Event::invokedNanos))
                        .toList(),
                settings);
        Wares.skus().forEach(checks::neverMoreThanSupply);
        checks.doneOnce();
        checks.neverShortWithinItsNumber();
        checks.livesAsLongAsPromised();
        return checks.broken;
    }

    /** Counts in the shop's favour: what is unsure was brought and given back, once, but not sold. */
    private void neverMoreThanSupply(String sku) {
        record At(long nanos, int sold, int supply) {}
        List<At> moves = new ArrayList<>();
        Set<String> givenBack = new HashSet<>();
        for (Event event : events) {
            int units = Wares.least(event.lines()).getOrDefault(sku, 0);
            boolean sale = event.op() == Op.COMMIT || event.op() == Op.SELL;
            if (sale && event.answer().word() == Word.DONE) {
                moves.add(new At(event.completedNanos(), units, 0));
            } else if (event.op() == Op.RESTOCK
                    && (event.unsure() || event.answer().word() == Word.DONE)
                    && givenBack.add(event.id())) {
                moves.add(new At(event.invokedNanos(), -units, 0));
            } else if (event.op() == Op.ONHAND) {
                moves.add(new At(event.invokedNanos(), 0, units));
            }
        }
        moves.sort(Comparator.comparingLong(At::nanos));
        int sold = 0;
        int supply = 0;
        int worst = 0;
        for (At move : moves) {
            sold += move.sold;
            supply = Math.max(supply, move.supply);
            worst = Math.max(worst, sold - supply);
        }
        if (worst > 0) {
            broken.add("oversold: " + sku + " by " + worst + " units");
        }
    }

    /** However often it was asked, or came over the network. */
    private void doneOnce() {
        Set<String> done = new HashSet<>();
        for (Event event : events) {
            boolean once = event.op() == Op.COMMIT || event.op() == Op.SELL || event.op() == Op.RESTOCK;
            if (once && event.answer().word() == Word.DONE && !done.add(event.op() + event.id())) {
                broken.add("done twice: " + event);
            }
        }
    }

    /** That is what units of its own are for. */
    private void neverShortWithinItsNumber() {
        for (Event event : events) {
            if (event.is(Op.SELL, Word.REFUSED) && event.id().startsWith(Wares.HONEST + "/")) {
                broken.add("short within the number that the channel was told: " + event);
            }
        }
    }

    private record Life(long from, long until) {}

    private void livesAsLongAsPromised() {
        Map<String, Life> lives = lives();
        Set<String> paid = new HashSet<>();
        Set<String> released = new HashSet<>();
        events.forEach(event -> {
            if (event.op() == Op.PAY && (event.unsure() || event.answer().word() == Word.DONE)) {
                paid.add(event.id());
            }
            if (event.op() == Op.RELEASE) {
                released.add(event.id());
            }
        });
        for (Event event : events) {
            Life life = lives.get(event.id());
            if (event.op() != Op.COMMIT || life == null) {
                continue;
            }
            long most = life.until + (paid.contains(event.id()) ? settings.payingMillis() * 1_000_000 : 0);
            if (event.answer().word() == Word.DONE && event.invokedNanos() > most + TOLERANCE_NANOS) {
                broken.add("outlived by " + (event.invokedNanos() - most) / 1_000_000 + " ms: " + event);
            }
            boolean early = event.completedNanos() < life.from - TOLERANCE_NANOS;
            if (event.answer().word() == Word.REFUSED && early && !released.contains(event.id())) {
                broken.add("died " + (life.from - event.completedNanos()) / 1_000_000 + " ms early: " + event);
            }
        }
    }

    /** When a hold ends at the earliest and at the latest, by id. */
    private Map<String, Life> lives() {
        long hold = settings.holdMillis() * 1_000_000;
        Map<String, Long> firstAsked = new HashMap<>();
        events.stream()
                .filter(event -> event.op() == Op.HOLD)
                .forEach(event -> firstAsked.merge(event.id(), event.invokedNanos(), Math::min));
        Map<String, Life> lives = new HashMap<>();
        for (Event event : events) {
            if (event.is(Op.HOLD, Word.GRANTED)) {
                Life life = new Life(firstAsked.getOrDefault(event.id(), 0L) + hold, event.completedNanos() + hold);
                lives.merge(
                        event.answer().detail(),
                        life,
                        (one, other) -> new Life(one.from, Math.min(one.until, other.until)));
            }
        }
        return lives;
    }
}
