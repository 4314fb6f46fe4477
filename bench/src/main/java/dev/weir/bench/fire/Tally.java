package dev.weir.bench.fire;

import java.util.List;
import java.util.Locale;

/**
 * How much was asked, and what came of it?
 *
 * @param buyers who came, each once
 * @param asked questions, of buyers, channels and the shopkeeper, with repeats
 * @param held holds granted, and {@code committed} of them
 * @param sold sales without a hold, and {@code tooFew} those that there were no units for
 * @param unsure questions without an answer
 * @param strayed requests that the network repeated, or that arrived when nobody waited for them any more
 */
public record Tally(
        long buyers, long asked, long held, long committed, long sold, long tooFew, long unsure, long strayed) {
    /** Nothing. */
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0, 0);

    static Tally of(int buyers, int strayed, List<Event> events) {
        return new Tally(
                buyers,
                events.size(),
                events.stream()
                        .filter(event -> event.is(Event.Op.HOLD, Answer.Word.GRANTED))
                        .map(event -> event.answer().detail())
                        .distinct()
                        .count(),
                count(events, Event.Op.COMMIT, Answer.Word.DONE),
                count(events, Event.Op.SELL, Answer.Word.DONE),
                count(events, Event.Op.SELL, Answer.Word.REFUSED),
                events.stream().filter(Event::unsure).count(),
                strayed);
    }

    private static long count(List<Event> events, Event.Op op, Answer.Word word) {
        return events.stream().filter(event -> event.is(op, word)).count();
    }

    /** Both together. */
    public Tally plus(Tally other) {
        return new Tally(
                buyers + other.buyers,
                asked + other.asked,
                held + other.held,
                committed + other.committed,
                sold + other.sold,
                tooFew + other.tooFew,
                unsure + other.unsure,
                strayed + other.strayed);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d buyers, %,d asked, %,d holds, %,d committed, %,d sold without, %,d short, %,d without answer,"
                        + " %,d repeated or forlorn",
                buyers,
                asked,
                held,
                committed,
                sold,
                tooFew,
                unsure,
                strayed);
    }
}
