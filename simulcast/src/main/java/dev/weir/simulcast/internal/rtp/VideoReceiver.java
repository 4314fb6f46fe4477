package dev.weir.simulcast.internal.rtp;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns the packets of one video source into pictures that a decoder can use: after a loss none until the next key
 * frame. Not thread-safe.
 */
public final class VideoReceiver {

    private static final JitterBuffer.Patience PATIENCE = new JitterBuffer.Patience(10, 40, 300);

    private final JitterBuffer buffer = new JitterBuffer(PATIENCE);
    private final H264Depacketizer depacketizer = new H264Depacketizer();
    private boolean waitsForKey = true;
    private long broken;

    /** Takes a packet, and gives the pictures that it completes. */
    public List<H264Depacketizer.Complete> accept(ReceivedRtp packet, long now) {
        buffer.offer(packet, now);
        return drain();
    }

    /** Gives up what has been missing too long, and gives the pictures that this sets free. */
    public List<H264Depacketizer.Complete> expire(long now) {
        List<H264Depacketizer.Complete> usable = new ArrayList<>();
        while (buffer.giveUp(now)) {
            usable.addAll(drain());
        }
        return usable;
    }

    private List<H264Depacketizer.Complete> drain() {
        List<H264Depacketizer.Complete> usable = new ArrayList<>(1);
        if (buffer.takeGap()) {
            waitsForKey = true;
            depacketizer.gap().forEach(picture -> take(picture, usable));
        }
        for (ReceivedRtp next = buffer.poll(); next != null; next = buffer.poll()) {
            depacketizer.accept(next).forEach(picture -> take(picture, usable));
        }
        return usable;
    }

    private void take(H264Depacketizer.Picture picture, List<H264Depacketizer.Complete> usable) {
        switch (picture) {
            case H264Depacketizer.Broken _ -> {
                broken++;
                waitsForKey = true;
            }
            case H264Depacketizer.Complete complete -> {
                waitsForKey &= !complete.key();
                if (!waitsForKey) {
                    usable.add(complete);
                }
            }
        }
    }

    /** True while nothing can be shown before a key frame comes. */
    public boolean waitsForKey() {
        return waitsForKey;
    }

    /** What to ask for again now. */
    public List<Integer> missing(long now) {
        return buffer.missing(now);
    }

    /** Counters of the packets. */
    public JitterBuffer buffer() {
        return buffer;
    }

    /** Pictures that came incomplete. */
    public long broken() {
        return broken;
    }
}
