package dev.weir.routes.internal;

import dev.weir.connectors.Connection;
import dev.weir.routes.ChannelErrands.Kind;
import dev.weir.routes.internal.ErrandRows.Claim;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How is one kind of errand done? */
interface ErrandRun {
    Kind kind();

    /** Most errands that one {@link #run} takes at this shop; 1 or more. */
    int most(Connection connection);

    /** Does them, each once however often it is asked; throws what the shop threw when that is about all of them. */
    Map<Claim, Told> run(Connection connection, List<Claim> claims);

    /**
     * What became of one errand.
     *
     * @param externalId the shop's id of it, where it has one
     * @param fault why the shop did not take it; null when it did
     */
    record Told(@Nullable String externalId, @Nullable RuntimeException fault) {
        static Told taken(@Nullable String externalId) {
            return new Told(externalId, null);
        }
    }
}
