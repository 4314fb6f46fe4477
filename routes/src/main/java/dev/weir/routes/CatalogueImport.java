package dev.weir.routes;

import java.util.UUID;

/** How does a shop's catalogue come in, and ours reach shops that follow? Runs the route {@code catalogue-import}. */
public interface CatalogueImport {
    /**
     * Reads the backend's listings into the catalogue (first time: its stock too), or teaches another shop ours; then
     * brings the shop's stock up to date. Repeatable; throws {@link dev.weir.connectors.ChannelException}.
     */
    Report run(UUID connectionId);

    /**
     * @param read listings read from the shop
     * @param written listings written to the shop
     * @param skipped listings of the shop that the brand's catalogue does not have
     * @param fresh SKUs that were new to the stock ledger
     */
    record Report(int read, int written, int skipped, int fresh) {}
}
