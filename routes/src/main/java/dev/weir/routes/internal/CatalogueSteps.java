package dev.weir.routes.internal;

import dev.weir.connectors.Capability;
import dev.weir.connectors.Connection;
import dev.weir.routes.CatalogueImport.Direction;
import dev.weir.routes.CatalogueImport.Progress;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.camel.Body;

/**
 * How do catalogue and ids get from one shop to the others? Steps of the route {@code catalogue-import}: the backend's
 * listings become ours; every other shop is written ours if it takes them, and read for its ids. Thread-safe.
 */
public final class CatalogueSteps {
    private final Wiring wiring;
    private final CatalogueIn in;
    private final CatalogueOut out;
    private final CatalogueRuns runs;
    private final Consumer<UUID> resync;

    CatalogueSteps(Wiring wiring, CatalogueIn in, CatalogueOut out, CatalogueRuns runs, Consumer<UUID> resync) {
        this.wiring = wiring;
        this.in = in;
        this.out = out;
        this.runs = runs;
        this.resync = resync;
    }

    /** Step: our listings to a shop that follows us. */
    public CatalogueRun write(@Body CatalogueRun run) {
        return out.follows(run.connection()) ? run.written(out.push(run.connection())) : run;
    }

    /** Step: the shop's listings to us. The backend's become products; of another shop's only the ids are taken. */
    public CatalogueRun read(@Body CatalogueRun run) {
        Connection connection = run.connection();
        if (!wiring.channel(connection).capabilities().contains(Capability.CATALOGUE_READ)) {
            return run;
        }
        in.read(connection);
        for (Progress progress : runs.progress(connection.id())) {
            if (progress.direction() == Direction.IN) {
                return run.read(
                        Math.toIntExact(progress.seen()),
                        Math.toIntExact(progress.leftOut()),
                        Math.toIntExact(progress.fresh()));
            }
        }
        return run;
    }

    /** Step: what the shop shows is brought up to date. */
    public CatalogueRun publish(@Body CatalogueRun run) {
        resync.accept(run.connection().id());
        return run;
    }
}
