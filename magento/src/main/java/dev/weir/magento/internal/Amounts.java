package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.RoundingMode;
import java.util.Currency;

/** How many decimals has an amount? Magento keeps four and shows the currency's; so do we. */
final class Amounts {
    private Amounts() {}

    /** Rounds {@code field} of {@code object} half up to the digits of {@code currency}, where it is a number. */
    static void round(ObjectNode object, String field, String currency) {
        JsonNode amount = object.path(field);
        if (amount.isNumber()) {
            object.put(field, amount.decimalValue().setScale(digits(currency), RoundingMode.HALF_UP));
        }
    }

    private static int digits(String currency) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException e) {
            return 2;
        }
    }
}
