package dev.weir.simulcast.internal.whep;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The newest packets of a track: for sending, for sending again, and for those who join. One thread adds, any reads.
 */
final class PacketRing {

    private final AtomicReferenceArray<@Nullable RoomPacket> slots;
    private final int mask;
    private volatile long head;
    private volatile long gopStart = -1;

    /** A ring for so many packets, a power of 2. */
    PacketRing(int size) {
        if (Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("ring size: %d (expected: a power of 2)".formatted(size));
        }
        slots = new AtomicReferenceArray<>(size);
        mask = size - 1;
    }

    void add(RoomPacket packet) {
        slots.set((int) packet.index() & mask, packet);
    }

    /** Lets readers see what was added before {@code newHead}. */
    void publish(long newHead) {
        head = newHead;
    }

    /** The same, where a key frame begins at {@code start}. */
    void publishGop(long start, long newHead) {
        gopStart = start;
        head = newHead;
    }

    /** Index of the packet that will come next. */
    long head() {
        return head;
    }

    /** Where the newest key frame begins; -1 when there was none, or its beginning is no longer here. */
    long gopStart() {
        long start = gopStart;
        return start >= 0 && head - start <= mask ? start : -1;
    }

    /** The packet; null when it is not here any more, or not yet. */
    @Nullable
    RoomPacket get(long index) {
        RoomPacket packet = slots.get((int) index & mask);
        return packet != null && packet.index() == index ? packet : null;
    }

    /** The packet, which the caller knows to be here. */
    RoomPacket require(long index) {
        RoomPacket packet = get(index);
        if (packet == null) {
            throw new IllegalStateException("packet %d: not in the ring (expected: one of the newest %d before %d)"
                    .formatted(index, slots.length(), head));
        }
        return packet;
    }

    /** True when the packet will be overwritten before so many more have come. */
    boolean isNearlyLost(long index, int margin) {
        return head - index > slots.length() - margin;
    }
}
