package dev.weir.simulcast.internal.rtc;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Who is this server towards WebRTC peers? A self-signed P-256 certificate that lives as long as the process; peers
 * know it by the fingerprint in the answer (RFC 8122 §5).
 *
 * @param key private key; a secret
 * @param certificate DER
 * @param fingerprint SHA-256 of the certificate, upper-case hex pairs with colons
 */
record RtcIdentity(PrivateKey key, byte[] certificate, String fingerprint) {

    private static final Duration CLOCK_SKEW = Duration.ofDays(1);
    private static final Duration LIFETIME = Duration.ofDays(365);

    static RtcIdentity create(Instant now) {
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
                            Date.from(now.plus(LIFETIME)),
                            name,
                            pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                    .getEncoded();
            return new RtcIdentity(pair.getPrivate(), certificate, fingerprint("SHA-256", certificate));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("DTLS certificate: cannot be made (expected: P-256 in the JDK)", e);
        }
    }

    /** A certificate's digest as SDP writes it. */
    static String fingerprint(String hash, byte[] certificate) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance(hash).digest(certificate);
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest).toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "RtcIdentity[" + fingerprint + "]";
    }
}
