package dev.weir.routes.internal;

import dev.weir.connectors.Connection;
import dev.weir.routes.CatalogueImport;

/** How far is one run of the route {@code catalogue-import}? The body that its steps hand on. */
public record CatalogueRun(Connection connection, CatalogueImport.Report report) {
    static CatalogueRun of(Connection connection) {
        return new CatalogueRun(connection, new CatalogueImport.Report(0, 0, 0, 0));
    }

    CatalogueRun read(int read, int skipped, int fresh) {
        return new CatalogueRun(connection, new CatalogueImport.Report(read, report.written(), skipped, fresh));
    }

    CatalogueRun written(int written) {
        return new CatalogueRun(
                connection, new CatalogueImport.Report(report.read(), written, report.skipped(), report.fresh()));
    }
}
