package dev.weir.bigcommerce.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.regex.Pattern;

/** How much is that, as the currency is paid? BigCommerce keeps four decimals, in V2 as text; they are rounded half up. */
final class Amounts {
    private static final Pattern PLAIN = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,18})?");

    private Amounts() {}

    /** The amount as decimal text; empty where there is none. */
    static String of(JsonNode amount, String currency) {
        String text = amount.asText();
        return PLAIN.matcher(text).matches()
                ? new BigDecimal(text)
                        .setScale(digits(currency), RoundingMode.HALF_UP)
                        .toPlainString()
                : "";
    }

    /** Of an unknown currency as many as most have: whoever reads the amount refuses it by its name. */
    private static int digits(String currency) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException e) {
            return 2;
        }
    }
}
