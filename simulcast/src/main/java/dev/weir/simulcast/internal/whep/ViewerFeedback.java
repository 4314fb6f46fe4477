package dev.weir.simulcast.internal.whep;

import dev.weir.simulcast.internal.rtc.MediaCounters;
import dev.weir.simulcast.internal.rtc.PeerLink;
import dev.weir.simulcast.internal.rtp.Rtcp;
import dev.weir.simulcast.internal.rtp.RtcpReader;
import dev.weir.simulcast.internal.rtp.RtcpWriter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one viewer tells us, and we it: reports both ways, packets asked for again, key frames. Every kind of request
 * is bounded. On the viewer's event loop only, but for {@link #counters}.
 */
final class ViewerFeedback {

    private static final long REPORT_NANOS = 1_000_000_000L;
    private static final String CNAME = "weir";
    private static final double NTP_UNITS_A_MILLI = 65.536;
    private static final double MAX_RTT_MILLIS = 60_000;

    private final WhepRoom room;
    private final @Nullable OutStream video;
    private final @Nullable OutStream audio;
    private final long answeredNanos = System.nanoTime();
    private final Bucket compounds = new Bucket(200, 100);
    private final Bucket repetitions = new Bucket(1000, 600);
    private final Bucket keyFrames = new Bucket(5, 0.5);
    private volatile MediaCounters counters = MediaCounters.NONE;
    private long nacks;
    private long retransmitted;
    private long plis;
    private double lossFraction;
    private double rttMillis;
    private long joinMillis;
    private long nextReportNanos = Long.MIN_VALUE;

    ViewerFeedback(WhepRoom room, @Nullable OutStream video, @Nullable OutStream audio) {
        this.room = room;
        this.video = video;
        this.audio = audio;
    }

    MediaCounters counters() {
        return counters;
    }

    private void publish() {
        counters = new MediaCounters(nacks, retransmitted, plis, lossFraction, rttMillis, joinMillis);
    }

    /** A packet goes out: the join is done with the end of the first key frame. */
    void sent(RoomPacket packet) {
        if (joinMillis == 0 && packet.key() && packet.marker()) {
            joinMillis = Math.max(1, (System.nanoTime() - answeredNanos) / 1_000_000);
            publish();
        }
    }

    void reportWhenDue(PeerLink to) {
        if (System.nanoTime() - nextReportNanos >= 0) {
            report(to);
        }
    }

    /** Tells which wall-clock time our timestamps belong to; both streams by the same clock. */
    void report(PeerLink to) {
        if (!room.clock().known()) {
            return;
        }
        nextReportNanos = System.nanoTime() + REPORT_NANOS;
        Instant now = room.clock().now();
        double media = room.clock().mediaMillis(now);
        if (video != null) {
            to.sendRtcp(report(video, now, room.tracks().videoTimestamp(media)));
        }
        if (audio != null) {
            to.sendRtcp(report(audio, now, room.tracks().audioTimestamp(media)));
        }
    }

    private static byte[] report(OutStream stream, Instant now, int timestamp) {
        return new RtcpWriter()
                .senderReport(new Rtcp.SenderReport(
                        stream.ssrc(), RtcpWriter.ntp(now), timestamp, stream.packets(), stream.octets(), List.of()))
                .cname(stream.ssrc(), CNAME)
                .bytes();
    }

    void received(byte[] compound, PeerLink from) {
        if (!compounds.take()) {
            return;
        }
        for (Rtcp packet : RtcpReader.parse(compound)) {
            switch (packet) {
                case Rtcp.Nack nack -> repeat(nack, from);
                case Rtcp.Pli _, Rtcp.Fir _ -> keyFrame(from);
                case Rtcp.ReceiverReport report -> blocks(report.blocks());
                case Rtcp.SenderReport report -> blocks(report.blocks());
                case Rtcp.Bye _, Rtcp.Remb _ -> {
                    // A goodbye comes over DTLS as well; there is one bitrate for everyone.
                }
            }
        }
        publish();
    }

    private void keyFrame(PeerLink from) {
        plis++;
        if (keyFrames.take()) {
            room.requestKeyFrame(from.loop());
        }
    }

    /** On TCP nothing is lost on the way. */
    private void repeat(Rtcp.Nack nack, PeerLink to) {
        OutStream stream = video;
        nacks += nack.sequences().size();
        if (stream == null || nack.media() != stream.ssrc() || to.transport().equals("TCP")) {
            return;
        }
        for (int sequence : nack.sequences()) {
            long index = stream.indexOf(sequence);
            RoomPacket packet = index < 0 ? null : room.tracks().video().get(index);
            if (packet != null && repetitions.take()) {
                to.sendBurst(1, (_, target) -> stream.write(packet, target));
                retransmitted++;
            }
        }
    }

    private void blocks(List<Rtcp.Block> blocks) {
        for (Rtcp.Block block : blocks) {
            OutStream of = video != null ? video : audio;
            if (of != null && block.ssrc() == of.ssrc()) {
                lossFraction = block.fractionLost() / 256.0;
                roundTrip(block);
            }
        }
    }

    /** RFC 3550 §6.4.1: now, minus when our report went out, minus how long the viewer kept it. */
    private void roundTrip(Rtcp.Block block) {
        if (block.lastSenderReport() == 0) {
            return;
        }
        long now = RtcpWriter.ntp(room.clock().now()) >>> 16 & 0xFFFFFFFFL;
        int units = (int) (now - block.lastSenderReport() - block.delaySinceLast());
        double millis = units / NTP_UNITS_A_MILLI;
        if (millis >= 0 && millis < MAX_RTT_MILLIS) {
            rttMillis = millis;
        }
    }
}
