package dev.weir.simulcast.internal.rtc;

import java.util.List;
import java.util.Optional;
import org.bouncycastle.tls.SRTPProtectionProfile;
import org.jitsi.srtp.SrtpPolicy;

/** How are media packets encrypted (RFC 5764 §4.1.2, RFC 7714 §14.2)? The one we like best comes first. */
enum SrtpProfile {
    AEAD_AES_128_GCM(SRTPProtectionProfile.SRTP_AEAD_AES_128_GCM, 12),
    AES128_CM_HMAC_SHA1_80(SRTPProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80, 14);

    static final int KEY_BYTES = 16;

    private final int id;
    private final int saltBytes;

    SrtpProfile(int id, int saltBytes) {
        this.id = id;
        this.saltBytes = saltBytes;
    }

    int id() {
        return id;
    }

    int saltBytes() {
        return saltBytes;
    }

    /** The best of those a peer offers. */
    static Optional<SrtpProfile> choose(List<Integer> offered) {
        for (SrtpProfile profile : values()) {
            if (offered.contains(profile.id)) {
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }

    SrtpPolicy policy() {
        var policy = switch (this) {
            case AEAD_AES_128_GCM ->
                new SrtpPolicy(
                        SrtpPolicy.AESGCM_ENCRYPTION, KEY_BYTES, SrtpPolicy.NULL_AUTHENTICATION, 0, 16, saltBytes);
            case AES128_CM_HMAC_SHA1_80 ->
                new SrtpPolicy(
                        SrtpPolicy.AESCM_ENCRYPTION, KEY_BYTES, SrtpPolicy.HMACSHA1_AUTHENTICATION, 20, 10, saltBytes);
        };
        // A NACK is answered with the very same packet on the very same SSRC, bit for bit.
        policy.setSendReplayEnabled(false);
        return policy;
    }
}
