package dev.weir.simulcast.internal.rtc;

import dev.weir.simulcast.WebRtcConfig;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All sessions, found by id, by ICE name and by address; and the limits on their number. Thread-safe. */
final class SessionTable {

    private final WebRtcConfig config;
    private final Map<String, PeerSession> byId = new ConcurrentHashMap<>();
    private final Map<String, PeerSession> byUfrag = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, PeerSession> byAddress = new ConcurrentHashMap<>();
    private final Map<String, Integer> perClient = new HashMap<>();
    private final TakenOver takenOver = new TakenOver(System::nanoTime);
    private int reserved;

    SessionTable(WebRtcConfig config) {
        this.config = config;
    }

    /** Takes a place; null when there was one, else the limit that was met. */
    synchronized @Nullable String reserve(String client) {
        if (reserved >= config.maxSessions()) {
            return "sessions: %d (expected: at most %d)".formatted(reserved, config.maxSessions());
        }
        int theirs = perClient.getOrDefault(client, 0);
        if (theirs >= config.maxSessionsPerAddress()) {
            return "sessions of this address: %d (expected: at most %d)"
                    .formatted(theirs, config.maxSessionsPerAddress());
        }
        reserved++;
        perClient.put(client, theirs + 1);
        return null;
    }

    /** Gives a place back. */
    synchronized void release(String client) {
        reserved--;
        perClient.computeIfPresent(client, (_, count) -> count > 1 ? count - 1 : null);
    }

    void add(PeerSession session) {
        byId.put(session.id(), session);
        byUfrag.put(session.local().ufrag(), session);
    }

    /** The session answers to one more ICE name, after a restart. */
    void addUfrag(String ufrag, PeerSession session) {
        byUfrag.put(ufrag, session);
    }

    void removeUfrag(String ufrag) {
        byUfrag.remove(ufrag);
    }

    /** Packets from there are this session's: its peer has signed a check from there. */
    void bind(InetSocketAddress address, PeerSession session) {
        byAddress.put(address, session);
    }

    void unbind(InetSocketAddress address, PeerSession session) {
        byAddress.remove(address, session);
    }

    /** Forgets the session; true for the first time only. */
    boolean remove(PeerSession session) {
        if (!byId.remove(session.id(), session)) {
            return false;
        }
        byUfrag.values().removeIf(session::equals);
        byAddress.values().removeIf(session::equals);
        release(session.client());
        return true;
    }

    Optional<PeerSession> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<PeerSession> byUfrag(String ufrag) {
        return Optional.ofNullable(byUfrag.get(ufrag));
    }

    @Nullable
    PeerSession byAddress(InetSocketAddress address) {
        return byAddress.get(address);
    }

    TakenOver takenOver() {
        return takenOver;
    }

    Collection<PeerSession> all() {
        return byId.values();
    }
}
