package dev.weir.bench.whep;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.UnaryOperator;

/** How does a viewer agree with a server on a session? Thread-safe: many viewers join at once. */
public interface Signalling {

    /** Ends the session at the server. */
    @FunctionalInterface
    interface Leave {
        void leave() throws IOException, InterruptedException;
    }

    /** A session that was agreed on. */
    record Joined(RemoteSdp remote, Leave leave) {}

    /**
     * Joins; blocks until both descriptions are exchanged.
     *
     * @param connect connects the viewer's socket to the server and tells the address it then has
     */
    Joined join(LocalSdp local, UnaryOperator<InetSocketAddress> connect) throws IOException, InterruptedException;
}
