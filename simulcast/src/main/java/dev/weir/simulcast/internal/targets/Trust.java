package dev.weir.simulcast.internal.targets;

import dev.weir.simulcast.TargetPolicy;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;

/** Which servers are trusted: those with a certificate for their very name, from an authority we know. */
final class Trust {

    private static final Map<Path, SslContext> CONTEXTS = new ConcurrentHashMap<>();

    private Trust() {}

    /**
     * What RTMPS connections verify with; read once per file, because that takes a while.
     *
     * @throws SSLException when the file is no list of certificates
     */
    static SslContext of(TargetPolicy policy) throws SSLException {
        Path file = CaBundle.find(policy.caFile());
        SslContext known = CONTEXTS.get(file);
        if (known != null) {
            return known;
        }
        try {
            SslContext made = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .trustManager(file.toFile())
                    .endpointIdentificationAlgorithm("HTTPS")
                    .build();
            CONTEXTS.put(file, made);
            return made;
        } catch (IllegalArgumentException e) {
            throw new SSLException("caFile: %s (expected: certificates in PEM)".formatted(file), e);
        }
    }
}
