package dev.weir.routes.internal;

import dev.weir.connectors.Capability;
import dev.weir.connectors.Connection;
import dev.weir.routes.CatalogueImport.Direction;
import dev.weir.routes.ConnectionChores.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Was a shop that follows sent all of ours as it is? Looked after every hour, so that what a hub that was killed had still to send goes
 * all the same, and what the shop refused is tried again. A run that is under way already is left to whoever carries it on.
 */
final class Following implements Chore {
    private final CatalogueOut out;
    private final CatalogueRuns runs;

    Following(CatalogueOut out, CatalogueRuns runs) {
        this.out = out;
        this.runs = runs;
    }

    @Override
    public Kind kind() {
        return Kind.LISTINGS;
    }

    @Override
    public Set<Capability> needs() {
        return Set.of(Capability.CATALOGUE_WRITE);
    }

    @Override
    public Duration every() {
        return SentListings.TRY_AGAIN;
    }

    /** A shop that was just connected is sent everything. */
    @Override
    public Duration first() {
        return every();
    }

    @Override
    public Done run(Connection connection, Instant mark) {
        if (!out.follows(connection) || isUnderWay(connection)) {
            return new Done(mark, "nothing to do");
        }
        try {
            return new Done(mark, out.push(connection) + " listings sent");
        } catch (CatalogueRuns.Superseded elsewhere) {
            return new Done(mark, "carried on elsewhere");
        }
    }

    private boolean isUnderWay(Connection connection) {
        return !runs.isAbandoned(connection.id())
                && runs.progress(connection.id()).stream()
                        .anyMatch(run -> run.direction() == Direction.OUT && !run.isDone());
    }
}
