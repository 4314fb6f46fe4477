package dev.weir.hub.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.Sku;
import dev.weir.hub.internal.web.MediaInfoApi.Mark;
import dev.weir.hub.internal.web.MediaInfoApi.Replay;
import dev.weir.live.MediaClock.Position;
import dev.weir.live.RunSheet;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PinMarksTest {
    private static final Instant START = Instant.parse("2026-11-24T18:00:00Z");
    private static final Replay FIRST = new Replay(0, "/a", null, List.of(), null, START, 60_000);
    private static final Replay SECOND = new Replay(1, "/b", null, List.of(), null, START.plusSeconds(100), 60_000);

    @Test
    void pinOnThePicture_standsWhereItWas() {
        assertThat(PinMarks.of(pin(10, 20, new Position(0, 10_007), new Position(0, 20_003)), List.of(FIRST)))
                .containsExactly(new Mark("MUG", 0, 10_007, 20_003L));
    }

    @Test
    void pinBeforeThePicture_standsAtItsBeginning() {
        assertThat(PinMarks.of(pin(-5, 20, null, new Position(0, 20_003)), List.of(FIRST)))
                .containsExactly(new Mark("MUG", 0, 0, 20_003L));
        assertThat(PinMarks.of(pin(-5, 20, null, null), List.of(FIRST)))
                .containsExactly(new Mark("MUG", 0, 0, 20_000L));
        assertThat(PinMarks.of(pin(-5, 90, null, null), List.of(FIRST))).containsExactly(new Mark("MUG", 0, 0, null));
        assertThat(PinMarks.of(pin(-5, -1, null, null), List.of(FIRST))).isEmpty();
    }

    @Test
    void pinOverTheHostsAbsence_standsOnBothRecordings() {
        assertThat(PinMarks.of(pin(50, 110, new Position(0, 50_000), null), List.of(FIRST, SECOND)))
                .containsExactly(new Mark("MUG", 0, 50_000, null), new Mark("MUG", 1, 0, 10_000L));
    }

    private static RunSheet.Pin pin(int since, int until, @Nullable Position from, @Nullable Position to) {
        return new RunSheet.Pin(
                UUID.randomUUID(),
                UUID.randomUUID(),
                new Sku("MUG"),
                START.plusSeconds(since),
                START.plusSeconds(until),
                0,
                from,
                to);
    }
}
