package dev.weir.connectors;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * How much, in which currency? Held as integer minor units (cents for EUR, yen for JPY), so sums are exact.
 *
 * <p>JSON form: {@code {"amount":"12.90","currency":"EUR"}}. May be negative (a refund). Immutable.
 *
 * @param minor amount in the currency's smallest unit, as ISO 4217 counts its digits
 */
@JsonPropertyOrder({"amount", "currency"})
public record Money(
        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
        long minor,

        Currency currency) {

    /** The sum {@code amount}, which must not have more decimals than the currency has. */
    @JsonCreator
    public static Money of(@JsonProperty("amount") String amount, @JsonProperty("currency") String currency) {
        Currency known = currencyOf(currency);
        try {
            return of(new BigDecimal(amount), known);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("amount: " + amount + " (expected: a decimal such as \"12.90\")", e);
        }
    }

    /** As {@link #of(String, String)}. */
    public static Money of(BigDecimal amount, Currency currency) {
        try {
            long minor = amount.movePointRight(currency.getDefaultFractionDigits())
                    .setScale(0, RoundingMode.UNNECESSARY)
                    .longValueExact();
            return new Money(minor, currency);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "amount: " + amount + " (expected: at most " + currency.getDefaultFractionDigits()
                            + " decimals for " + currency + ")",
                    e);
        }
    }

    /** {@code minor} units of {@code currency}. */
    public static Money ofMinor(long minor, String currency) {
        return new Money(minor, currencyOf(currency));
    }

    /** Nothing, in {@code currency}. */
    public static Money zero(Currency currency) {
        return new Money(0, currency);
    }

    /** The amount as a plain decimal string with the currency's digits, such as {@code 12.90}. */
    @JsonProperty("amount")
    public String amount() {
        return decimal().toPlainString();
    }

    /** The amount as a decimal in major units. */
    public BigDecimal decimal() {
        return BigDecimal.valueOf(minor, currency.getDefaultFractionDigits());
    }

    /** The sum of both, which must be of one currency; overflow throws. */
    public Money plus(Money other) {
        return new Money(Math.addExact(minor, sameCurrency(other).minor), currency);
    }

    /** This less {@code other}, which must be of the same currency. */
    public Money minus(Money other) {
        return new Money(Math.subtractExact(minor, sameCurrency(other).minor), currency);
    }

    /** {@code quantity} times this. */
    public Money times(long quantity) {
        return new Money(Math.multiplyExact(minor, quantity), currency);
    }

    /** This with its sign turned. */
    public Money negated() {
        return new Money(Math.negateExact(minor), currency);
    }

    @Override
    public String toString() {
        return amount() + " " + currency;
    }

    private Money sameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("currency: " + other.currency + " (expected: " + currency + ")");
        }
        return other;
    }

    private static Currency currencyOf(String code) {
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new IllegalArgumentException("currency: " + code + " (expected: an ISO 4217 code)", e);
        }
    }
}
