package dev.weir.bench.fire;

import java.util.List;

/**
 * What was asked, and what came of it?
 *
 * @param id the key of a hold, the id of one in later moves, the cause of a sale (which begins with its channel), a channel
 *     or a bundle
 * @param invokedNanos by the one monotonic clock of this process, as {@code completedNanos}
 */
record Event(Op op, int hub, String id, List<Line> lines, long invokedNanos, long completedNanos, Answer answer) {

    enum Op {
        HOLD,
        COMMIT,
        RELEASE,
        PAY,
        SELL,
        RESTOCK,
        ONHAND,
        LEVEL,
        /** A channel sells a SKU from units of its own; the number is how many ms its orders may be under way. */
        CHANNEL,
        /** So many units become the channel's own, in two steps where these are fewer. */
        ALLOCATE,
        /** A channel reads its number: {@code number version}. */
        PUBLISHED,
        /** A channel has taken the number of that version. */
        CONFIRM,
        /** A bundle's composition from now on. */
        BUNDLE
    }

    boolean is(Op wanted, Answer.Word word) {
        return op == wanted && answer.word() == word;
    }

    /** Nobody knows whether it happened. */
    boolean unsure() {
        return answer.word() == Answer.Word.UNSURE;
    }

    @Override
    public String toString() {
        return String.format(
                "%s %s %s at hub %d: %s [%d..%d ms]",
                op, id, Line.text(lines), hub, answer, invokedNanos / 1_000_000, completedNanos / 1_000_000);
    }
}
