package dev.weir.simulcast;

import static dev.weir.simulcast.TargetState.BACKOFF;
import static dev.weir.simulcast.TargetState.CONNECTING;
import static dev.weir.simulcast.TargetState.DEGRADED;
import static dev.weir.simulcast.TargetState.ENDED;
import static dev.weir.simulcast.TargetState.IDLE;
import static dev.weir.simulcast.TargetState.LIVE;
import static dev.weir.simulcast.TargetState.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.simulcast.internal.targets.Backoff;
import dev.weir.simulcast.internal.targets.TargetBook;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TargetStateTest {

    private static final TargetSpec SPEC = new TargetSpec("t", "T", null, "rtmp://example.test/live/very-secret");

    /** The table of docs/architecture.md, written down a second time: a row may be followed by its columns. */
    private static final Map<TargetState, Set<TargetState>> TABLE = Map.of(
            IDLE, Set.of(CONNECTING, ENDED),
            CONNECTING, Set.of(LIVE, BACKOFF, REJECTED, IDLE, ENDED),
            LIVE, Set.of(DEGRADED, CONNECTING, BACKOFF, REJECTED, IDLE, ENDED),
            DEGRADED, Set.of(LIVE, CONNECTING, BACKOFF, REJECTED, IDLE, ENDED),
            BACKOFF, Set.of(CONNECTING, IDLE, ENDED),
            REJECTED, Set.of(CONNECTING, IDLE, ENDED),
            ENDED, Set.of());

    /** A way from IDLE to each state. */
    private static TargetBook bookIn(TargetState state) {
        var book = new TargetBook(SPEC, InstantSource.system());
        List<TargetState> way = switch (state) {
            case IDLE -> List.of();
            case CONNECTING -> List.of(CONNECTING);
            case LIVE, BACKOFF, REJECTED -> List.of(CONNECTING, state);
            case DEGRADED -> List.of(CONNECTING, LIVE, DEGRADED);
            case ENDED -> List.of(ENDED);
        };
        way.forEach(book::move);
        return book;
    }

    @Test
    void everyPairOfStates_isAllowedOrRefusedAsTheTableSays() {
        for (TargetState from : TargetState.values()) {
            for (TargetState to : TargetState.values()) {
                TargetBook book = bookIn(from);
                if (from == to || TABLE.get(from).contains(to)) {
                    book.move(to);
                    assertThat(book.state()).isEqualTo(to);
                } else {
                    assertThatThrownBy(() -> book.move(to)).isInstanceOf(IllegalStateException.class);
                    assertThat(book.state()).isEqualTo(from);
                }
            }
        }
    }

    @Test
    void history_keepsTheLatestStatesWithTheirTimes() {
        var book = new TargetBook(SPEC, () -> Instant.EPOCH);
        for (int i = 0; i < 100; i++) {
            book.move(CONNECTING);
            book.move(BACKOFF);
        }
        TargetStatus status = book.status(List.of());
        assertThat(status.history())
                .hasSize(30)
                .last()
                .extracting(TargetEvent::state)
                .isEqualTo(BACKOFF);
        assertThat(status.since()).isEqualTo(Instant.EPOCH);
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
