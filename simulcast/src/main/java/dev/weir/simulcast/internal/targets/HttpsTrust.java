package dev.weir.simulcast.internal.targets;

import dev.weir.simulcast.TargetPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The same servers as {@link Trust} trusts, for HTTPS. */
final class HttpsTrust {

    private static final Map<Path, SSLContext> CONTEXTS = new ConcurrentHashMap<>();

    private HttpsTrust() {}

    /**
     * What HTTPS connections verify with; read once per file.
     *
     * @throws IOException when the file is no list of certificates
     */
    static SSLContext of(TargetPolicy policy) throws IOException {
        Path file = CaBundle.find(policy.caFile());
        SSLContext known = CONTEXTS.get(file);
        if (known != null) {
            return known;
        }
        try {
            SSLContext made = read(file);
            CONTEXTS.put(file, made);
            return made;
        } catch (GeneralSecurityException e) {
            throw new IOException("caFile: %s (expected: certificates in PEM)".formatted(file), e);
        }
    }

    private static SSLContext read(Path file) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("ca" + number++, certificate);
            }
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
