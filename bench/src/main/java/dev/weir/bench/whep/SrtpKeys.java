package dev.weir.bench.whep;

import org.bouncycastle.tls.SRTPProtectionProfile;
import org.jitsi.srtp.SrtpPolicy;

/**
 * With what is the media protected? The outcome of the handshake, RFC 5764 §4.2. The keys are secrets.
 *
 * @param profile {@code SRTP_AEAD_AES_128_GCM} or {@code SRTP_AES128_CM_HMAC_SHA1_80}
 */
record SrtpKeys(int profile, byte[] ownKey, byte[] ownSalt, byte[] peerKey, byte[] peerSalt) {

    static final int KEY = 16;

    static int saltLength(int profile) {
        return profile == SRTPProtectionProfile.SRTP_AEAD_AES_128_GCM ? 12 : 14;
    }

    /** Cuts the exported bytes: both keys, client first, then both salts. */
    static SrtpKeys ofClient(int profile, byte[] exported) {
        int salt = saltLength(profile);
        return new SrtpKeys(
                profile,
                cut(exported, 0, KEY),
                cut(exported, 2 * KEY, salt),
                cut(exported, KEY, KEY),
                cut(exported, 2 * KEY + salt, salt));
    }

    private static byte[] cut(byte[] from, int at, int length) {
        byte[] part = new byte[length];
        System.arraycopy(from, at, part, 0, length);
        return part;
    }

    /** Without the library's replay window of 64 packets, which would throw away what is sent again after a request. */
    SrtpPolicy policy() {
        SrtpPolicy policy = profile == SRTPProtectionProfile.SRTP_AEAD_AES_128_GCM
                ? new SrtpPolicy(SrtpPolicy.AESGCM_ENCRYPTION, KEY, SrtpPolicy.NULL_AUTHENTICATION, 0, 16, 12)
                : new SrtpPolicy(SrtpPolicy.AESCM_ENCRYPTION, KEY, SrtpPolicy.HMACSHA1_AUTHENTICATION, 20, 10, 14);
        policy.setReceiveReplayEnabled(false);
        return policy;
    }

    String name() {
        return profile == SRTPProtectionProfile.SRTP_AEAD_AES_128_GCM ? "AES-128-GCM" : "AES-128-CM-SHA1-80";
    }

    @Override
    public String toString() {
        return "SrtpKeys[" + name() + "]";
    }
}
