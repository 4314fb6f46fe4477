package dev.weir.checkout.internal;

import dev.weir.checkout.Checkouts.Request;
import dev.weir.checkout.Checkouts.State;
import dev.weir.reservation.Hold;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Is a request fit to become a checkout? */
final class Requests {
    private static final Set<String> REQUIRED = Set.of("name", "line1", "city", "postalCode", "country");
    private static final Set<String> ALLOWED = Set.of("name", "line1", "line2", "city", "postalCode", "country");
    private static final int LONGEST = 200;

    private Requests() {}

    /** Throws IllegalArgumentException that names what was wrong; what a buyer typed is not repeated, it may be logged. */
    static void check(Request request) {
        String email = request.email();
        int at = email.indexOf('@');
        if (email.length() < 3
                || email.length() > 254
                || at < 1
                || at != email.lastIndexOf('@')
                || email.endsWith("@")) {
            throw new IllegalArgumentException(
                    "email: " + email.length() + " characters (expected: 3..254 with one @ inside)");
        }
        Map<String, String> address = request.address();
        address.forEach((name, value) -> {
            if (!ALLOWED.contains(name)) {
                throw new IllegalArgumentException("shipping." + name + ": present (expected: one of " + ALLOWED + ")");
            }
            if (value.length() > LONGEST) {
                throw new IllegalArgumentException(
                        "shipping." + name + ": " + value.length() + " characters (expected: 1.." + LONGEST + ")");
            }
        });
        for (String name : REQUIRED) {
            if (address.getOrDefault(name, "").isBlank()) {
                throw new IllegalArgumentException(
                        "shipping." + name + ": absent (expected: 1.." + LONGEST + " characters)");
            }
        }
        if (!address.getOrDefault("country", "").matches("[A-Z]{2}")) {
            throw new IllegalArgumentException(
                    "shipping.country: " + address.get("country") + " (expected: ISO 3166 alpha-2)");
        }
    }

    /** The row that the request opens. */
    static CheckoutRow row(Request request, Hold hold, String gateway) {
        return new CheckoutRow(
                UUID.randomUUID(),
                hold.brand(),
                hold.id(),
                State.OPEN,
                null,
                hold.total(),
                gateway,
                null,
                null,
                request.email(),
                request.address(),
                null,
                null,
                0,
                hold.expiresAt());
    }
}
