package dev.weir.instagram.internal;

import dev.weir.connectors.Money;
import java.math.BigDecimal;
import java.util.Currency;

/**
 * How much is a price that Meta shows as text for people? Reads answer {@code $19.99} or {@code 1.234,50 €} with the currency
 * beside it. The last separator is the decimal one when just as many digits follow as the currency has; any other groups
 * digits. Stateless.
 */
final class ShownPrice {
    private static final int MAX_LENGTH = 40;

    private ShownPrice() {}

    /** The amount; throws IllegalArgumentException naming what cannot be read. */
    static Money parse(String text, String code) {
        Currency currency = Money.ofMinor(0, code).currency();
        String digits = text.strip().replaceAll("^[^0-9-]+|[^0-9]+$", "");
        if (digits.length() > MAX_LENGTH || !digits.matches("-?\\d[\\d.,'\\s\\u00a0\\u202f]*")) {
            throw new IllegalArgumentException("price: " + text + " (expected: digits such as 19.99)");
        }
        int places = currency.getDefaultFractionDigits();
        int separator = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
        boolean decimal = separator >= 0 && places > 0 && digits.length() - separator - 1 == places;
        String whole = (decimal ? digits.substring(0, separator) : digits).replaceAll("[^0-9-]", "");
        return Money.of(new BigDecimal(decimal ? whole + "." + digits.substring(separator + 1) : whole), currency);
    }
}
