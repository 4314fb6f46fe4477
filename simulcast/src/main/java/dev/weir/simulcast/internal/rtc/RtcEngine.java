package dev.weir.simulcast.internal.rtc;

import dev.weir.simulcast.PatchReply;
import dev.weir.simulcast.RtcSessionStats;
import dev.weir.simulcast.WebRtcConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How do WebRTC peers of any kind get a session? One port for all, sessions spread over a few event loops.
 *
 * <p>An offer that nobody follows up costs an entry in a table until it expires; keys and handshakes begin with the
 * first signed connectivity check. Thread-safe.
 */
public final class RtcEngine implements AutoCloseable {

    private static final int RETRY_AFTER_SECONDS = 5;
    private static final Executor VIRTUAL =
            task -> Thread.ofVirtual().name("rtc-start").start(task);

    private final WebRtcConfig config;
    private final InstantSource clock;
    private final SessionTable table;
    private final RtcSockets sockets;
    private final List<String> candidates;
    private final HandshakeGate handshakes;
    private final AtomicInteger nextShard = new AtomicInteger();
    private final CompletableFuture<RtcIdentity> identity;
    private final CompletableFuture<Void> warm;

    private RtcEngine(WebRtcConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.table = new SessionTable(config);
        this.sockets = RtcSockets.bind(config, table);
        this.candidates = Candidates.of(config, sockets.port(), true);
        this.handshakes = new HandshakeGate(config.maxHandshakes());
        this.identity = CompletableFuture.supplyAsync(() -> RtcIdentity.create(clock.instant()), VIRTUAL);
        this.warm = identity.thenAcceptAsync(WarmUp::run, VIRTUAL);
    }

    /**
     * Binds, begins to answer, and warms up in the background.
     *
     * @throws IllegalStateException when the address cannot be bound
     */
    public static RtcEngine start(WebRtcConfig config, InstantSource clock) {
        var engine = new RtcEngine(config, clock);
        engine.watch();
        return engine;
    }

    private void watch() {
        long consent = config.consent().toNanos();
        long connect = config.connectWithin().toNanos();
        long every = Math.clamp(Math.min(consent, connect) / 4, 20_000_000L, 1_000_000_000L);
        sockets.shards()
                .getFirst()
                .loop()
                .scheduleWithFixedDelay(
                        () -> {
                            long now = System.nanoTime();
                            table.all().forEach(session -> session.expire(now, connect, consent));
                        },
                        every,
                        every,
                        TimeUnit.NANOSECONDS);
    }

    /** The port in use, of UDP and TCP alike. */
    public int port() {
        return sockets.port();
    }

    /** Whether every socket is bound. */
    public boolean isListening() {
        return sockets.areBound();
    }

    /** Number of event loops. */
    public int shards() {
        return sockets.shards().size();
    }

    /** The clock of sender reports. */
    public InstantSource clock() {
        return clock;
    }

    /** Waits until a session costs no first-time work any more; false when that took longer. */
    public boolean awaitWarm(Duration atMost) throws InterruptedException {
        try {
            warm.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("WebRTC start: failed (expected: a certificate)", e.getCause());
        }
    }

    /** Answers an offer, if there is a place. May wait for the certificate, in the first moments of a process. */
    public OpenResult open(PeerRequest request) {
        RtcIdentity ours = identity.join();
        String limit = table.reserve(request.remoteAddress());
        if (limit != null) {
            return new OpenResult.Full(RETRY_AFTER_SECONDS, limit);
        }
        RtcShard shard = sockets.shards()
                .get(Math.floorMod(nextShard.getAndIncrement(), sockets.shards().size()));
        var session = new PeerSession(request, shard, table, handshakes, ours);
        var answer = new SdpAnswer(session.local(), ours.fingerprint(), session.setup(), candidates, "weir");
        String sdp = answer.write(request.offer(), request.answers());
        table.add(session);
        return new OpenResult.Opened(session, session.etag(), sdp);
    }

    /** The session, if it goes on. */
    public Optional<PeerSession> find(String sessionId) {
        return table.byId(sessionId);
    }

    /** Candidates of the peer's, or a restart; see {@link SessionPatch}. */
    public PatchReply patch(String sessionId, @Nullable String ifMatch, String fragment) {
        return table.byId(sessionId)
                .map(session -> new SessionPatch(session, candidates).apply(ifMatch, fragment))
                .orElseGet(() -> wasTakenOver(sessionId)
                        ? new PatchReply.Refused(410, "session: taken over (expected: one that goes on)")
                        : new PatchReply.Refused(404, "session: unknown (expected: one that goes on)"));
    }

    /** True when the session ended by a take-over, within the last ten minutes or so. */
    public boolean wasTakenOver(String sessionId) {
        return table.takenOver().contains(sessionId);
    }

    /** The peer ends its session; false when there is none. */
    public boolean stop(String sessionId) {
        Optional<PeerSession> session = table.byId(sessionId);
        session.ifPresent(found -> found.stop("deleted by the peer"));
        return session.isPresent();
    }

    /** Ends all sessions of one kind that belong to a live. */
    public void closeLive(String showId, RtcSessionStats.Kind kind) {
        table.all().stream()
                .filter(session -> session.kind() == kind && session.showId().equals(showId))
                .forEach(session -> session.close("the live is over"));
    }

    /** How each session is doing. */
    public List<RtcSessionStats> sessions() {
        return table.all().stream().map(PeerSession::stats).toList();
    }

    /** Ends all sessions and gives the port back; waits at most about 3 s. */
    @Override
    public void close() {
        table.all().forEach(session -> session.close("the server stops"));
        sockets.close();
    }
}
