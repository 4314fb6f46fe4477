package dev.weir.simulcast.internal.cert;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Who vouches for this certificate? Nobody but itself: for a demo, and for peers who know it by its fingerprint.
 *
 * @param key P-256; a secret
 * @param certificate DER
 */
public record SelfSigned(PrivateKey key, byte[] certificate) {

    private static final Duration CLOCK_SKEW = Duration.ofDays(1);

    /** A new one for one DNS name, from a day before {@code now} until {@code lifetime} after it. */
    public static SelfSigned make(String host, Instant now, Duration lifetime) {
        try {
            var random = new SecureRandom();
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            var name = new X500Name("CN=weir");
            byte[] certificate = new JcaX509v3CertificateBuilder(
                            name,
                            new BigInteger(64, random).setBit(0),
                            Date.from(now.minus(CLOCK_SKEW)),
                            Date.from(now.plus(lifetime)),
                            name,
                            pair.getPublic())
                    .addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            new GeneralNames(new GeneralName(GeneralName.dNSName, host)))
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                    .getEncoded();
            return new SelfSigned(pair.getPrivate(), certificate);
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("certificate: cannot be made (expected: P-256 in the JDK)", e);
        }
    }

    /** The certificate as PEM. */
    public String certificatePem() {
        return pem("CERTIFICATE", certificate);
    }

    /** The key as PEM, PKCS #8; a secret. */
    public String keyPem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    private static String pem(String what, byte[] der) {
        byte[] newline = "\n".getBytes(StandardCharsets.US_ASCII);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(what, Base64.getMimeEncoder(64, newline).encodeToString(der), what);
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "SelfSigned[]";
    }
}
