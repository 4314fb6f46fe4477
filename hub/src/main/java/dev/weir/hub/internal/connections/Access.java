package dev.weir.hub.internal.connections;

import dev.weir.connectors.Consent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long are we let in, and is the operator needed for more?
 *
 * @param seenVersion the version of the connection that the ends were read from
 * @param accessEnds when what we hold stops working unless it is refreshed; null for never
 * @param grantEnds when even refreshing stops working; null for never
 * @param refreshAt when it is refreshed next; null for never
 * @param askedAt when the platform was last asked to refresh
 * @param failures refreshes in a row without an answer that decides
 * @param trouble why the last of them failed; null when it did not
 * @param refused in the platform's words, why it does not refresh any more; null while it does
 * @param renewable false once there turned out to be nothing to refresh
 * @param given names of the settings that the platform gave
 * @param previous values of {@code given} before the last refresh, in clear: only ever in memory
 * @param consent how the operator's last consent ended; null before the first
 */
record Access(
        long seenVersion,
        @Nullable Instant accessEnds,
        @Nullable Instant grantEnds,
        @Nullable Instant refreshAt,
        @Nullable Instant askedAt,
        int failures,
        @Nullable String trouble,
        @Nullable String refused,
        boolean renewable,
        Set<String> given,
        Map<String, String> previous,
        TokenKeeper.@Nullable Concluded consent) {
    /** Of a connection that nothing is known of yet. */
    static final Access UNSEEN = new Access(0, null, null, null, null, 0, null, null, true, Set.of(), Map.of(), null);

    /** When the operator has to be there at the latest; null for never. */
    @Nullable
    Instant operatorBy() {
        if (renewable || accessEnds == null) {
            return grantEnds;
        }
        return grantEnds == null || accessEnds.isBefore(grantEnds) ? accessEnds : grantEnds;
    }

    /** Why the operator is needed now, told {@code notice} before it is too late; null while nobody is. */
    @Nullable
    String need(Instant now, Duration notice) {
        if (refused != null) {
            return "The platform no longer renews the access: " + refused;
        }
        Instant by = operatorBy();
        if (by == null || by.isAfter(now.plus(notice))) {
            return null;
        }
        return by.isAfter(now) ? "The access ends and cannot be renewed without you." : "The access has ended.";
    }

    /** As the settings of {@code version} say it; what the platform said before was about others. */
    Access seen(long version, Consent.Lapse lapse, @Nullable Instant refresh) {
        return new Access(
                version,
                lapse.access(),
                lapse.grant(),
                refresh,
                askedAt,
                0,
                null,
                null,
                true,
                given,
                Map.of(),
                consent);
    }

    /** The platform was asked to refresh at {@code now}. */
    Access asked(Instant now) {
        return new Access(
                seenVersion,
                accessEnds,
                grantEnds,
                refreshAt,
                now,
                failures,
                trouble,
                refused,
                renewable,
                given,
                previous,
                consent);
    }

    Access nothingToRenew(Instant now) {
        return new Access(
                seenVersion, accessEnds, grantEnds, null, now, 0, null, null, false, given, previous, consent);
    }

    Access refused(Instant now, String reason) {
        return new Access(
                seenVersion,
                accessEnds,
                grantEnds,
                null,
                now,
                failures,
                null,
                reason,
                renewable,
                given,
                previous,
                consent);
    }

    Access trouble(Instant now, String reason, Instant again) {
        return new Access(
                seenVersion,
                accessEnds,
                grantEnds,
                again,
                now,
                failures + 1,
                reason,
                null,
                renewable,
                given,
                previous,
                consent);
    }

    Access withGiven(Set<String> names, Map<String, String> before) {
        return new Access(
                seenVersion,
                accessEnds,
                grantEnds,
                refreshAt,
                askedAt,
                failures,
                trouble,
                refused,
                renewable,
                names,
                before,
                consent);
    }

    Access withConsent(TokenKeeper.Concluded concluded) {
        return new Access(
                seenVersion,
                accessEnds,
                grantEnds,
                refreshAt,
                askedAt,
                failures,
                trouble,
                refused,
                renewable,
                given,
                previous,
                concluded);
    }

    /** Leaves {@code previous} out. */
    @Override
    public String toString() {
        return "Access[until " + accessEnds + ", grant until " + grantEnds + ", given " + given + "]";
    }
}
