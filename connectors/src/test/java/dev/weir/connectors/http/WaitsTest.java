package dev.weir.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import java.time.Duration;
import java.util.Iterator;
import org.junit.jupiter.api.Test;

class WaitsTest {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private final MovedTime time = new MovedTime();

    @Test
    void look_pausesBeforeEach_andEndsWithWhatIsFound_orAfterTheLast() {
        Iterator<String> seen = java.util.Arrays.asList(null, "found").iterator();

        assertThat(time.look(3, PAUSE, "order 7", seen::next)).isEqualTo("found");
        assertThat(time.waited).containsExactly(PAUSE, PAUSE);
        assertThat(time.look(3, PAUSE, "order 7", () -> null)).isNull();
        assertThat(time.waited).hasSize(5);
    }

    @Test
    void pauseThatIsInterrupted_leavesTheOutcomeUnknown_andTheInterruptInPlace() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Waits.REAL.pause(PAUSE, "bulk 9"))
                .isInstanceOfSatisfying(
                        ChannelException.class, e -> assertThat(e.fault()).isEqualTo(Fault.OUTCOME_UNKNOWN))
                .hasMessageContaining("bulk 9");
        assertThat(Thread.interrupted()).isTrue();
    }
}
