package dev.weir.hub.internal.web;

import dev.weir.hub.internal.web.MediaInfoApi.Mark;
import dev.weir.hub.internal.web.MediaInfoApi.Replay;
import dev.weir.live.MediaClock;
import dev.weir.live.RunSheet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where on the recordings does a pin stand? Also at the beginning of one that started while it was up. */
final class PinMarks {
    private PinMarks() {}

    static List<Mark> of(RunSheet.Pin pin, List<Replay> replays) {
        List<Mark> marks = new ArrayList<>();
        MediaClock.Position from = pin.from();
        MediaClock.Position to = pin.to();
        if (from != null) {
            marks.add(new Mark(pin.sku().value(), from.epoch(), from.millis(), to == null ? null : to.millis()));
        }
        for (Replay replay : replays) {
            if ((from == null || replay.epoch() > from.epoch()) && wasUp(pin, replay.startedAt())) {
                marks.add(new Mark(pin.sku().value(), replay.epoch(), 0, end(pin, replay)));
            }
        }
        return marks;
    }

    private static boolean wasUp(RunSheet.Pin pin, Instant at) {
        Instant until = pin.until();
        return pin.since().isBefore(at) && (until == null || until.isAfter(at));
    }

    /** Null where the recording ended first. */
    private static @Nullable Long end(RunSheet.Pin pin, Replay replay) {
        MediaClock.Position to = pin.to();
        if (to != null && to.epoch() == replay.epoch()) {
            return to.millis();
        }
        Instant until = pin.until();
        if (until == null) {
            return null;
        }
        long millis = Duration.between(replay.startedAt(), until).toMillis();
        return millis < replay.millis() ? millis : null;
    }
}
