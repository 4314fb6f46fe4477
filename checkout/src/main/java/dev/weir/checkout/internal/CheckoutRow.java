package dev.weir.checkout.internal;

import dev.weir.checkout.Checkouts.State;
import dev.weir.connectors.Money;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What does the table say of one checkout?
 *
 * @param ending how it will end once the gateway has let the payment go; null while nothing is decided
 * @param attempts checks since it last moved
 */
record CheckoutRow(
        UUID id,
        String brand,
        UUID holdId,
        State state,
        @Nullable State ending,
        Money total,
        String gateway,
        @Nullable String reference,
        @Nullable String clientSecret,
        String email,
        Map<String, String> address,
        @Nullable UUID orderId,
        @Nullable String reason,
        int attempts,
        Instant expiresAt) {

    /** Whether nothing will happen to it any more. */
    boolean ended() {
        return switch (state) {
            case OPEN, AUTHORISED -> false;
            case PAID, CANCELLED, EXPIRED, FAILED -> true;
        };
    }

    /** Without the buyer and the secret. */
    @Override
    public String toString() {
        return "checkout " + id + " " + state;
    }
}
