package dev.weir.live.internal;

import dev.weir.connectors.Sku;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Does a comment ask for a product? Only when it says nothing but one product's word, a quantity ("x2", "2x", "2") and words of
 * wanting: whoever asks, jokes or names two products would otherwise hold units they do not want. Stateless.
 */
final class CommentWords {
    private static final int MAX_LENGTH = 80;
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern EDGES = Pattern.compile("^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+$");
    private static final Pattern QUANTITY = Pattern.compile("X?(\\d{1,3})|(\\d{1,3})X");
    private static final Set<String> WANTING =
            Set.of("SOLD", "BUY", "WANT", "TAKE", "MINE", "PLEASE", "PLS", "PLZ", "ME", "I", "FOR", "X", "THE", "MY");

    private CommentWords() {}

    /** So many of a product. */
    record Found(Sku sku, int quantity) {}

    /** What is asked for; {@code codes} by {@link #code}. */
    static Optional<Found> read(String text, Map<String, Sku> codes) {
        if (text.length() > MAX_LENGTH || text.contains("?")) {
            return Optional.empty();
        }
        Sku sku = null;
        Integer quantity = null;
        for (String word : BLANKS.split(text.strip())) {
            String said = code(word);
            Sku named = codes.containsKey(said) ? codes.get(said) : codes.get(bare(said));
            Integer number = named == null ? number(bare(said)) : null;
            if (named != null && sku == null) {
                sku = named;
            } else if (number != null && quantity == null) {
                quantity = number;
            } else if (named != null || number != null || !isFiller(bare(said))) {
                return Optional.empty();
            }
        }
        int units = quantity == null ? 1 : quantity;
        return sku == null || units < 1 ? Optional.empty() : Optional.of(new Found(sku, units));
    }

    /** A word as it is compared: whichever case and width it was typed in. */
    static String code(String word) {
        return Normalizer.normalize(word, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
    }

    private static String bare(String said) {
        return EDGES.matcher(said).replaceAll("");
    }

    /** Pictures and punctuation alone say nothing. */
    private static boolean isFiller(String bare) {
        return bare.isEmpty() || WANTING.contains(bare);
    }

    private static @Nullable Integer number(String bare) {
        Matcher matcher = QUANTITY.matcher(bare);
        if (!matcher.matches()) {
            return null;
        }
        return Integer.valueOf(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
}
