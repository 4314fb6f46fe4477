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

    /**
     * What moved for one order, or for none.
     *
     * @param orderExternalId null for what belongs to no order
     * @param kind the platform's own word, such as {@code PLATFORM_COMMISSION}
     * @param amount negative when the platform keeps it
     */
    record Line(@Nullable String orderExternalId, String kind, Money amount) {}
}
