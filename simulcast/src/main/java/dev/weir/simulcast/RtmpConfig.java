package dev.weir.simulcast;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where does the RTMP server listen, and how much does it allow?
 *
 * @param host address to bind, for example {@code 127.0.0.1} or {@code 0.0.0.0}
 * @param port 0..65535; 0 takes a free one
 * @param maxConnections encoders at the same time, above 0
 * @param idle a connection that sends no byte for so long is closed
 * @param tls where RTMPS is taken as well; null for RTMP only
 */
public record RtmpConfig(
        String host,
        int port,
        int maxConnections,
        Duration idle,
        @Nullable RtmpTls tls) {

    /** Checks the ranges. */
    public RtmpConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: %d (expected: 0..65535)".formatted(port));
        }
        if (maxConnections < 1) {
            throw new IllegalArgumentException("maxConnections: %d (expected: 1..)".formatted(maxConnections));
        }
        if (idle.isNegative() || idle.isZero()) {
            throw new IllegalArgumentException("idle: %s (expected: above 0)".formatted(idle));
        }
    }

    /** RTMP only. */
    public RtmpConfig(String host, int port, int maxConnections, Duration idle) {
        this(host, port, maxConnections, idle, null);
    }

    /** RTMPS as well, under the same limits. */
    public RtmpConfig withTls(RtmpTls settings) {
        return new RtmpConfig(host, port, maxConnections, idle, settings);
    }

    /** The usual limits: 256 connections, 10 s of silence. */
    public static RtmpConfig on(String host, int port) {
        return new RtmpConfig(host, port, 256, Duration.ofSeconds(10));
    }
}
