package dev.weir.bench.whep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What does a viewer do with a media packet or a report? Opens, orders, counts, and answers. Used under its viewer's lock. */
final class MediaDesk {

    private static final Reports.SenderReport NONE = new Reports.SenderReport(0, 0);
    private static final int SENDER_REPORT = 200;
    private static final Reception.Ordered UNWATCHED = (timestamp, marker, keyStart, hole, nanos) -> {};

    private final SrtpSession srtp;
    private final boolean decrypt;
    private final int videoType;
    private final int audioType;
    private final int own;
    private final PictureWatch pictures = new PictureWatch();
    private final Map<Integer, Reports.SenderReport> senders = new HashMap<>();
    private @Nullable Reception video;
    private @Nullable Reception audio;
    private long packets;
    private long bytes;
    private long forged;
    private long lastAt;
    private long longestGap;
    private long firstAt;

    MediaDesk(SrtpSession srtp, boolean decrypt, RemoteSdp remote, int own) {
        this.srtp = srtp;
        this.decrypt = decrypt;
        this.videoType = remote.payloadType("video");
        this.audioType = remote.payloadType("audio");
        this.own = own;
    }

    void media(Packet packet, long now) {
        int wire = packet.getLength();
        if (wire < 12 || (decrypt && !srtp.openMedia(packet))) {
            forged++;
            return;
        }
        Reception track = track(packet.at(1) & 0x7F, packet.int32(8));
        if (track == null) {
            forged++;
            return;
        }
        packets++;
        bytes += wire;
        longestGap = lastAt == 0 ? 0 : Math.max(longestGap, now - lastAt);
        lastAt = now;
        firstAt = firstAt == 0 ? now : firstAt;
        boolean key = decrypt && track.equals(video) && startsKey(packet);
        track.packet(packet.int16(2), packet.int32(4), (packet.at(1) & 0x80) != 0, key, now);
    }

    private @Nullable Reception track(int type, int ssrc) {
        if (type == videoType) {
            video = video == null || video.ssrc != ssrc ? new Reception(ssrc, 90_000, pictures) : video;
            return video;
        }
        if (type == audioType) {
            audio = audio == null || audio.ssrc != ssrc ? new Reception(ssrc, 48_000, UNWATCHED) : audio;
            return audio;
        }
        return null;
    }

    /** True for an IDR slice, whole or the first fragment of one (RFC 6184 §5.4). */
    private static boolean startsKey(Packet packet) {
        int at = 12 + 4 * (packet.at(0) & 15);
        if ((packet.at(0) & 0x10) != 0) {
            at += 4 + 4 * packet.int16(at + 2);
        }
        int type = packet.at(at) & 31;
        return type == 5 || (type == 28 && (packet.at(at + 1) & 0x9F) == 0x85);
    }

    void control(Packet packet, long now) {
        if (packet.getLength() < 8 || !srtp.openControl(packet)) {
            forged++;
            return;
        }
        if (packet.at(1) == SENDER_REPORT && packet.getLength() >= 20) {
            senders.put(packet.int32(4), new Reports.SenderReport(packet.int16(10) << 16 | packet.int16(12), now));
        }
    }

    /** The report of this second, protected; false when there is nothing to report on. */
    boolean report(Packet out, long now) {
        List<Reports.Block> blocks = new ArrayList<>();
        for (Reception track : tracks()) {
            blocks.add(new Reports.Block(track, senders.getOrDefault(track.ssrc, NONE)));
        }
        if (blocks.isEmpty()) {
            return false;
        }
        Reports.receiver(out, own, blocks, now);
        srtp.sealControl(out);
        return true;
    }

    /** Asks for what is missing now; true when {@code out} is to be sent. */
    boolean ask(boolean ofVideo, Packet out, long now) {
        Reception track = ofVideo ? video : audio;
        List<Integer> due = track == null ? List.of() : track.due(now);
        if (track == null || due.isEmpty()) {
            return false;
        }
        Reports.negative(out, own, track.ssrc, due);
        srtp.sealControl(out);
        return true;
    }

    private List<Reception> tracks() {
        List<Reception> tracks = new ArrayList<>();
        if (video != null) {
            tracks.add(video);
        }
        if (audio != null) {
            tracks.add(audio);
        }
        return tracks;
    }

    void beginWindow() {
        longestGap = 0;
    }

    ViewerFigures figures(boolean playing, String failure, long answered) {
        return new ViewerFigures(
                playing,
                failure,
                packets,
                bytes,
                tracks().stream().mapToLong(t -> t.lost).sum(),
                tracks().stream().mapToLong(t -> t.late).sum(),
                tracks().stream().mapToLong(t -> t.recovered).sum(),
                forged,
                tracks().stream().mapToLong(t -> t.duplicate).sum(),
                pictures.pictures,
                pictures.brokenPictures,
                pictures.freezes,
                longestGap,
                firstAt == 0 ? -1 : firstAt - answered,
                pictures.firstKeyAt == 0 ? -1 : pictures.firstKeyAt - answered,
                pictures.gaps());
    }
}
