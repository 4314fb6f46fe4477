package dev.weir.bench.rig;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How is another server put behind the hubs' backs? A port that leads to whichever Redis it is told. Thread-safe. */
final class RedisProxy implements AutoCloseable {
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int target;

    private RedisProxy(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    static RedisProxy to(int target) throws IOException {
        var proxy = new RedisProxy(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), target);
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    int port() {
        return server.getLocalPort();
    }

    /** New connections go there; those that were open break. */
    void pointTo(int port) {
        target = port;
        open.forEach(RedisProxy::close);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> join(client));
            } catch (IOException e) {
                if (server.isClosed()) {
                    return;
                }
            }
        }
    }

    private void join(Socket client) {
        open.add(client);
        try (client;
                Socket redis = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(redis);
            client.setTcpNoDelay(true);
            redis.setTcpNoDelay(true);
            Thread back = Thread.ofVirtual().start(() -> pump(redis, client));
            pump(client, redis);
            back.join();
            open.remove(redis);
        } catch (IOException e) {
            // Refused, as it would be without us between.
            close(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One end is gone; the other follows.
            close(from);
        } finally {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("socket: does not close (expected: closed)", e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(RedisProxy::close);
    }
}
