package dev.weir.simulcast.internal.rtc;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Locale;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.TlsFatalAlert;

/**
 * Which certificate must the peer show? The one whose digest its SDP names (RFC 8122 §5, RFC 8827 §6.5).
 *
 * @param hash as SDP writes it: {@code sha-256}, {@code sha-384} or {@code sha-512}
 * @param digest hex pairs with colons
 */
public record PeerFingerprint(String hash, String digest) {

    void demand(Certificate chain) throws IOException {
        if (chain.isEmpty() || !fits(chain.getCertificateAt(0).getEncoded())) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate);
        }
    }

    private boolean fits(byte[] certificate) throws IOException {
        try {
            return RtcIdentity.fingerprint(hash.toUpperCase(Locale.ROOT), certificate)
                    .equalsIgnoreCase(digest);
        } catch (GeneralSecurityException e) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, e);
        }
    }
}
