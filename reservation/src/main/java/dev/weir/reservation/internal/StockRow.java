package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.FairnessRules;
import dev.weir.reservation.PreOrder;
import java.util.Optional;

/** What did a locked row say, and what will it say? Values move with {@link #plus}. */
record StockRow(
        Sku sku, int onHand, int held, int sold, int allocated, long version, int waiting, FairnessRules rules) {

    /** Units that anyone may take: none while buyers wait in line. */
    int free() {
        return waiting > 0 ? 0 : spare();
    }

    /** Those of {@link #free} that are on hand: channels that promise to send at once may have these. */
    int ready() {
        return waiting > 0 ? 0 : Math.max(0, onHand - promised());
    }

    /** Units that are nobody's, on hand or to be pre-ordered. */
    int spare() {
        return supply() - promised();
    }

    /** What whoever is promised the next {@code units} is to be told; who comes first has those that are on hand. */
    Optional<PreOrder> beyond(int units) {
        int toCome = Math.clamp((long) promised() + units - onHand, 0, units);
        return toCome == 0 ? Optional.empty() : Optional.of(new PreOrder(sku, toCome, rules.shipsFrom()));
    }

    /** Units that may be promised. */
    int supply() {
        return onHand + rules.preOrder();
    }

    /** Units that are held, sold or some channel's own. */
    int promised() {
        return held + sold + allocated;
    }

    /** Units that are not sold and not some channel's own: what holds may share; none while buyers wait in line. */
    int cap() {
        return waiting > 0 ? 0 : supply() - sold - allocated;
    }

    StockRow plus(Movement by) {
        return new StockRow(
                sku,
                onHand + by.onHand(),
                held + by.held(),
                sold + by.sold(),
                allocated + by.allocated(),
                version,
                waiting,
                rules);
    }

    StockRow withVersion(long next) {
        return new StockRow(sku, onHand, held, sold, allocated, next, waiting, rules);
    }

    StockRow withWaiting(int delta) {
        return new StockRow(sku, onHand, held, sold, allocated, version, waiting + delta, rules);
    }

    StockRow withRules(FairnessRules next) {
        return new StockRow(sku, onHand, held, sold, allocated, version, waiting, next);
    }

    /** Most units that may be in payment at once. */
    int mostPaying() {
        return rules.fair() ? Math.max(1, (int) ((long) supply() * rules.payingPercent() / 100)) : Integer.MAX_VALUE;
    }
}
