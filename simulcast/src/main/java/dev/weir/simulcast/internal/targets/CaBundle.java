package dev.weir.simulcast.internal.targets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Finds the certificates to trust: those given, else the system's, else the JDK's written to a temporary file. */
final class CaBundle {

    private static final List<Path> SYSTEM = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/ca-bundle.pem"),
            Path.of("/etc/ssl/cert.pem"));

    private static @Nullable Path exported;

    private CaBundle() {}

    static Path find(@Nullable Path given) {
        if (given != null) {
            return given;
        }
        return SYSTEM.stream().filter(Files::isReadable).findFirst().orElseGet(CaBundle::fromJdk);
    }

    private static synchronized Path fromJdk() {
        if (exported == null) {
            exported = export();
        }
        return exported;
    }

    private static Path export() {
        try {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            var pem = new StringBuilder();
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager trusted) {
                    for (X509Certificate certificate : trusted.getAcceptedIssuers()) {
                        append(pem, certificate);
                    }
                }
            }
            Path file = Files.createTempFile("weir-ca", ".pem");
            file.toFile().deleteOnExit();
            return Files.writeString(file, pem);
        } catch (IOException e) {
            throw new UncheckedIOException("CA bundle: cannot be written (expected: a writable temporary folder)", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("CA bundle: none found (expected: a system or JDK trust store)", e);
        }
    }

    private static void append(StringBuilder pem, X509Certificate certificate) throws GeneralSecurityException {
        var encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        pem.append("-----BEGIN CERTIFICATE-----\n")
                .append(encoder.encodeToString(certificate.getEncoded()))
                .append("\n-----END CERTIFICATE-----\n");
    }
}
