package dev.weir.simulcast.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A way to a server that can be broken in every way a network and a platform break, and mended again. Thread-safe. */
public final class FaultyProxy implements AutoCloseable {

    /** What happens to what a client sends. */
    public enum Mode {
        /** It reaches the server. */
        FORWARD,
        /** It is accepted by the kernel and read by nobody. */
        SILENT,
        /** It is read at 100 kbit/s. */
        THROTTLED
    }

    private static final int BUFFER = 32 * 1024;
    private static final int SLOW_CHUNK = 1250;
    private static final long BIND_NANOS = 2_000_000_000L;
    private static final long SLOW_NANOS = 100_000_000L;

    private final int serverPort;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Mode mode = Mode.FORWARD;
    private volatile ServerSocket listener;

    /** A way to that port of the loopback. */
    public FaultyProxy(int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
    }

    /** The port that clients connect to. */
    public int port() {
        return port;
    }

    private ServerSocket listen(int at) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.setReceiveBufferSize(BUFFER);
        bind(socket, at);
        Thread.ofPlatform().daemon().name("proxy-accept").start(() -> accept(socket));
        return socket;
    }

    /** The listener before may still be in the kernel's hands for a moment. */
    private static void bind(ServerSocket socket, int at) throws IOException {
        long until = System.nanoTime() + BIND_NANOS;
        while (true) {
            try {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 50);
                return;
            } catch (BindException e) {
                if (System.nanoTime() > until) {
                    throw e;
                }
                LockSupport.parkNanos(10_000_000L);
            }
        }
    }

    private void accept(ServerSocket from) {
        try {
            while (true) {
                Socket client = from.accept();
                sockets.add(client);
                if (from.isClosed()) {
                    reset(client);
                    return;
                }
                Thread.ofPlatform().daemon().name("proxy").start(() -> serve(client));
            }
        } catch (IOException e) {
            return;
        }
    }

    private void serve(Socket client) {
        try (client) {
            awaitForwarding(client);
            try (var server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
                sockets.add(server);
                Thread back = Thread.ofPlatform().daemon().name("proxy-back").start(() -> copy(server, client, false));
                copy(client, server, true);
                server.shutdownOutput();
                back.join();
                sockets.remove(server);
            }
        } catch (IOException e) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(client);
        }
    }

    private void awaitForwarding(Socket client) throws IOException {
        while (mode == Mode.SILENT) {
            LockSupport.parkNanos(10_000_000L);
            if (client.isClosed()) {
                throw new IOException("cut");
            }
        }
    }

    private void copy(Socket from, Socket to, boolean upstream) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            while (true) {
                boolean slow = upstream && mode == Mode.THROTTLED;
                int count = in.read(buffer, 0, slow ? SLOW_CHUNK : BUFFER);
                if (count < 0) {
                    return;
                }
                out.write(buffer, 0, count);
                if (slow) {
                    LockSupport.parkNanos(SLOW_NANOS);
                }
                awaitForwarding(from);
            }
        } catch (IOException e) {
            return;
        }
    }

    /** From now on. Connections that wait go on when they may. */
    public void mode(Mode next) {
        mode = next;
    }

    /** Ends all connections with a reset. */
    public void reset() throws IOException {
        for (Socket socket : sockets) {
            reset(socket);
        }
        sockets.clear();
    }

    private static void reset(Socket socket) throws IOException {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            // The thread that serves it has just closed it itself.
            return;
        }
        socket.close();
    }

    /** Ends all connections in good order. */
    public void finish() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    /** Nobody listens any more, and all connections are reset. */
    public void vanish() throws IOException {
        listener.close();
        reset();
    }

    /** Somebody listens again. */
    public void reappear() throws IOException {
        listener = listen(port);
    }

    @Override
    public void close() throws IOException {
        mode = Mode.FORWARD;
        vanish();
    }
}
