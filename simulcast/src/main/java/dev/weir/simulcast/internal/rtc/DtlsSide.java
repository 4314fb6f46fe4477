package dev.weir.simulcast.internal.rtc;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.jspecify.annotations.Nullable;

/** What both ends of a DTLS-SRTP handshake do alike: show a certificate, agree on a profile, export keys. */
final class DtlsSide {

    /** A peer that takes longer than this is not going to make it. */
    static final int HANDSHAKE_MILLIS = 10_000;

    /** First repetition of a lost flight; doubled each time (RFC 6347 §4.2.4.1 allows less than 1 s for media). */
    static final int RESEND_MILLIS = 250;

    private final RtcIdentity identity;
    private final PeerFingerprint expected;
    private final List<SrtpProfile> offered;
    private final JcaTlsCrypto crypto = new JcaTlsCryptoProvider().create(new SecureRandom());
    private volatile @Nullable SrtpProfile profile;
    private volatile @Nullable SrtpKeys keys;
    private volatile boolean closedByPeer;

    DtlsSide(RtcIdentity identity, PeerFingerprint expected, List<SrtpProfile> offered) {
        this.identity = identity;
        this.expected = expected;
        this.offered = offered;
    }

    JcaTlsCrypto crypto() {
        return crypto;
    }

    TlsCredentialedSigner signer(TlsContext context) throws IOException {
        TlsCertificate ours = crypto.createCertificate(identity.certificate());
        return new JcaDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                identity.key(),
                new Certificate(new TlsCertificate[] {ours}),
                new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    @SuppressWarnings("JdkObsolete") // The library takes Vectors.
    static Vector<SignatureAndHashAlgorithm> signatures() {
        var algorithms = new Vector<SignatureAndHashAlgorithm>();
        algorithms.add(new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
        algorithms.add(new SignatureAndHashAlgorithm(HashAlgorithm.sha384, SignatureAlgorithm.ecdsa));
        algorithms.add(new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.rsa));
        return algorithms;
    }

    void demandPeer(Certificate chain) throws IOException {
        expected.demand(chain);
    }

    /** Takes the best of the peer's profiles, or ends the handshake. */
    void choose(Hashtable<?, ?> extensions) throws IOException {
        UseSRTPData data = TlsSRTPUtils.getUseSRTPExtension(extensions);
        if (data == null) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure, "use_srtp: absent (expected: offered)");
        }
        List<Integer> theirs =
                Arrays.stream(data.getProtectionProfiles()).boxed().toList();
        profile = SrtpProfile.choose(theirs)
                .filter(offered::contains)
                .orElseThrow(() -> new TlsFatalAlert(
                        AlertDescription.illegal_parameter, "SRTP profiles: " + theirs + " (expected: 7 or 1)"));
    }

    void announce(Hashtable<?, ?> extensions, boolean onlyChosen) throws IOException {
        SrtpProfile chosen = profile;
        int[] ids = onlyChosen && chosen != null
                ? new int[] {chosen.id()}
                : offered.stream().mapToInt(SrtpProfile::id).toArray();
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(ids, new byte[0]));
    }

    void complete(TlsContext context) throws IOException {
        SrtpProfile chosen = profile;
        if (chosen == null) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure, "use_srtp: not agreed (expected: one profile)");
        }
        byte[] exported = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, SrtpKeys.exportedBytes(chosen));
        keys = SrtpKeys.cut(chosen, exported, context.isServer());
    }

    void alertReceived(short description) {
        if (description == AlertDescription.close_notify) {
            closedByPeer = true;
        }
    }

    /** True once the peer has said that it leaves. */
    boolean closedByPeer() {
        return closedByPeer;
    }

    SrtpKeys keys() {
        SrtpKeys made = keys;
        if (made == null) {
            throw new IllegalStateException("DTLS keys: none (expected: after the handshake)");
        }
        return made;
    }
}
