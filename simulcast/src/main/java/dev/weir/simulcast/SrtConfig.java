package dev.weir.simulcast;

import java.time.Duration;

/**
 * Where does one live wait for an SRT caller, and what must the caller know?
 *
 * @param host address to bind, for example {@code 0.0.0.0}
 * @param port 0..65535 of UDP, this live's own; 0 takes a free one
 * @param passphrase 10..79 characters; a caller without it is turned away by the protocol; a secret
 * @param key the stream key that a caller with the passphrase stands for; a secret
 * @param latency how long lost packets may be asked for again, 20 ms..8 s; at least four round trips
 */
public record SrtConfig(String host, int port, String passphrase, String key, Duration latency) {

    private static final int SHORTEST = 10;
    private static final int LONGEST = 79;

    /** Checks the ranges. */
    public SrtConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: %d (expected: 0..65535)".formatted(port));
        }
        if (passphrase.length() < SHORTEST || passphrase.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "passphrase: %d characters (expected: %d..%d)".formatted(passphrase.length(), SHORTEST, LONGEST));
        }
        if (latency.toMillis() < 20 || latency.toMillis() > 8000) {
            throw new IllegalArgumentException("latency: %s (expected: 20 ms..8 s)".formatted(latency));
        }
    }

    /** With the protocol's usual latency of 120 ms. */
    public static SrtConfig on(String host, int port, String passphrase, String key) {
        return new SrtConfig(host, port, passphrase, key, Duration.ofMillis(120));
    }

    /** Leaves the secrets out. */
    @Override
    public String toString() {
        return "SrtConfig[host=%s, port=%d, key=%s, latency=%s]".formatted(host, port, Redaction.keyHash(key), latency);
    }
}
