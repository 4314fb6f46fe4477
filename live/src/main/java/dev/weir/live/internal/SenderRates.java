package dev.weir.live.internal;

import dev.weir.live.ChatRoom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Does a sender write too fast? A sliding window a sender, of the 10,000 that wrote last. */
final class SenderRates {
    private static final int MESSAGES = 20;
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final int MAX_SENDERS = 10_000;

    private final Clock clock;
    private final Map<String, Deque<Instant>> sent = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
            return size() > MAX_SENDERS;
        }
    };

    SenderRates(Clock clock) {
        this.clock = clock;
    }

    /** Counts one message, or throws {@link ChatRoom.TooFast}; a refused one does not count. */
    synchronized void spend(String sender) {
        Instant now = clock.instant();
        Deque<Instant> times = sent.computeIfAbsent(sender, key -> new ArrayDeque<>(MESSAGES));
        while (!times.isEmpty() && !times.peekFirst().plus(WINDOW).isAfter(now)) {
            times.removeFirst();
        }
        if (times.size() >= MESSAGES) {
            throw new ChatRoom.TooFast(
                    "messages: more than " + MESSAGES + " in " + WINDOW.toSeconds() + " s (expected: a slower pace)");
        }
        times.addLast(now);
    }
}
