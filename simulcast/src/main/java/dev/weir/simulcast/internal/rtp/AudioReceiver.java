package dev.weir.simulcast.internal.rtp;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns the packets of one Opus source into frames in order (RFC 7587: a packet is a frame). A frame that is missing
 * for 120 ms is left out; the times of the others show where. Not thread-safe.
 */
public final class AudioReceiver {

    private static final JitterBuffer.Patience PATIENCE = new JitterBuffer.Patience(20, 40, 120);

    private final JitterBuffer buffer = new JitterBuffer(PATIENCE);

    /** Takes a packet, and gives the frames that are now in order. */
    public List<ReceivedRtp> accept(ReceivedRtp packet, long now) {
        buffer.offer(packet, now);
        return drain();
    }

    /** Leaves out what has been missing too long. */
    public List<ReceivedRtp> expire(long now) {
        List<ReceivedRtp> frames = new ArrayList<>();
        while (buffer.giveUp(now)) {
            frames.addAll(drain());
        }
        return frames;
    }

    private List<ReceivedRtp> drain() {
        buffer.takeGap();
        List<ReceivedRtp> frames = new ArrayList<>(1);
        for (ReceivedRtp next = buffer.poll(); next != null; next = buffer.poll()) {
            if (next.payload().length > 0) {
                frames.add(next);
            }
        }
        return frames;
    }

    /** What to ask for again now. */
    public List<Integer> missing(long now) {
        return buffer.missing(now);
    }

    /** Counters of the packets. */
    public JitterBuffer buffer() {
        return buffer;
    }
}
