package dev.weir.routes.internal;

import dev.weir.routes.Drifts.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why does a shop show another number than it should, and what is to be done? Judged by what we told the shop, what it said, and how
 * often it was healed; orders that we did not have are held against it later. Without state.
 */
final class DriftCauses {
    /** What is under way for longer has been lost. */
    static final Duration UNDER_WAY = Duration.ofMinutes(10);

    /** So many heals of one number within a day show that another writer wants it otherwise. */
    static final int MOST_HEALS = 2;

    private DriftCauses() {}

    /**
     * @param wanted what the shop should show
     * @param told null when we know nothing of it
     * @param seen what it shows, not {@code wanted}
     * @param heals of this number within a day
     * @param since when it was found first; null when that is now
     * @param tellsSales whether the shop can be asked for its orders
     */
    record Sight(
            int wanted,
            @Nullable Told told,
            int seen,
            int heals,
            @Nullable Instant since,
            boolean tellsSales) {}

    /** What is done about it. */
    enum Remedy {
        /** Ours is written, under the limits. */
        HEAL,
        /** A person decides. */
        ASK,
        /** The next run looks again. */
        WAIT
    }

    record Judgement(Cause cause, Remedy remedy, String words) {}

    static Judgement judge(Sight sight, Instant now) {
        Told told = sight.told();
        if (sight.heals() >= MOST_HEALS) {
            return new Judgement(
                    Cause.OTHER_WRITER,
                    Remedy.ASK,
                    "It was healed " + sight.heals()
                            + " times within a day, and the shop shows a number of its own again (" + sight.seen()
                            + "): something else writes it too");
        }
        if (told == null || told.available() == null) {
            return untold(sight, now, told == null ? null : told.refusal(), "The shop was not told a number yet");
        }
        if (sight.seen() == told.available()) {
            return untold(
                    sight,
                    now,
                    told.refusal(),
                    "Ours has changed from " + told.available() + " to " + sight.wanted()
                            + " and the shop has not taken it");
        }
        if (told.said() != null && told.said() == sight.seen()) {
            return new Judgement(
                    Cause.MANUAL_EDIT,
                    Remedy.HEAL,
                    "The shop said at " + told.saidAt() + " that it was set to " + sight.seen() + "; " + wrote(told));
        }
        return told.recent().contains(sight.seen()) ? ours(sight, told, now) : theirs(sight, told);
    }

    private static Judgement untold(Sight sight, Instant now, @Nullable String refusal, String what) {
        if (refusal != null) {
            return new Judgement(Cause.REFUSED, Remedy.ASK, "The shop does not take our number: " + refusal);
        }
        Instant since = sight.since();
        if (since != null && since.isBefore(now.minus(UNDER_WAY))) {
            return new Judgement(
                    Cause.OURS, Remedy.HEAL, what + ", for more than " + UNDER_WAY.toMinutes() + " minutes");
        }
        return new Judgement(Cause.IN_FLIGHT, Remedy.WAIT, what + ": that is under way");
    }

    private static Judgement ours(Sight sight, Told told, Instant now) {
        Instant at = told.at();
        if (at != null && at.isAfter(now.minus(PublishedLevels.ECHO_LASTS))) {
            return new Judgement(
                    Cause.LATE_ECHO,
                    Remedy.WAIT,
                    "An earlier number of ours (" + sight.seen() + "), moments after a newer one; " + wrote(told));
        }
        return new Judgement(
                Cause.OURS,
                Remedy.HEAL,
                "An earlier number of ours (" + sight.seen()
                        + ") stands again: what the shop took was lost or overtaken; " + wrote(told));
    }

    private static Judgement theirs(Sight sight, Told told) {
        int before = Objects.requireNonNull(told.available());
        boolean fell = sight.seen() < before;
        if (fell && !sight.tellsSales()) {
            return new Judgement(
                    Cause.UNKNOWN,
                    Remedy.ASK,
                    "It fell by " + (before - sight.seen())
                            + ", and this shop cannot be asked for its orders: a sale cannot be told from an edit; "
                            + wrote(told));
        }
        return new Judgement(
                Cause.MANUAL_EDIT,
                Remedy.HEAL,
                "Set to " + sight.seen() + " at the shop, which we never wrote, and no order accounts for it; "
                        + wrote(told));
    }

    private static String wrote(Told told) {
        return "we wrote " + told.available() + " at " + told.at();
    }
}
