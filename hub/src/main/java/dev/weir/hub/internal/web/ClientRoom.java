package dev.weir.hub.internal.web;

import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/**
 * For how many clients at once does this hub have memory? A quarter of the heap is theirs, at 64 KiB each, and never more than
 * {@code server.tomcat.max-connections}: 4,096 with 1 GiB. Whoever comes beyond waits in the system's queue until another leaves; without
 * the bound a drop's buyers, each with a connection of its own, filled the heap and the hub answered nobody. Of them three in four may
 * follow a show's events, so that a tap still finds a connection. Thread-safe.
 */
@Component
final class ClientRoom implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {
    /** A request under way holds some 45 KiB in Tomcat's buffers, and what is made of it comes on top. */
    private static final int BYTES_EACH = 64 << 10;

    private static final int LEAST = 256;

    private final int most;
    private final Semaphore followers;

    @Autowired
    ClientRoom(ServerProperties server) {
        this(Runtime.getRuntime().maxMemory(), server.getTomcat().getMaxConnections());
    }

    ClientRoom(long heapBytes, int ceiling) {
        most = (int) Math.min(ceiling, Math.max(LEAST, heapBytes / 4 / BYTES_EACH));
        followers = new Semaphore(most - most / 4);
    }

    /** There are as many followers of events as there may be; the client should come again. */
    static final class Full extends RuntimeException {
        private Full(int most) {
            super("events: " + most + " clients follow them at this hub (expected: fewer)");
        }
    }

    /** Connections at once. */
    int most() {
        return most;
    }

    /** Takes a follower's place until {@link #leave}; throws {@link Full} when there is none. */
    void follow() {
        if (!followers.tryAcquire()) {
            throw new Full(most - most / 4);
        }
    }

    /** Gives a place back, once for each {@link #follow}. */
    void leave() {
        followers.release();
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addConnectorCustomizers(connector -> connector.setProperty("maxConnections", String.valueOf(most)));
    }

    /** After the framework's own, which sets the ceiling. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
