package dev.weir.simulcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.simulcast.internal.targets.Backoff;
import dev.weir.simulcast.internal.targets.TargetBook;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TargetStateTest {

    private static final TargetSpec SPEC = new TargetSpec("t", "T", null, "rtmp://example.test/live/very-secret");

    @Test
    void ended_isFinal() {
        assertThat(Arrays.stream(TargetState.values()).filter(TargetState.ENDED::mayBecome))
                .isEmpty();
    }

    @Test
    void illegalMove_isRefusedAndNamesWhatWasExpected() {
        var book = new TargetBook(SPEC, InstantSource.system());
        assertThatThrownBy(() -> book.move(TargetState.LIVE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("IDLE to LIVE (expected: one of");
        assertThat(book.state()).isEqualTo(TargetState.IDLE);
    }

    @Test
    void everyMoveOutsideTheTable_isRefused() {
        for (TargetState to : TargetState.values()) {
            var book = new TargetBook(SPEC, InstantSource.system());
            if (to != TargetState.IDLE && !TargetState.IDLE.mayBecome(to)) {
                assertThatThrownBy(() -> book.move(to)).isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @Test
    void backoff_doublesToItsBoundWithinAFifthAndRepeatsWithItsSeed() {
        var one = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 7);
        var two = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 7);
        for (long nominal : new long[] {1000, 2000, 4000, 8000, 16_000, 30_000, 30_000}) {
            Duration wait = one.next();
            assertThat(wait.toMillis()).isBetween(nominal * 8 / 10, nominal * 12 / 10);
            assertThat(two.next()).isEqualTo(wait);
        }
        one.reset();
        assertThat(one.next().toMillis()).isBetween(800L, 1200L);
    }

    @Test
    void addressWithKey_isNeverShown() {
        assertThat(SPEC.toString()).doesNotContain("very-secret").contains("rtmp://example.test/live/***");
        assertThat(Redaction.text("cannot open rtmps://u:p@h/app/key?x=1 now"))
                .isEqualTo("cannot open rtmps://h/app/*** now");
        assertThat(new PublishRequest(Protocol.RTMP, "live", "very-secret", "::1").toString())
                .doesNotContain("very-secret");
    }

    @Test
    void unknownScheme_isRefused() {
        assertThatThrownBy(() -> new TargetSpec("t", "T", null, "file:///etc/passwd"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: rtmp://");
    }
}
