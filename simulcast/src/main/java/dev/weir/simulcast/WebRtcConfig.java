package dev.weir.simulcast;

import java.time.Duration;
import java.util.List;

/**
 * Where do WebRTC peers find us, and how many do we take?
 *
 * @param bindHost address to bind, for example {@code 127.0.0.1} or {@code 0.0.0.0}
 * @param port of UDP and TCP alike, 0..65535; 0 takes a free one
 * @param publicAddresses IP addresses named in answers, best first; empty for those of this machine, which is right
 *     unless it is behind a NAT
 * @param maxSessions viewers and hosts at the same time, above 0
 * @param maxSessionsPerAddress of them from one HTTP client address, above 0
 * @param maxHandshakes DTLS handshakes at the same time, above 0; the others wait in line
 * @param connectWithin a session without a finished handshake is dropped after this time
 * @param consent a session whose peer sends no connectivity check for so long is dropped (RFC 7675 §5.1: 30 s)
 */
public record WebRtcConfig(
        String bindHost,
        int port,
        List<String> publicAddresses,
        int maxSessions,
        int maxSessionsPerAddress,
        int maxHandshakes,
        Duration connectWithin,
        Duration consent) {

    /** Checks the ranges. */
    public WebRtcConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: %d (expected: 0..65535)".formatted(port));
        }
        positive("maxSessions", maxSessions);
        positive("maxSessionsPerAddress", maxSessionsPerAddress);
        positive("maxHandshakes", maxHandshakes);
        positive("connectWithin", connectWithin);
        positive("consent", consent);
        publicAddresses = List.copyOf(publicAddresses);
        for (String address : publicAddresses) {
            if (!address.matches("[0-9.]{7,15}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
                throw new IllegalArgumentException("publicAddresses: %s (expected: IP addresses)".formatted(address));
            }
        }
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s: %d (expected: 1..)".formatted(name, value));
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("%s: %s (expected: above 0)".formatted(name, value));
        }
    }

    /** The usual limits: 2000 sessions, 64 of one address, 32 handshakes, 15 s to connect, 30 s of silence. */
    public static WebRtcConfig on(String bindHost, int port) {
        return new WebRtcConfig(
                bindHost, port, List.of(), 2000, 64, 32, Duration.ofSeconds(15), Duration.ofSeconds(30));
    }

    /** The same with these addresses named in answers. */
    public WebRtcConfig withPublicAddresses(List<String> addresses) {
        return new WebRtcConfig(
                bindHost, port, addresses, maxSessions, maxSessionsPerAddress, maxHandshakes, connectWithin, consent);
    }

    /** The same with other limits on sessions. */
    public WebRtcConfig withSessions(int max, int perAddress) {
        return new WebRtcConfig(
                bindHost, port, publicAddresses, max, perAddress, maxHandshakes, connectWithin, consent);
    }

    /** The same with other times to connect and to stay silent. */
    public WebRtcConfig withTimes(Duration newConnectWithin, Duration newConsent) {
        return new WebRtcConfig(
                bindHost,
                port,
                publicAddresses,
                maxSessions,
                maxSessionsPerAddress,
                maxHandshakes,
                newConnectWithin,
                newConsent);
    }
}
