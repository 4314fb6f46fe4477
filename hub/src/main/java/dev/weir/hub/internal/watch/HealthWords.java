package dev.weir.hub.internal.watch;

import dev.weir.reservation.GateState;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;

/** In which words is health told? */
final class HealthWords {
    /** Everything is done, some of it slower: answered with 200, so that nobody takes the hub out of service. */
    static final Status DEGRADED = new Status("DEGRADED");

    private HealthWords() {}

    static Health upWhen(boolean well) {
        return well ? Health.up().build() : Health.down().build();
    }

    /** Without Redis nothing is refused that could be had. */
    static Health ofGate(GateState state) {
        return switch (state) {
            case OPEN, LEDGER_ONLY -> Health.up().build();
            case CLOSED -> Health.status(DEGRADED).build();
        };
    }
}
