package dev.weir.simulcast.internal.rtc;

import dev.weir.simulcast.internal.cert.SelfSigned;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Who is this server towards WebRTC peers? A self-signed P-256 certificate that lives as long as the process; peers
 * know it by the fingerprint in the answer (RFC 8122 §5).
 *
 * @param key private key; a secret
 * @param certificate DER
 * @param fingerprint SHA-256 of the certificate, upper-case hex pairs with colons
 */
record RtcIdentity(PrivateKey key, byte[] certificate, String fingerprint) {

    private static final Duration LIFETIME = Duration.ofDays(365);

    static RtcIdentity create(Instant now) {
        SelfSigned made = SelfSigned.make("weir.invalid", now, LIFETIME);
        try {
            return new RtcIdentity(made.key(), made.certificate(), fingerprint("SHA-256", made.certificate()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("fingerprint: cannot be made (expected: SHA-256 in the JDK)", e);
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
