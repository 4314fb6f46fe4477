package dev.weir.simulcast.internal.rtc;

import dev.weir.simulcast.WebRtcConfig;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Which addresses do answers name (RFC 8839 §5.1)? */
final class Candidates {

    private static final int MAX_ADDRESSES = 8;
    private static final int HOST_PREFERENCE = 126;

    private Candidates() {}

    /** The candidate lines' values: every address over UDP, then every one over TCP, which we wait for passively. */
    static List<String> of(WebRtcConfig config, int port, boolean tcp) {
        List<String> addresses = addresses(config);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            lines.add("%d 1 udp %d %s %d typ host".formatted(i + 1, priority(65_535 - i), addresses.get(i), port));
        }
        for (int i = 0; tcp && i < addresses.size(); i++) {
            lines.add("%d 1 tcp %d %s %d typ host tcptype passive"
                    .formatted(addresses.size() + i + 1, priority(32_767 - i), addresses.get(i), port));
        }
        return List.copyOf(lines);
    }

    private static long priority(int localPreference) {
        return ((long) HOST_PREFERENCE << 24) | ((long) localPreference << 8) | 255;
    }

    private static List<String> addresses(WebRtcConfig config) {
        if (!config.publicAddresses().isEmpty()) {
            return config.publicAddresses();
        }
        try {
            InetAddress bound = InetAddress.getByName(config.bindHost());
            return bound.isAnyLocalAddress() ? ofThisMachine() : List.of(bound.getHostAddress());
        } catch (UnknownHostException | SocketException e) {
            throw new IllegalStateException(
                    "bindHost: %s (expected: an address of this machine)".formatted(config.bindHost()), e);
        }
    }

    /** Loopback comes last, for the player on the same machine. */
    private static List<String> ofThisMachine() throws SocketException {
        List<String> outside = new ArrayList<>();
        List<String> loopback = new ArrayList<>();
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(network.getInetAddresses())) {
                if (address.getAddress().length == 4 && network.isUp()) {
                    (address.isLoopbackAddress() ? loopback : outside).add(address.getHostAddress());
                }
            }
        }
        outside.addAll(loopback);
        return outside.subList(0, Math.min(outside.size(), MAX_ADDRESSES));
    }
}
