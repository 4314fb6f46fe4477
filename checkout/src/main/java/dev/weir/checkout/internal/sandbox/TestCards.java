package dev.weir.checkout.internal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** What does the bank say to a card? Numbers and words of docs.stripe.com/testing. */
final class TestCards {
    private TestCards() {}

    /** The bank's answer. */
    enum Bank {
        /** Sets the money aside. */
        APPROVES,
        /** Asks the buyer first. */
        CHALLENGES,
        /** Says no. */
        DECLINES
    }

    /** @param error Stripe's card error, null unless declined */
    record Verdict(Bank bank, @Nullable ObjectNode error) {}

    static Verdict of(FormBody form, Clock clock) {
        String named = form.text("payment_method");
        String number = form.text("payment_method_data[card][number]").replace(" ", "");
        if (named.isEmpty() && number.isEmpty()) {
            throw StripeRefusal.missing("payment_method");
        }
        if (!number.isEmpty() && expired(form, clock)) {
            return declined("expired_card", "expired_card", "Your card has expired.");
        }
        return switch (number.isEmpty() ? named : number) {
            case "4242424242424242", "5555555555554444", "pm_card_visa" -> new Verdict(Bank.APPROVES, null);
            case "4000002500003155", "4000002760003184", "pm_card_authenticationRequired" ->
                new Verdict(Bank.CHALLENGES, null);
            case "4000000000000002", "pm_card_visa_chargeDeclined" ->
                declined("card_declined", "generic_decline", "Your card was declined.");
            case "4000000000009995", "pm_card_visa_chargeDeclinedInsufficientFunds" ->
                declined("card_declined", "insufficient_funds", "Your card has insufficient funds.");
            default ->
                luhn(number)
                        ? declined(
                                "card_declined",
                                "test_mode_live_card",
                                "Your card was declined. Your request was in test mode, but used a non test card.")
                        : declined("incorrect_number", "incorrect_number", "Your card number is incorrect.");
        };
    }

    private static Verdict declined(String code, String declineCode, String message) {
        ObjectNode error = SandboxStore.document()
                .put("type", "card_error")
                .put("code", code)
                .put("decline_code", declineCode)
                .put("message", message);
        return new Verdict(Bank.DECLINES, error);
    }

    private static boolean expired(FormBody form, Clock clock) {
        String year = form.text("payment_method_data[card][exp_year]");
        String month = form.text("payment_method_data[card][exp_month]");
        if (!year.matches("(20)?\\d{2}") || !month.matches("0?[1-9]|1[0-2]")) {
            throw StripeRefusal.missing("payment_method_data[card][exp_year]");
        }
        int full = Integer.parseInt(year) % 100 + 2000;
        return YearMonth.of(full, Integer.parseInt(month))
                .isBefore(YearMonth.from(clock.instant().atZone(ZoneOffset.UTC)));
    }

    private static boolean luhn(String number) {
        if (!number.matches("\\d{12,19}")) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < number.length(); i++) {
            int digit = number.charAt(number.length() - 1 - i) - '0';
            int doubled = i % 2 == 1 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }
}
