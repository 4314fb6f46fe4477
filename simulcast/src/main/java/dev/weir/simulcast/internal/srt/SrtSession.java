package dev.weir.simulcast.internal.srt;

import dev.weir.simulcast.HostControl;
import dev.weir.simulcast.Protocol;
import dev.weir.simulcast.PublishAuth;
import dev.weir.simulcast.PublishRequest;
import dev.weir.simulcast.PublishVerdict;
import dev.weir.simulcast.Redaction;
import dev.weir.simulcast.StreamSink;
import dev.weir.simulcast.internal.codec.MalformedMediaException;
import dev.weir.simulcast.internal.ffmpeg.AvInput;
import dev.weir.simulcast.internal.ffmpeg.NativeException;
import dev.weir.simulcast.internal.ffmpeg.NativeGuard;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One caller from its first byte to its end, on the listener's thread. */
final class SrtSession {

    private static final Logger LOG = LoggerFactory.getLogger(SrtSession.class);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final int BUFFER = 8 * 1316;

    private final SrtSeat seat;
    private final String key;
    private final PublishAuth auth;
    private final NativeGuard guard;
    private volatile String endReason = "";

    /** A session whose native calls {@code guard} watches. */
    SrtSession(SrtSeat seat, String key, PublishAuth auth, NativeGuard guard) {
        this.seat = seat;
        this.key = key;
        this.auth = auth;
        this.guard = guard;
    }

    /** Asks whether the caller may publish, and takes its stream until it ends. */
    void serve(AvInput input) {
        switch (ask()) {
            case PublishVerdict.Refused(String reason) ->
                LOG.info("SRT caller with key {} refused: {}", Redaction.keyHash(key), reason);
            case PublishVerdict.Accepted(StreamSink sink) -> {
                LOG.info("publishing by SRT: key {}", Redaction.keyHash(key));
                sink.control(new Caller());
                String reason = "the stream broke off";
                try {
                    reason = take(input, new TsPublication(sink));
                } finally {
                    end(sink, reason);
                }
            }
        }
    }

    private void end(StreamSink sink, String reason) {
        if (endReason.isEmpty() && seat.saidGoodbye()) {
            sink.stopped("the encoder stopped the stream");
        } else {
            sink.closed(endReason.isEmpty() ? reason : endReason);
        }
    }

    private PublishVerdict ask() {
        try {
            return auth.authorize(new PublishRequest(Protocol.SRT, "live", key, seat.caller()));
        } catch (RuntimeException e) {
            LOG.warn("publish hook failed for SRT key {}", Redaction.keyHash(key), e);
            return new PublishVerdict.Refused("the key cannot be checked now (expected: try again)");
        }
    }

    private String take(AvInput input, TsPublication publication) {
        byte[] bytes = new byte[BUFFER];
        try {
            guard.allow(IDLE);
            for (int count = input.read(bytes); count >= 0; count = input.read(bytes)) {
                publication.feed(bytes, count);
                guard.allow(IDLE);
            }
            publication.end();
            return "the encoder closed the connection";
        } catch (MalformedMediaException e) {
            LOG.info("SRT caller with key {} refused: {}", Redaction.keyHash(key), e.getMessage());
            return String.valueOf(e.getMessage());
        } catch (NativeException e) {
            return guard.timedOut() ? "no bytes from the encoder for too long" : String.valueOf(e.getMessage());
        }
    }

    private final class Caller implements HostControl {
        @Override
        public void disconnect(String reason) {
            endReason = reason;
            guard.stop();
        }
    }
}
