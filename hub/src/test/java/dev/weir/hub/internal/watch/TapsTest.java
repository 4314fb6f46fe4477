package dev.weir.hub.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.Sku;
import dev.weir.reservation.GateState;
import dev.weir.reservation.HoldOutcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.health.Status;

/** How taps and the gate are told. */
class TapsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TapTimes taps = new TapTimes(registry);

    @Test
    void tap_isCountedByWhatCameOfIt_andAnsweredAsItWas() {
        HoldOutcome soldOut = new HoldOutcome.SoldOut(new Sku("MUG"), 2, 1);

        assertThat(taps.counted(() -> soldOut)).isSameAs(soldOut);

        assertThat(counted("sold_out")).isEqualTo(1);
        assertThat(counted("granted")).isZero();
    }

    @Test
    void tapThatThrows_isCounted_andThrowsOn() {
        assertThatThrownBy(() -> taps.counted(() -> {
                    throw new IllegalArgumentException("lines: 0");
                }))
                .hasMessage("lines: 0");
        assertThatThrownBy(() -> taps.counted(() -> {
                    throw new IllegalStateException("the hub's own fault");
                }))
                .hasMessage("the hub's own fault");

        assertThat(counted("invalid")).isEqualTo(1);
        assertThat(counted("failed")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"OPEN,UP", "LEDGER_ONLY,UP", "CLOSED,DEGRADED"})
    void lossOfRedis_isNotLossOfTheHub(GateState gate, String status) {
        assertThat(HealthWords.ofGate(gate).getStatus()).isEqualTo(new Status(status));
    }

    private long counted(String outcome) {
        return registry.get("weir.taps").tag("outcome", outcome).timer().count();
    }
}
