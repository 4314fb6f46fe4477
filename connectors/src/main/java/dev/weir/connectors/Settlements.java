package dev.weir.connectors;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What did the platform pay out, and what did it keep? */
public interface Settlements {
    /** Hands every statement of [{@code from}, {@code to}) to {@code each}, oldest first, each with its lines. */
    void read(Instant from, Instant to, Consumer<Statement> each);

    /**
     * One payout or its announcement; {@code lines} sum to {@code amount}.
     *
     * @param paidAt null while it is only announced
     */
    record Statement(
            String externalId, Instant at, @Nullable Instant paidAt, Money amount, List<Line> lines) {
        /** Copies the lines. */
        public Statement {
            lines = List.copyOf(lines);
        }
    }

    /** Whose money does a line move? */
    enum Part {
        /** What a buyer paid, or, negative, got back: what is booked of the order. */
        SOLD,
        /** What the platform keeps, or lays out, for its service: fees, taxes, its shipping. */
        KEPT,
        /** Neither, or the platform does not say. */
        OTHER
    }

    /**
     * What moved for one order, or for none.
     *
     * @param orderExternalId null for what belongs to no order
     * @param kind the platform's own word, such as {@code PLATFORM_COMMISSION}
     * @param part OTHER where a field map says nothing
     * @param amount negative when the platform keeps it
     */
    record Line(@Nullable String orderExternalId, String kind, Part part, Money amount) {
        /** Fills in what a field map leaves out. */
        public Line {
            part = part == null ? Part.OTHER : part;
        }
    }
}
