package dev.weir.live;

import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which comments under a show's lives elsewhere ask for a product? Those that say a product's code or keyword and how many,
 * and nothing else: a question about a product buys nothing. Says what is asked for; holds nothing. Thread-safe.
 */
public interface CommentSales {
    /** Most units that rules can let one comment ask for. */
    int MAX_UNITS = 20;

    /** The show's rules; {@link Rules#OFF} until somebody sets others. */
    Rules rules(UUID showId);

    /** Sets them; IllegalArgumentException for a SKU that is not on the run sheet or a keyword that means another product. */
    void setRules(UUID showId, Rules rules);

    /** What {@code text}, written at {@code at}, asks for under the show's rules; empty when it asks for nothing. */
    Optional<Ask> ask(UUID showId, String text, Instant at);

    /** Which products can be asked for. */
    enum Scope {
        /** None. */
        OFF,
        /** Those that were pinned within the minute before the comment: its author watches some seconds behind, and types. */
        PINNED,
        /** All on the run sheet. */
        SHEET
    }

    /**
     * What buys.
     *
     * @param mostUnits most that one comment may ask for, 1..{@link #MAX_UNITS}
     * @param keywords another word for a product than its SKU; 1..30 letters, digits, {@code -} and {@code _}, no matter which case
     */
    record Rules(Scope scope, int mostUnits, Map<Sku, String> keywords) {
        /** No comment buys. */
        public static final Rules OFF = new Rules(Scope.OFF, 5, Map.of());

        /** Copies the keywords; refuses a number out of range, naming it. */
        public Rules {
            keywords = Map.copyOf(keywords);
            if (mostUnits < 1 || mostUnits > MAX_UNITS) {
                throw new IllegalArgumentException("mostUnits: " + mostUnits + " (expected: 1.." + MAX_UNITS + ")");
            }
        }
    }

    /**
     * So many of one product, at the price of now.
     *
     * @param quantity 1 or more; beyond {@code most} it is not to be held
     * @param most what the rules let one comment ask for
     * @param pinned what was pinned at the comment, or null
     */
    record Ask(
            Sku sku,
            String title,
            int quantity,
            int most,
            Money unitPrice,
            @Nullable Sku pinned) {}
}
