package dev.weir.simulcast.internal.targets;

import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.TargetPolicy;
import dev.weir.simulcast.TargetSpec;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.VideoHeader;
import dev.weir.simulcast.internal.ffmpeg.AvOutput;
import dev.weir.simulcast.internal.ffmpeg.CodecSetups;
import dev.weir.simulcast.internal.ffmpeg.NativeException;
import dev.weir.simulcast.internal.ffmpeg.NativeGuard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One connection to a target, from the first picture on; times start at zero for the receiver. */
final class Push implements AutoCloseable {

    private final AvOutput output;
    private final @Nullable WhipSignalling signalling;
    private final boolean picture;
    private final boolean sound;
    private long base = Long.MIN_VALUE;

    private Push(AvOutput output, @Nullable WhipSignalling signalling, StreamHeaders headers) {
        this.output = output;
        this.signalling = signalling;
        this.picture = headers.video() != null;
        this.sound = headers.audio() != null;
    }

    static Push open(TargetSpec spec, TargetPolicy policy, StreamHeaders headers, NativeGuard guard)
            throws NativeException, WhipRefusedException {
        String scheme = spec.url().replaceFirst(":.*", "").toLowerCase(Locale.ROOT);
        List<AvOutput.StreamSetup> streams = new ArrayList<>();
        VideoHeader video = headers.video();
        AudioHeader audio = headers.audio();
        if (video != null) {
            streams.add(CodecSetups.video(video));
        }
        if (audio != null) {
            streams.add(CodecSetups.audio(audio));
        }
        if (WhipAddress.isOne(spec)) {
            return whip(spec, policy, headers, guard, streams);
        }
        String format = scheme.equals("srt") ? "mpegts" : "flv";
        guard.allow(policy.noProgress());
        return new Push(AvOutput.open(guard, spec.url(), format, options(scheme, policy), streams), null, headers);
    }

    private static Push whip(
            TargetSpec spec,
            TargetPolicy policy,
            StreamHeaders headers,
            NativeGuard guard,
            List<AvOutput.StreamSetup> streams)
            throws NativeException, WhipRefusedException {
        WhipSignalling signalling = WhipSignalling.open(WhipAddress.of(spec), policy);
        guard.allow(policy.noProgress());
        try {
            // As the side that begins the handshake we fit every server; FFmpeg's own default fits few.
            Map<String, String> options = Map.of(
                    "strict", "experimental",
                    "whip_flags", "dtls_active",
                    "handshake_timeout", String.valueOf(policy.noProgress().toMillis() / 2));
            return new Push(AvOutput.open(guard, signalling.url(), "whip", options, streams), signalling, headers);
        } catch (NativeException e) {
            signalling.close();
            WhipRefusedException refusal = signalling.refusal();
            if (refusal != null) {
                throw refusal;
            }
            throw e;
        }
    }

    private static Map<String, String> options(String scheme, TargetPolicy policy) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("rw_timeout", String.valueOf(policy.noProgress().toMillis() * 1000));
        if (!scheme.equals("srt")) {
            options.put("tcp_nodelay", "1");
            options.put("flvflags", "no_duration_filesize");
        }
        if (scheme.equals("rtmps")) {
            options.put("tls_verify", "1");
            options.put("ca_file", CaBundle.find(policy.caFile()).toString());
        }
        return options;
    }

    /** Sends one frame and says how many bytes left. */
    long write(MediaUnit unit) throws NativeException {
        boolean video = unit.track() == Track.VIDEO;
        if (video ? !picture : !sound) {
            return 0;
        }
        if (base == Long.MIN_VALUE) {
            base = unit.dtsMillis();
        }
        long dts = unit.dtsMillis() - base;
        if (dts < 0) {
            return 0;
        }
        return output.write(video || !picture ? 0 : 1, dts, unit.ptsMillis() - base, unit.key(), unit.payload());
    }

    /** Everything after the application may be key. */
    static String secretOf(String url) {
        String path = url.replaceFirst("^[A-Za-z]+://[^/?]*/?", "");
        return path.substring(Math.max(path.indexOf('/'), path.startsWith("?") ? 0 : -1) + 1);
    }

    @Override
    public void close() {
        output.close();
        if (signalling != null) {
            signalling.close();
        }
    }
}
