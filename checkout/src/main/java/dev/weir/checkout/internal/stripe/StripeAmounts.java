package dev.weir.checkout.internal.stripe;

import dev.weir.connectors.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;

/** How does Stripe count money? As ISO 4217 does, but for a few currencies (docs.stripe.com/currencies). */
public final class StripeAmounts {
    private static final Map<String, Integer> OTHER_DIGITS = Map.of("MGA", 0, "ISK", 2, "UGX", 2);

    private StripeAmounts() {}

    /** The amount in Stripe's smallest unit. */
    public static long minor(Money amount) {
        int digits = OTHER_DIGITS.getOrDefault(
                amount.currency().getCurrencyCode(), amount.currency().getDefaultFractionDigits());
        BigDecimal units = amount.decimal().movePointRight(digits);
        try {
            return units.setScale(0, RoundingMode.UNNECESSARY).longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "amount: " + amount + " (expected: at most " + digits + " decimals, as Stripe counts them)", e);
        }
    }

    /** The currency's code in Stripe's lower case. */
    public static String currency(Money amount) {
        return amount.currency().getCurrencyCode().toLowerCase(Locale.ROOT);
    }
}
