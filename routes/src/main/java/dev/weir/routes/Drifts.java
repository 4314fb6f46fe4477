package dev.weir.routes;

import dev.weir.connectors.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What do shops show otherwise than we expect, why, and what was done about it? Every shop whose stock can be read is compared on a
 * schedule and when it is asked for; each difference is one entry until it is gone. Thread-safe.
 */
public interface Drifts {
    /**
     * Entries of the brand, the newest first.
     *
     * @param connectionId null for all shops
     * @param state null for those that are alive: {@link State#OPEN}, {@link State#ASKS} and {@link State#REVERTED}
     * @param runId null for all; else those that this run saw last
     * @param cursor {@link Page#next} of the page before; null for the first
     * @param limit 1..200
     */
    Page list(
            String brand,
            @Nullable UUID connectionId,
            @Nullable State state,
            @Nullable UUID runId,
            @Nullable String cursor,
            int limit);

    /** How many are alive, and what they are worth; by state, cause and currency. */
    List<Sum> alive(String brand);

    /**
     * Compares a shop at the next look. A run of the same kind that is not through yet is answered instead of a second one.
     *
     * @throws IllegalArgumentException when the connection is not the brand's, or its stock cannot be read
     * @throws IllegalStateException when a run of another kind is not through yet
     */
    Run ask(String brand, UUID connectionId, Ask ask);

    /** The run, when it is the brand's. */
    Optional<Run> run(String brand, UUID id);

    /** What the run saw last and nobody later, summed by kind, cause and state. */
    List<Sum> sums(UUID runId);

    /** Runs of the brand, the newest first; {@code limit} 1..100. */
    List<Run> runs(String brand, int limit);

    /**
     * Writes our number over the shop's, if the shop still shows what the entry says. What was healed before is answered as it is; empty
     * when the brand has no such entry.
     *
     * @throws dev.weir.connectors.ChannelException CONFLICT when the shop shows something else meanwhile; else what the shop said
     * @throws IllegalStateException when it is none that can be healed now, saying why
     */
    Optional<Entry> heal(String brand, UUID id, String by);

    /**
     * Writes back what a heal wrote over, if the shop still shows what was healed. The shop then keeps that number until our own
     * changes. Throws as {@link #heal}; what was undone before is answered as it is.
     */
    Optional<Entry> undo(String brand, UUID id, String by);

    /**
     * @param mode what is done about differences
     * @param force heals although there are more than the limits allow; only with {@link Mode#HEAL}
     * @param listings whether listings are compared as well, which takes as long as the shop's catalogue is large
     * @param by who asks, for the record
     */
    record Ask(Mode mode, boolean force, boolean listings, String by) {
        /** Refuses force where nothing is healed. */
        public Ask {
            if (force && mode != Mode.HEAL) {
                throw new IllegalArgumentException("force: true (expected: false with mode " + mode + ")");
            }
        }
    }

    /** What a run does about differences. */
    enum Mode {
        /** Heals what may be healed, under the limits. */
        HEAL,
        /** Changes nothing, here or there. */
        REPORT,
        /** Takes the shop's orders in and counts its numbers as told, without an event or a word to any shop: after a restore. */
        BACKFILL
    }

    /** What differs. */
    enum Kind {
        /** The number that the shop sells from; the subject is the SKU. */
        STOCK,
        /** An order that the shop has and we had not; the subject is its id there. */
        ORDER,
        /** A listing that is missing, changed or more than ours; the subject is the SKU. */
        LISTING
    }

    /** Why, by the evidence. */
    enum Cause {
        /** An earlier number of ours, shortly after a newer one: it comes right by itself. */
        LATE_ECHO,
        /** We have something to tell or to hear that is still under way. */
        IN_FLIGHT,
        /** Somebody, or something, set it at the shop. */
        MANUAL_EDIT,
        /** The shop sold or changed something of which no push told us. */
        LOST_WEBHOOK,
        /** The shop goes back to a value of its own each time that it is healed. */
        OTHER_WRITER,
        /** The shop does not take our value. */
        REFUSED,
        /** Our fault: we did not tell the shop, or what it took was lost. */
        OURS,
        /** The evidence does not tell. */
        UNKNOWN
    }

    /** Where it stands. */
    enum State {
        /** Looked at again by the next run. */
        OPEN,
        /** A person is to decide. */
        ASKS,
        /** Brought to our value. */
        HEALED,
        /** A person took the heal back; left alone until our value changes. */
        REVERTED,
        /** Not there any more, without our doing. */
        GONE
    }

    /**
     * @param words what happened, for people
     * @param worth of the units or the order; null where it cannot be said
     * @param since when it was found first
     * @param times in how many runs it was found
     * @param heal what was written over what; null when nothing was
     */
    record Entry(
            UUID id,
            UUID connectionId,
            Kind kind,
            String subject,
            String expected,
            String seen,
            Cause cause,
            String words,
            @Nullable Money worth,
            Instant since,
            Instant lastSeen,
            int times,
            State state,
            UUID runId,
            @Nullable Heal heal) {}

    /**
     * @param before what the shop showed
     * @param after what was written
     * @param undoneAt null while it stands
     */
    record Heal(
            int before,
            int after,
            String by,
            Instant at,
            @Nullable String undoneBy,
            @Nullable Instant undoneAt) {}

    /** A page; {@code next} is null at the end. */
    record Page(List<Entry> items, @Nullable String next) {}

    /**
     * @param worth of them together; null where it cannot be said
     */
    record Sum(
            Kind kind,
            Cause cause,
            State state,
            long count,
            @Nullable Money worth) {}

    /**
     * @param skus whose stock was read
     * @param orders that were asked for
     * @param listings that were read
     * @param found differences
     * @param gone differences of earlier runs that are not there any more
     * @param heldBack why nothing was healed by itself; null when nothing was held back
     * @param trouble why it waits or has failed; null when it does not
     */
    record Run(
            UUID id,
            UUID connectionId,
            Mode mode,
            boolean forced,
            String by,
            RunState state,
            Phase phase,
            Instant askedAt,
            @Nullable Instant beganAt,
            @Nullable Instant endedAt,
            long skus,
            long orders,
            long listings,
            long found,
            long gone,
            @Nullable String heldBack,
            @Nullable String trouble) {}

    /** Where a run stands. */
    enum RunState {
        /** Begins at the next look. */
        WAITING,
        /** Under way, or waiting for the shop to answer again. */
        RUNNING,
        /** Through. */
        DONE,
        /** The shop will not; a person has to look. */
        FAILED
    }

    /** What a run does now. */
    enum Phase {
        /** Reads numbers. */
        STOCK,
        /** Asks for orders. */
        ORDERS,
        /** Reads listings. */
        LISTINGS,
        /** Writes. */
        HEAL
    }
}
