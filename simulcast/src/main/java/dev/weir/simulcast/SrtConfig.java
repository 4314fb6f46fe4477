package dev.weir.simulcast;

import java.time.Duration;

/**
 * Where does one live wait for an SRT caller, and what must the caller know?
 *
 * @param host address to bind, for example {@code 0.0.0.0}
 * @param port 0..65535 of UDP, this live's own; 0 takes a free one
 * @param passphrase 10..79 characters; a caller without it is turned away by the protocol; a secret
 * @param key the stream key that a caller with the passphrase stands for; a secret
 * @param streamId the live's name in a caller's streamid, 1..512 characters; it travels in the clear, so it is no secret
 * @param streamIdRequired whether a caller without any streamid is refused; one with another live's always is
 * @param latency how long lost packets may be asked for again, 20 ms..8 s; at least four round trips
 */
public record SrtConfig(
        String host,
        int port,
        String passphrase,
        String key,
        String streamId,
        boolean streamIdRequired,
        Duration latency) {

    private static final int SHORTEST = 10;
    private static final int LONGEST = 79;
    private static final int LONGEST_ID = 512;

    /** Checks the ranges. */
    public SrtConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: %d (expected: 0..65535)".formatted(port));
        }
        if (passphrase.length() < SHORTEST || passphrase.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "passphrase: %d characters (expected: %d..%d)".formatted(passphrase.length(), SHORTEST, LONGEST));
        }
        if (streamId.isEmpty() || streamId.length() > LONGEST_ID) {
            throw new IllegalArgumentException(
                    "streamId: %d characters (expected: 1..%d)".formatted(streamId.length(), LONGEST_ID));
        }
        if (latency.toMillis() < 20 || latency.toMillis() > 8000) {
            throw new IllegalArgumentException("latency: %s (expected: 20 ms..8 s)".formatted(latency));
        }
    }

    /** With the protocol's usual latency of 120 ms; a streamid is required. */
    public static SrtConfig on(String host, int port, String passphrase, String key, String streamId) {
        return new SrtConfig(host, port, passphrase, key, streamId, true, Duration.ofMillis(120));
    }

    /** The same, for encoders that cannot send a streamid. */
    public SrtConfig withStreamIdRequired(boolean required) {
        return new SrtConfig(host, port, passphrase, key, streamId, required, latency);
    }

    /** Leaves the secrets out. */
    @Override
    public String toString() {
        return "SrtConfig[host=%s, port=%d, key=%s, streamId=%s, latency=%s]"
                .formatted(host, port, Redaction.keyHash(key), streamId, latency);
    }
}
