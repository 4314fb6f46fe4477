package dev.weir.routes;

import dev.weir.connectors.Sku;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How does a shop's catalogue come in, and ours reach shops that follow? Runs the route {@code catalogue-import}. */
public interface CatalogueImport {
    /**
     * Reads the backend's listings into the catalogue (first time: its stock too), or teaches another shop ours; then
     * brings the shop's stock up to date. Repeatable; one that was cut short goes on where it was, within a day. Throws
     * {@link dev.weir.connectors.ChannelException}.
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

    /** How far each direction of the shop's last run has come, in first; directions that never began are left out. */
    List<Progress> progress(UUID connectionId);

    /** Products that the shop did not take, in order of SKU; at most {@code limit}, 1..500. */
    List<Refusal> refusals(UUID connectionId, int limit);

    /** Which way does a catalogue go? */
    enum Direction {
        /** The shop's listings to us. */
        IN,
        /** Ours to the shop. */
        OUT
    }

    /**
     * How far has a run come? Counts are of the run as a whole, the parts before an interruption included.
     *
     * @param isDone whether it has seen everything
     * @param seen listings read, or products looked at
     * @param taken listings of SKUs that the brand sells, or products that the shop took because they had changed
     * @param leftOut listings of other SKUs, or products that the shop refused
     * @param fresh SKUs that were new to the stock ledger
     * @param moved when it last got on
     * @param ended null while it is under way
     * @param trouble why its last attempt failed; null when it got on since
     */
    record Progress(
            Direction direction,
            boolean isDone,
            long seen,
            long taken,
            long leftOut,
            long fresh,
            Instant began,
            Instant moved,
            @Nullable Instant ended,
            @Nullable String trouble) {}

    /** Why did a shop not take a product? Tried again within the hour, and when the product changes. */
    record Refusal(Sku sku, String reason, Instant at) {}

    /**
     * @param read listings read from the shop
     * @param written listings written to the shop, because they had changed since it was told of them
     * @param skipped listings of the shop that the brand's catalogue does not have
     * @param fresh SKUs that were new to the stock ledger
     */
    record Report(int read, int written, int skipped, int fresh) {}
}
