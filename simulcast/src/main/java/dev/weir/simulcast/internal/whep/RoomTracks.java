package dev.weir.simulcast.internal.whep;

import dev.weir.simulcast.AudioCodec;
import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.VideoHeader;
import dev.weir.simulcast.internal.rtp.H264Packetizer;
import dev.weir.simulcast.internal.rtp.OpusPackets;
import dev.weir.simulcast.internal.rtp.RtpPayload;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Turns a live's frames into packets, once for all its viewers. One thread adds; any thread reads the rings. */
final class RoomTracks {

    /** Some 20 s of 3 Mbit/s: a joiner's group of pictures, and what viewers ask for again. At most 10 MB a live. */
    private static final int VIDEO_PACKETS = 8192;

    private static final int AUDIO_PACKETS = 256;
    private static final int VIDEO_TICKS_A_MILLI = 90;
    private static final int AUDIO_TICKS_A_MILLI = 48;

    /** Times come in whole milliseconds; within this distance sound goes on where it was. */
    private static final int AUDIO_SLACK_TICKS = 480;

    private final PacketRing video = new PacketRing(VIDEO_PACKETS);
    private final PacketRing audio = new PacketRing(AUDIO_PACKETS);
    private final H264Packetizer packetizer = new H264Packetizer();
    private final int videoBase = ThreadLocalRandom.current().nextInt();
    private final int audioBase = ThreadLocalRandom.current().nextInt();
    private long pictures;
    private long sounds;
    private long nextSoundTicks;
    private boolean started;

    PacketRing video() {
        return video;
    }

    PacketRing audio() {
        return audio;
    }

    /** The RTP time of a media time on the video clock. */
    int videoTimestamp(double mediaMillis) {
        return videoBase + (int) Math.round(mediaMillis * VIDEO_TICKS_A_MILLI);
    }

    /** The RTP time of a media time on the audio clock. */
    int audioTimestamp(double mediaMillis) {
        return audioBase + (int) Math.round(mediaMillis * AUDIO_TICKS_A_MILLI);
    }

    /** Adds a frame; false when it is none that these viewers can use. */
    boolean add(MediaUnit unit) {
        return switch (unit.track()) {
            case VIDEO -> picture(unit, unit.headers().video());
            case AUDIO -> sound(unit, unit.headers().audio());
        };
    }

    private boolean picture(MediaUnit unit, @Nullable VideoHeader header) {
        if (header == null || (!started && !unit.key())) {
            return false;
        }
        List<RtpPayload> payloads = packetizer.packetize(unit.payload(), unit.key(), header);
        if (payloads.isEmpty()) {
            return false;
        }
        started = true;
        int timestamp = videoTimestamp((double) unit.ptsMillis());
        long start = video.head();
        long index = start;
        for (RtpPayload payload : payloads) {
            boolean startsGop = unit.key() && index == start;
            video.add(new RoomPacket(
                    index++, pictures, payload.bytes(), payload.marker(), startsGop, unit.key(), timestamp));
        }
        pictures++;
        if (unit.key()) {
            video.publishGop(start, index);
        } else {
            video.publish(index);
        }
        return true;
    }

    private boolean sound(MediaUnit unit, @Nullable AudioHeader header) {
        if (header == null || header.codec() != AudioCodec.OPUS || unit.size() > H264Packetizer.MAX_PAYLOAD) {
            return false;
        }
        long ticks = unit.ptsMillis() * AUDIO_TICKS_A_MILLI;
        if (Math.abs(ticks - nextSoundTicks) < AUDIO_SLACK_TICKS) {
            ticks = nextSoundTicks;
        }
        nextSoundTicks = ticks + OpusPackets.ticks(unit.payload());
        long index = audio.head();
        audio.add(new RoomPacket(index, sounds++, unit.payload(), index == 0, false, false, audioBase + (int) ticks));
        audio.publish(index + 1);
        return true;
    }
}
