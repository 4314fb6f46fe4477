package dev.weir.simulcast.internal.rtp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the packets of one source back in order, and knows which are missing. Holds at most 1,024 packets. Times are in
 * milliseconds of any clock that does not go back. Not thread-safe.
 */
public final class JitterBuffer {

    static final int CAPACITY = 1024;
    private static final int MASK = CAPACITY - 1;
    private static final int NONE = -1;

    /**
     * How patient is a buffer?
     *
     * @param graceMillis a packet may come so late before it is asked for again
     * @param nackMillis it is asked for again after as long
     * @param giveUpMillis it is given up after so long
     */
    public record Patience(int graceMillis, int nackMillis, int giveUpMillis) {}

    private static final class Hole {
        private final long since;
        private long nextNack;
        private boolean asked;

        private Hole(long now, int grace) {
            since = now;
            nextNack = now + grace;
        }
    }

    private final Patience patience;
    private final @Nullable ReceivedRtp[] slots = new @Nullable ReceivedRtp[CAPACITY];
    private final TreeMap<Long, Hole> holes = new TreeMap<>();
    private boolean started;
    private long next;
    private long highest;
    private int suspect = NONE;
    private boolean gap;
    private long late;
    private long asked;
    private long givenUp;

    /** An empty buffer; the first packet it is given comes first. */
    public JitterBuffer(Patience patience) {
        this.patience = patience;
    }

    /** Takes a packet; one that was there already, or comes too late, is ignored. */
    public void offer(ReceivedRtp packet, long now) {
        if (!started) {
            restartAt(packet.sequence());
        }
        long place = highest + (short) (packet.sequence() - (int) highest);
        if (place - next >= CAPACITY || next - place > CAPACITY) {
            place = jump(packet);
        }
        if (place < next || slots[(int) place & MASK] != null) {
            late++;
            return;
        }
        for (long missing = highest + 1; missing < place; missing++) {
            holes.put(missing, new Hole(now, patience.graceMillis()));
        }
        highest = Math.max(highest, place);
        holes.remove(place);
        slots[(int) place & MASK] = packet;
    }

    /** As RFC 3550 §A.1 advises, a jump is believed when the packet after it follows it. */
    private long jump(ReceivedRtp packet) {
        boolean believed = packet.sequence() == suspect;
        suspect = (packet.sequence() + 1) & 0xFFFF;
        if (!believed) {
            return next - 1;
        }
        gap = true;
        restartAt(packet.sequence());
        return next;
    }

    private void restartAt(int sequence) {
        Arrays.fill(slots, null);
        holes.clear();
        started = true;
        suspect = NONE;
        next = sequence;
        highest = next - 1;
    }

    /** The next packet in order, or null while it is missing. */
    public @Nullable ReceivedRtp poll() {
        int slot = (int) next & MASK;
        ReceivedRtp packet = slots[slot];
        if (packet != null) {
            slots[slot] = null;
            next++;
        }
        return packet;
    }

    /** True once after packets were given up or jumped over: the next one polled does not follow the one before. */
    public boolean takeGap() {
        boolean taken = gap;
        gap = false;
        return taken;
    }

    /**
     * Ceases to wait for what has been missing too long and holds up the rest. True when it did so; what follows up to
     * the next hole can then be polled, and another call may be due.
     */
    public boolean giveUp(long now) {
        long before = next;
        Hole hole = holes.get(next);
        while (hole != null && now - hole.since >= patience.giveUpMillis()) {
            holes.remove(next++);
            givenUp++;
            hole = holes.get(next);
        }
        gap |= next > before;
        return next > before;
    }

    /** Which packets to ask for again now, in order; each at most once in {@link Patience#nackMillis}. */
    public List<Integer> missing(long now) {
        List<Integer> due = new ArrayList<>();
        holes.forEach((place, hole) -> {
            if (now >= hole.nextNack) {
                asked += hole.asked ? 0 : 1;
                hole.asked = true;
                hole.nextNack = now + patience.nackMillis();
                due.add((int) (place & 0xFFFF));
            }
        });
        return due;
    }

    /** Packets that came twice or too late. */
    public long late() {
        return late;
    }

    /** Packets that were asked for again. */
    public long asked() {
        return asked;
    }

    /** Packets that never came. */
    public long givenUp() {
        return givenUp;
    }
}
