package dev.weir.bigcommerce.internal;

import dev.weir.connectors.Listing;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By which record does the store count a listing? By variant or by product, as its field map says in {@link Listing#stockRef()}; the
 * store refuses a level that names the other.
 *
 * @param kind {@code variant} or {@code product}
 */
record StockRef(String kind, long id) {
    private static final Pattern FORM = Pattern.compile("(variant|product):([0-9]{1,18})");

    /** Empty where the store does not count it, or counts it together with other variants. */
    static Optional<StockRef> of(Listing listing) {
        Matcher matcher = FORM.matcher(listing.stockRef() == null ? "" : listing.stockRef());
        return matcher.matches()
                ? Optional.of(new StockRef(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /** The field that names it. */
    String field() {
        return kind + "_id";
    }
}
