package dev.weir.simulcast.internal.rendition;

import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.PacketFanout;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.VideoHeader;
import dev.weir.simulcast.internal.transcode.CodedFrame;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a form: puts the headers of both tracks together, and keeps each track's time growing when it goes over
 * from copied to coded frames and back. A frame whose headers do not change is handed on as the same object. Each track
 * by one thread at a time.
 */
final class Outlet {

    private final PacketFanout fanout;
    private final long[] last = {Long.MIN_VALUE, Long.MIN_VALUE};
    private StreamHeaders source = StreamHeaders.NONE;
    private StreamHeaders headers = StreamHeaders.NONE;

    Outlet(PacketFanout fanout) {
        this.fanout = fanout;
    }

    /** The host's stream has these headers from now on, and this form of it those of its tracks. */
    synchronized void headers(StreamHeaders host, @Nullable VideoHeader video, @Nullable AudioHeader audio) {
        var wanted = new StreamHeaders(headers.version(), video, audio);
        if (host.version() == source.version() && wanted.sameCodecs(headers)) {
            return;
        }
        source = host;
        int version = Math.max(headers.version() + 1, host.version());
        headers = version == host.version() && wanted.sameCodecs(host) ? host : wanted.withVersion(version);
    }

    /** Hands a frame on. */
    synchronized void copy(MediaUnit unit) {
        long dts = after(unit.track(), unit.dtsMillis());
        boolean same = dts == unit.dtsMillis() && headers.equals(unit.headers());
        fanout.publish(same ? unit : unit.at(dts, Math.max(dts, unit.ptsMillis()), headers));
    }

    /** Publishes a frame that was made here. */
    synchronized void coded(Track track, CodedFrame frame) {
        long time = after(track, frame.ptsMillis());
        fanout.publish(new MediaUnit(track, time, time, frame.key(), frame.payload(), headers));
    }

    private long after(Track track, long wanted) {
        int index = track == Track.VIDEO ? 0 : 1;
        last[index] = last[index] == Long.MIN_VALUE ? wanted : Math.max(wanted, last[index] + 1);
        return last[index];
    }
}
