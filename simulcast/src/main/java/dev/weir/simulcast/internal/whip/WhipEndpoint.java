package dev.weir.simulcast.internal.whip;

import dev.weir.simulcast.PublishAuth;
import dev.weir.simulcast.PublishRequest;
import dev.weir.simulcast.PublishVerdict;
import dev.weir.simulcast.Redaction;
import dev.weir.simulcast.RtcSessionStats;
import dev.weir.simulcast.StreamSink;
import dev.weir.simulcast.WhipReply;
import dev.weir.simulcast.internal.rtc.OpenResult;
import dev.weir.simulcast.internal.rtc.PeerRequest;
import dev.weir.simulcast.internal.rtc.RtcEngine;
import dev.weir.simulcast.internal.rtc.SdpException;
import dev.weir.simulcast.internal.rtc.SdpOffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets publishers in by their offers, one for each key: a new one takes over from the one before. Thread-safe. */
public final class WhipEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(WhipEndpoint.class);
    private static final Duration AUTH_WITHIN = Duration.ofSeconds(10);
    private static final int RETRY_AFTER_SECONDS = 5;

    private final RtcEngine engine;
    private final Map<String, WhipPublisher> active = new ConcurrentHashMap<>();

    /** An endpoint whose sessions {@code engine} carries. */
    public WhipEndpoint(RtcEngine engine) {
        this.engine = engine;
    }

    /** Answers an offer; waits for the hook, at most 10 s. The offer is judged first, as that costs nothing. */
    public WhipReply publish(PublishRequest request, PublishAuth auth, String offerSdp) {
        SdpOffer offer;
        Agreement agreement;
        try {
            offer = SdpOffer.parse(offerSdp);
            agreement = Agreement.on(offer);
        } catch (SdpException e) {
            return new WhipReply.Refused(e.status(), String.valueOf(e.getMessage()));
        }
        PublishVerdict verdict;
        try {
            verdict = ask(request, auth);
        } catch (RuntimeException e) {
            LOG.warn("publish hook failed for key {}", Redaction.keyHash(request.key()), e);
            return new WhipReply.Full(RETRY_AFTER_SECONDS, "the key cannot be checked now (expected: try again)");
        }
        return switch (verdict) {
            case PublishVerdict.Refused(String reason) -> {
                LOG.info("publish refused: WHIP key {}: {}", Redaction.keyHash(request.key()), reason);
                yield new WhipReply.Refused(401, reason);
            }
            case PublishVerdict.Accepted(StreamSink sink) -> open(request, offer, agreement, sink);
        };
    }

    private static PublishVerdict ask(PublishRequest request, PublishAuth auth) {
        return CompletableFuture.supplyAsync(
                        () -> auth.authorize(request),
                        task -> Thread.ofVirtual().name("whip-auth").start(task))
                .orTimeout(AUTH_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private WhipReply open(PublishRequest request, SdpOffer offer, Agreement agreement, StreamSink sink) {
        String name = Redaction.keyHash(request.key());
        var publisher = new WhipPublisher(name, agreement.tracks(), sink, gone -> active.remove(request.key(), gone));
        sink.control(publisher);
        OpenResult result = engine.open(new PeerRequest(
                RtcSessionStats.Kind.WHIP, name, request.remoteAddress(), offer, agreement.answers(), publisher));
        return switch (result) {
            case OpenResult.Full(int retryAfterSeconds, String reason) -> {
                sink.closed(reason);
                yield new WhipReply.Full(retryAfterSeconds, reason);
            }
            case OpenResult.Opened opened -> {
                publisher.opened(opened.session());
                takeOver(request.key(), publisher);
                yield new WhipReply.Answered(opened.session().id(), opened.etag(), opened.answerSdp());
            }
        };
    }

    private void takeOver(String key, WhipPublisher publisher) {
        WhipPublisher ghost = active.put(key, publisher);
        if (ghost != null) {
            LOG.info("takeover: WHIP key {}", Redaction.keyHash(key));
            ghost.takenOver();
        }
    }
}
