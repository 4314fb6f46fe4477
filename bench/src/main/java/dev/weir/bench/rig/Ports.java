package dev.weir.bench.rig;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Which ports can a child be told to use? */
public final class Ports {

    private Ports() {}

    /** One that was free a moment ago. */
    public static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
