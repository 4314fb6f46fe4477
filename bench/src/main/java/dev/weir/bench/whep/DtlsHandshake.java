package dev.weir.bench.whep;

import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.jspecify.annotations.Nullable;

/** How does a viewer get the media keys? DTLS 1.2 as the client with use_srtp (RFC 5764), the peer known by fingerprint. */
final class DtlsHandshake extends DefaultTlsClient {

    private static final int[] SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
    };

    private final DtlsIdentity identity;
    private final String peerFingerprint;
    private final int[] profiles;
    private int profile = -1;
    private @Nullable SrtpKeys keys;

    private DtlsHandshake(DtlsIdentity identity, String peerFingerprint, int[] profiles) {
        super(identity.crypto());
        this.identity = identity;
        this.peerFingerprint = peerFingerprint;
        this.profiles = profiles;
    }

    /** An open association. */
    record Done(SrtpKeys keys, DTLSTransport transport) {}

    /** Blocks until the keys are there or it failed. */
    static Done connect(DatagramTransport transport, DtlsIdentity identity, String peerFingerprint, int[] profiles)
            throws IOException {
        var client = new DtlsHandshake(identity, peerFingerprint, profiles);
        DTLSTransport open = new DTLSClientProtocol().connect(client, transport);
        SrtpKeys keys = client.keys;
        if (keys == null) {
            throw new IOException("DTLS: without use_srtp (expected: a profile for the media)");
        }
        return new Done(keys, open);
    }

    /** Browsers begin with 50 ms; the library's second would make a lost record look like a slow server. */
    @Override
    public int getHandshakeResendTimeMillis() {
        return 100;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return TlsUtils.getSupportedCipherSuites(getCrypto(), SUITES);
    }

    @Override
    public Hashtable<Integer, byte[]> getClientExtensions() throws IOException {
        @SuppressWarnings("unchecked")
        Hashtable<Integer, byte[]> extensions = super.getClientExtensions();
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(profiles, TlsUtils.EMPTY_BYTES));
        return extensions;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void processServerExtensions(Hashtable extensions) throws IOException {
        super.processServerExtensions(extensions);
        UseSRTPData chosen = TlsSRTPUtils.getUseSRTPExtension(extensions);
        profile = chosen == null ? -1 : chosen.getProtectionProfiles()[0];
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        if (profile >= 0) {
            int bytes = 2 * (SrtpKeys.KEY + SrtpKeys.saltLength(profile));
            keys = SrtpKeys.ofClient(profile, context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, bytes));
        }
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
                byte[] encoded = server.getCertificate().getCertificateAt(0).getEncoded();
                if (!DtlsIdentity.fingerprint(encoded).equals(peerFingerprint)) {
                    throw new TlsFatalAlert(AlertDescription.bad_certificate);
                }
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) {
                return new JcaDefaultTlsCredentialedSigner(
                        new TlsCryptoParameters(context),
                        identity.crypto(),
                        identity.key(),
                        identity.chain(),
                        SignatureAndHashAlgorithm.getInstance(
                                org.bouncycastle.tls.HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
            }
        };
    }
}
