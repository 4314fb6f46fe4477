package dev.weir.checkout.internal;

import dev.weir.checkout.PaymentGateway;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which gateways are there? The first is the default. */
final class Gateways {
    private final Map<String, PaymentGateway> byName = new LinkedHashMap<>();

    Gateways(List<PaymentGateway> gateways) {
        gateways.forEach(gateway -> byName.put(gateway.name(), gateway));
    }

    /** The gateway of that name, or the default for null; IllegalArgumentException for an unknown name. */
    PaymentGateway named(@Nullable String name) {
        if (byName.isEmpty()) {
            throw new IllegalStateException("No payment gateway is set up, so nothing can be paid here");
        }
        PaymentGateway found = name == null ? byName.values().iterator().next() : byName.get(name);
        if (found == null) {
            throw new IllegalArgumentException("gateway: " + name + " (expected: one of " + byName.keySet() + ")");
        }
        return found;
    }
}
