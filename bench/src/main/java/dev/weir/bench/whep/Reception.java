package dev.weir.bench.whep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Which packets of one SSRC came, and which are missing? Puts them in order, says what to ask for again, and gives up
 * what does not come. Used by one thread at a time; times are {@link System#nanoTime}.
 */
final class Reception {

    /** Sees packets in sending order; what was given up is skipped, and {@code hole} tells. */
    interface Ordered {
        void packet(long timestamp, boolean marker, boolean keyStart, boolean hole, long nanos);
    }

    private static final int WINDOW = 2048;
    private static final long ASK_AGAIN = 50_000_000L;
    private static final long GIVE_UP = 500_000_000L;
    private static final int PRESENT = 1;
    private static final int MARKER = 2;
    private static final int KEY = 4;

    private static final class Missing {
        final long since;
        long asked;

        Missing(long since) {
            this.since = since;
        }
    }

    final int ssrc;
    private final int clockRate;
    private final Ordered ordered;
    private final byte[] flags = new byte[WINDOW];
    private final int[] stamps = new int[WINDOW];
    private final Map<Long, Missing> missing = new HashMap<>();
    private long first = -1;
    private long highest;
    private long next;
    private boolean hole;
    private long jitter;
    private long transit;
    private long expectedBefore;
    private long receivedBefore;
    private long received;

    long lost;
    long late;
    long duplicate;
    long recovered;
    long asked;

    Reception(int ssrc, int clockRate, Ordered ordered) {
        this.ssrc = ssrc;
        this.clockRate = clockRate;
        this.ordered = ordered;
    }

    void packet(int sequence, int timestamp, boolean marker, boolean keyStart, long now) {
        long extended = extend(sequence);
        if (first < 0) {
            first = extended;
            highest = extended - 1;
            next = extended;
        }
        if (extended < next) {
            // Either a packet given up before, or a copy of one that came.
            if (extended >= first && extended > highest - WINDOW && (flags[slot(extended)] & PRESENT) == 0) {
                late++;
                flags[slot(extended)] |= PRESENT;
            } else {
                duplicate++;
            }
            return;
        }
        note(extended, now);
        if ((flags[slot(extended)] & PRESENT) != 0) {
            duplicate++;
            return;
        }
        received++;
        jitter(timestamp, now);
        flags[slot(extended)] = (byte) (PRESENT | (marker ? MARKER : 0) | (keyStart ? KEY : 0));
        stamps[slot(extended)] = timestamp;
        advance(now);
    }

    private long extend(int sequence) {
        if (first < 0) {
            return 65_536L + sequence;
        }
        return highest + (short) (sequence - (int) highest);
    }

    private static int slot(long extended) {
        return (int) (extended % WINDOW);
    }

    private void note(long extended, long now) {
        if (missing.remove(extended) != null) {
            recovered++;
        }
        if (extended >= next + WINDOW) {
            giveUpTo(extended - WINDOW / 2, now);
        }
        for (long gap = Math.max(highest + 1, next); gap < extended; gap++) {
            missing.put(gap, new Missing(now));
            flags[slot(gap)] = 0;
        }
        if (extended > highest) {
            flags[slot(extended)] = 0;
            highest = extended;
        }
    }

    /** A jump wider than the window: everything up to there is counted as lost. */
    private void giveUpTo(long end, long now) {
        advance(now);
        while (next < end) {
            missing.remove(next);
            flags[slot(next)] = 0;
            lost++;
            hole = true;
            next++;
        }
        highest = Math.max(highest, next - 1);
    }

    private void advance(long now) {
        while (next <= highest && (flags[slot(next)] & PRESENT) != 0) {
            int flag = flags[slot(next)];
            ordered.packet(stamps[slot(next)] & 0xFFFFFFFFL, (flag & MARKER) != 0, (flag & KEY) != 0, hole, now);
            hole = false;
            next++;
        }
    }

    private void jitter(int timestamp, long now) {
        // RFC 3550 §6.4.1, in timestamp units scaled by 16.
        long at = now / 1000 * clockRate / 1_000_000 - (timestamp & 0xFFFFFFFFL);
        if (received > 1) {
            jitter += Math.abs(at - transit) - ((jitter + 8) >> 4);
        }
        transit = at;
    }

    /** Sequence numbers to ask for now; at most 64 at a time. Gives up what was missing for 500 ms. */
    List<Integer> due(long now) {
        List<Integer> due = new ArrayList<>();
        if (missing.isEmpty()) {
            return due;
        }
        for (Iterator<Map.Entry<Long, Missing>> all = missing.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Long, Missing> entry = all.next();
            Missing one = entry.getValue();
            if (now - one.since > GIVE_UP) {
                all.remove();
                lost++;
            } else if (due.size() < 64 && (one.asked == 0 || now - one.asked > ASK_AGAIN)) {
                one.asked = now;
                due.add((int) (entry.getKey() & 0xFFFF));
            }
        }
        while (next <= highest && (flags[slot(next)] & PRESENT) == 0 && !missing.containsKey(next)) {
            hole = true;
            next++;
            advance(now);
        }
        asked += due.size();
        return due;
    }

    /** What a receiver report says of it, RFC 3550 §6.4.1; the fraction is since the last call. */
    int[] report() {
        long expected = highest - first + 1;
        long expectedNow = expected - expectedBefore;
        long lostNow = expectedNow - (received - receivedBefore);
        expectedBefore = expected;
        receivedBefore = received;
        int fraction = expectedNow <= 0 || lostNow <= 0 ? 0 : (int) (256 * lostNow / expectedNow);
        long total = Math.clamp(expected - received, 0, 0x7FFFFF);
        return new int[] {Math.min(255, fraction) << 24 | (int) total, (int) highest, (int) (jitter >> 4)};
    }
}
