package dev.weir.simulcast;

import dev.weir.simulcast.internal.cert.SelfSigned;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.SSLException;

/**
 * How is RTMPS served: on which port, and as whom?
 *
 * @param port 0..65535; 0 takes a free one; 443 is what encoders expect
 * @param certificateChainPem the server's certificate first, then its issuers
 * @param privateKeyPem PKCS #8 ({@code BEGIN PRIVATE KEY}), without a password; a secret
 */
public record RtmpTls(int port, String certificateChainPem, String privateKeyPem) {

    private static final Duration DEMO = Duration.ofDays(30);

    /** Checks the range. */
    public RtmpTls {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: %d (expected: 0..65535)".formatted(port));
        }
    }

    /** A certificate that nobody vouches for, for a demo: encoders accept it only when told to. Valid for 30 days. */
    public static RtmpTls selfSigned(int port, String host, InstantSource clock) {
        SelfSigned made = SelfSigned.make(host, clock.instant(), DEMO);
        return new RtmpTls(port, made.certificatePem(), made.keyPem());
    }

    SslContext context() {
        try {
            return SslContextBuilder.forServer(stream(certificateChainPem), stream(privateKeyPem))
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "RTMPS certificate or key: not readable (expected: PEM, the key as PKCS #8)", e);
        }
    }

    private static ByteArrayInputStream stream(String pem) {
        return new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "RtmpTls[port=%d]".formatted(port);
    }
}
