package dev.weir.simulcast.internal.live;

import dev.weir.simulcast.MediaAnchor;
import dev.weir.simulcast.MediaTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/** The newest anchors of one live, over its epochs. Thread-safe. */
final class Anchors {

    /** A day of them; the recording keeps all. */
    private static final int MAX_ANCHORS = 10_000;

    private final Deque<MediaAnchor> anchors = new ArrayDeque<>();

    synchronized void add(MediaAnchor anchor) {
        anchors.addLast(anchor);
        if (anchors.size() > MAX_ANCHORS) {
            anchors.removeFirst();
        }
    }

    /** Media time at that moment; before the first anchor there was none. */
    synchronized Optional<MediaTime> at(Instant moment) {
        Iterator<MediaAnchor> newestFirst = anchors.descendingIterator();
        while (newestFirst.hasNext()) {
            MediaAnchor anchor = newestFirst.next();
            if (!anchor.wallClock().isAfter(moment)) {
                long since = Duration.between(anchor.wallClock(), moment).toMillis();
                return Optional.of(new MediaTime(anchor.epoch(), anchor.mediaMillis() + since));
            }
        }
        return Optional.empty();
    }
}
