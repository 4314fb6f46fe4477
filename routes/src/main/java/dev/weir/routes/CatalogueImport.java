package dev.weir.routes;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** How does a shop's catalogue come in, and ours reach shops that follow? Runs the route {@code catalogue-import}. */
public interface CatalogueImport {
    /**
     * Reads the backend's listings into the catalogue (first time: its stock too), or teaches another shop ours; then
     * brings the shop's stock up to date. Repeatable; throws {@link dev.weir.connectors.ChannelException}.
     */
    Report run(UUID connectionId);

    /** How the last run for the shop stands at this hub; empty when none has begun since the hub started. */
    Optional<Standing> standing(UUID connectionId);

    /** How a run stands, since when. */
    sealed interface Standing {
        Instant since();

        /** Whether a run goes on or is about to. */
        default boolean isUnderWay() {
            return switch (this) {
                case Waiting _ -> true;
                case Running _ -> true;
                case Done _ -> false;
                case Failed _ -> false;
            };
        }

        /** It begins soon, or once the brand's own products are in. */
        record Waiting(Instant since) implements Standing {}

        record Running(Instant since) implements Standing {}

        record Done(Instant since, Report report) implements Standing {}

        /** It is tried again by itself; {@code reason} is as safe to show as any refusal of a channel. */
        record Failed(Instant since, String reason) implements Standing {}
    }

    /**
     * @param read listings read from the shop
     * @param written listings written to the shop
     * @param skipped listings of the shop that the brand's catalogue does not have
     * @param fresh SKUs that were new to the stock ledger
     */
    record Report(int read, int written, int skipped, int fresh) {}
}
