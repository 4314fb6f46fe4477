package dev.weir.simulcast;

import dev.weir.simulcast.internal.rtc.RtcEngine;
import dev.weir.simulcast.internal.whep.WhepRooms;
import dev.weir.simulcast.internal.whip.WhipEndpoint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How do browsers watch and publish with less than a second of delay? One port number, over UDP and, where UDP is
 * blocked, over TCP, takes viewers (WHEP) and hosts (WHIP, RFC 9725).
 *
 * <p>HTTP is the caller's: it hands offers in and gives answers back. Packets are made once for each live; a viewer
 * costs encryption and sending. Everything a peer may ask for is bounded, so that one never disturbs another.
 * Thread-safe.
 */
public final class WebRtcServer implements AutoCloseable {

    private final RtcEngine engine;
    private final WhepRooms rooms;
    private final WhipEndpoint publishers;

    private WebRtcServer(RtcEngine engine) {
        this.engine = engine;
        this.rooms = new WhepRooms(engine);
        this.publishers = new WhipEndpoint(engine);
    }

    /**
     * Binds, and warms cryptography up in the background.
     *
     * @param clock wall clock of sender reports
     * @throws IllegalStateException when the address cannot be bound
     */
    public static WebRtcServer start(WebRtcConfig config, InstantSource clock) {
        return new WebRtcServer(RtcEngine.start(config, clock));
    }

    /** The port in use, of UDP and TCP alike, also when 0 was asked for. */
    public int port() {
        return engine.port();
    }

    /** Whether a browser that sends now is heard, over UDP and TCP. */
    public boolean isListening() {
        return engine.isListening();
    }

    /** Waits until a session costs no first-time work any more; false when that took longer. */
    public boolean warm(Duration atMost) throws InterruptedException {
        return engine.awaitWarm(atMost);
    }

    /**
     * Answers a viewer's offer.
     *
     * @param remoteAddress of the HTTP client, without port; sessions are limited by it
     */
    public WhepReply whep(LiveStream live, String offerSdp, String remoteAddress) {
        return rooms.answer(live, offerSdp, remoteAddress);
    }

    /**
     * Answers a host's offer. Waits for the hook, at most 10 s.
     *
     * @param request with the Bearer key
     * @param auth decides about the key; a publisher of the same key is taken over from
     */
    public WhipReply whip(PublishRequest request, PublishAuth auth, String offerSdp) {
        return publishers.publish(request, auth, offerSdp);
    }

    /**
     * Candidates of a peer's, or a restart of its session's ICE (RFC 9725 §4.3).
     *
     * @param ifMatch the request's If-Match; null when it has none
     * @param sdpFragment body of type {@code application/trickle-ice-sdpfrag}
     */
    public PatchReply patch(String sessionId, @Nullable String ifMatch, String sdpFragment) {
        return engine.patch(sessionId, ifMatch, sdpFragment);
    }

    /** Ends a session, or says why it is not there to be ended. */
    public DeleteReply delete(String sessionId) {
        if (engine.wasTakenOver(sessionId)) {
            return DeleteReply.TAKEN_OVER;
        }
        return engine.stop(sessionId) ? DeleteReply.ENDED : DeleteReply.UNKNOWN;
    }

    /** Ends the viewers of a live. */
    public void closeLive(String showId) {
        rooms.closeLive(showId);
    }

    /** How each session is doing now. */
    public List<RtcSessionStats> sessions() {
        return engine.sessions();
    }

    /** Ends all sessions and gives the port back; waits at most about 3 s. */
    @Override
    public void close() {
        rooms.close();
        engine.close();
    }
}
