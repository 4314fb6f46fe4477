package dev.weir.simulcast.internal.whep;

import dev.weir.simulcast.internal.rtc.MediaCounters;
import dev.weir.simulcast.internal.rtc.PeerHandler;
import dev.weir.simulcast.internal.rtc.PeerLink;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One viewer: starts with the group of pictures so far, catches up, and is live. On its event loop only, but for
 * {@link #counters}.
 */
final class WhepViewer implements PeerHandler {

    /** 8 packets a millisecond are 75 Mbit/s: a joiner's 2 s of 3 Mbit/s take 80 ms. */
    private static final int CATCH_UP_PACKETS = 8;

    private static final long CATCH_UP_MICROS = 1000;

    /** Near the end of the ring the next packets may be overwritten while they are sent. */
    private static final int RING_MARGIN = 1024;

    private enum Pace {
        /** Nothing can be shown before the next key frame. */
        WAITS_FOR_KEY,
        /** Being sent what was before it came. */
        CATCHING_UP,
        /** In step with everyone. */
        LIVE
    }

    private final WhepRoom room;
    private final @Nullable OutStream video;
    private final @Nullable OutStream audio;
    private final ViewerFeedback feedback;
    private Pace pace = Pace.WAITS_FOR_KEY;
    private @Nullable PeerLink link;
    private @Nullable ShardSender sender;

    WhepViewer(WhepRoom room, @Nullable OutStream video, @Nullable OutStream audio) {
        this.room = room;
        this.video = video;
        this.audio = audio;
        this.feedback = new ViewerFeedback(room, video, audio);
    }

    @Override
    public void connected(PeerLink opened) {
        link = opened;
        ShardSender shard = room.sender(opened.loop());
        sender = shard;
        shard.add(this);
        if (audio != null) {
            audio.startAt(room.tracks().audio().head());
        }
        if (video != null) {
            join(opened, video, shard);
        }
        feedback.report(opened);
    }

    private void join(PeerLink to, OutStream stream, ShardSender shard) {
        PacketRing ring = room.tracks().video();
        long start = ring.gopStart();
        RoomPacket newest = ring.get(ring.head() - 1);
        if (start < 0 || newest == null || ring.isNearlyLost(start, RING_MARGIN)) {
            room.requestKeyFrame(to.loop());
            return;
        }
        stream.startAt(start);
        stream.squeezeBefore(newest);
        pace = Pace.CATCHING_UP;
        catchUp(to, stream, shard);
    }

    private void catchUp(PeerLink to, OutStream stream, ShardSender shard) {
        if (!to.equals(link) || pace != Pace.CATCHING_UP) {
            return;
        }
        if (room.tracks().video().isNearlyLost(stream.next(), RING_MARGIN)) {
            pace = Pace.WAITS_FOR_KEY;
            room.requestKeyFrame(to.loop());
            return;
        }
        if (to.writable()) {
            send(to, stream, Math.min(stream.next() + CATCH_UP_PACKETS, shard.livePacket()));
        }
        if (stream.next() >= shard.livePacket()) {
            pace = Pace.LIVE;
        } else {
            to.loop().schedule(() -> catchUp(to, stream, shard), CATCH_UP_MICROS, TimeUnit.MICROSECONDS);
        }
    }

    /** Packets {@code from} up to {@code to} of the live are to go out to those who are in step. */
    void sendVideo(long from, long upTo) {
        PeerLink to = link;
        OutStream stream = video;
        if (to == null || stream == null || pace == Pace.CATCHING_UP) {
            return;
        }
        if (pace == Pace.LIVE && !to.writable()) {
            // On TCP it would only fall further behind; it goes on with the next key frame, and in sequence.
            pace = Pace.WAITS_FOR_KEY;
        }
        if (pace == Pace.WAITS_FOR_KEY) {
            long key = to.writable() ? firstKey(from, upTo) : -1;
            if (key < 0) {
                return;
            }
            stream.startAt(key);
            pace = Pace.LIVE;
        }
        send(to, stream, upTo);
    }

    private long firstKey(long from, long upTo) {
        for (long index = from; index < upTo; index++) {
            RoomPacket packet = room.tracks().video().get(index);
            if (packet != null && packet.startsGop()) {
                return index;
            }
        }
        return -1;
    }

    private void send(PeerLink to, OutStream stream, long upTo) {
        int count = (int) (upTo - stream.next());
        if (count > 0) {
            PacketRing ring = room.tracks().video();
            to.sendBurst(count, (_, target) -> {
                RoomPacket packet = ring.require(stream.next());
                feedback.sent(packet);
                return stream.writeNext(packet, target);
            });
        }
    }

    /** Sound up to here is to go out. */
    void sendAudio(long upTo) {
        PeerLink to = link;
        OutStream stream = audio;
        if (to == null || stream == null || stream.next() >= upTo) {
            return;
        }
        PacketRing ring = room.tracks().audio();
        if (ring.get(stream.next()) == null) {
            stream.startAt(upTo - 1);
        }
        to.sendBurst(
                (int) (upTo - stream.next()), (_, target) -> stream.writeNext(ring.require(stream.next()), target));
    }

    void reportWhenDue() {
        PeerLink to = link;
        if (to != null) {
            feedback.reportWhenDue(to);
        }
    }

    @Override
    public void rtcp(byte[] compound) {
        PeerLink to = link;
        if (to != null) {
            feedback.received(compound, to);
        }
    }

    void end(String reason) {
        PeerLink to = link;
        if (to != null) {
            to.close(reason);
        }
    }

    @Override
    public void closed(String reason) {
        link = null;
        ShardSender shard = sender;
        if (shard != null) {
            shard.remove(this);
        }
        room.left();
    }

    @Override
    public MediaCounters counters() {
        return feedback.counters();
    }
}
