package dev.weir.routes.internal;

import dev.weir.routes.DriftSettings;
import dev.weir.routes.Drifts;
import org.springframework.jdbc.core.JdbcOperations;

/** Which parts compare shops with us and heal what differs? */
final class Reconciler {
    private final Wiring wiring;
    private final Aftercare aftercare;
    private final CatalogueChanging changing;
    private final DriftRuns runs;
    private final DriftRows rows;
    private final DriftHeals heals;
    private final DriftHealer healer;
    private final Reconciling.Parts parts;

    Reconciler(
            Wiring wiring,
            PublishedLevels levels,
            StockWriter writer,
            StockSteps stock,
            InboxEffects effects,
            CatalogueIn catalogue,
            Aftercare aftercare,
            SentListings sent,
            CatalogueNews news,
            JdbcOperations batch) {
        this.wiring = wiring;
        this.aftercare = aftercare;
        changing = aftercare.changing(catalogue, news);
        runs = new DriftRuns(wiring.jdbc(), wiring.clock());
        rows = new DriftRows(wiring.jdbc(), wiring.clock());
        heals = new DriftHeals(wiring.jdbc(), wiring.transaction(), rows, wiring.clock());
        healer = new DriftHealer(wiring, stock, writer, rows, heals);
        SeenListings seen = new SeenListings(wiring.jdbc(), batch, wiring.clock());
        parts = new Reconciling.Parts(
                runs,
                rows,
                aftercare.choreRows(),
                new StockDrift(wiring, levels, rows, runs),
                new OrderDrift(wiring, effects, rows, runs),
                new ListingDrift(wiring, rows, runs, seen, catalogue, changing::take),
                healer,
                sent,
                news);
    }

    CatalogueChanging changing() {
        return changing;
    }

    Reconciling chore(DriftSettings settings) {
        return new Reconciling(wiring, settings, parts);
    }

    Drifts desk() {
        return new DriftDesk(wiring, runs, rows, heals, healer, aftercare.choreRows());
    }
}
