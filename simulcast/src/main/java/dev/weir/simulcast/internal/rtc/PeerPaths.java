package dev.weir.simulcast.internal.rtc;

import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * By which addresses does a peer reach us, and which of them does it want to be answered at? Changed on the session's
 * event loop only.
 */
final class PeerPaths {

    /** A peer has a few addresses; one that shows more than this keeps its newest. */
    private static final int MAX_PATHS = 8;

    private final PeerSession session;
    private final SessionTable table;
    private final Map<InetSocketAddress, Path> paths = new LinkedHashMap<>();
    private volatile @Nullable Path current;

    PeerPaths(PeerSession session, SessionTable table) {
        this.session = session;
        this.table = table;
    }

    @Nullable
    Path current() {
        return current;
    }

    /** A check has come from there; {@code nominated} when the peer chose it. */
    void checked(Path from, boolean nominated) {
        remember(from);
        if (current == null || nominated) {
            current = from;
        }
    }

    private void remember(Path from) {
        if (paths.putIfAbsent(from.remote(), from) == null) {
            table.bind(from.remote(), session);
            if (paths.size() > MAX_PATHS) {
                InetSocketAddress oldest = paths.keySet().iterator().next();
                paths.remove(oldest);
                table.unbind(oldest, session);
            }
        }
    }

    /** That connection is gone; another is used if there is one. */
    void lost(Path gone) {
        paths.remove(gone.remote(), gone);
        table.unbind(gone.remote(), session);
        if (gone.equals(current)) {
            current = paths.isEmpty() ? null : paths.values().iterator().next();
        }
    }

    void send(byte[] datagram) {
        Path to = current;
        if (to != null) {
            to.send(Unpooled.wrappedBuffer(datagram));
        }
    }
}
