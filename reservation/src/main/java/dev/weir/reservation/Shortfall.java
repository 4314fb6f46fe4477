package dev.weir.reservation;

import dev.weir.connectors.Sku;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which sale of a channel has no units, what could be done, and what was?
 *
 * @param cause of the sale, such as {@code order/<id>}; one case each
 * @param lines the SKUs that there was not enough of
 * @param remedies best first, as of when the case was opened
 * @param resolution null while it is open
 * @param state whether somebody or something is still to decide
 * @param refusal why the channel would not call the order off when it was asked last; null when it did not refuse
 */
public record Shortfall(
        String brand,
        String cause,
        String channel,
        Instant openedAt,
        List<Line> lines,
        List<Option> remedies,
        @Nullable Resolution resolution,
        State state,
        @Nullable String refusal) {
    /** Copies the lists. */
    public Shortfall {
        lines = List.copyOf(lines);
        remedies = List.copyOf(remedies);
    }

    /** Where does the case stand? */
    public enum State {
        /** Somebody has to decide. */
        OPEN,
        /** The channel was asked to call the order off, and has not answered. */
        CANCELLING,
        /** Decided. */
        RESOLVED
    }

    /** {@code asked} units, of which {@code available}, fewer, were there. */
    public record Line(Sku sku, int asked, int available) {}

    /** Something that would help; {@code from} is the channel to take units from, null except for OTHER_ALLOCATION. */
    public record Option(Remedy remedy, @Nullable String from) {}

    /** Who chose what. */
    public record Resolution(Option chosen, String by, String note, Instant at) {}

    /** What can be done for a buyer whose units are not there? */
    public enum Remedy {
        /** Another channel gives up units of its own, in two steps as always. */
        OTHER_ALLOCATION,
        /** Live holds may lapse. */
        WAITLIST,
        /** More units are expected. */
        BACKORDER,
        /** The channel is asked to call the order off; if it refuses, the case is open again, without this remedy. */
        CANCEL_ON_CHANNEL,
        /** Nothing is left to do: the units came, or the sale was called off. Not for people to choose. */
        SETTLED
    }
}
