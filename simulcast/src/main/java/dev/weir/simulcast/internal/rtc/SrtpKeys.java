package dev.weir.simulcast.internal.rtc;

import java.util.Arrays;

/**
 * Which keys came out of a handshake? Secrets, all of them.
 *
 * @param profile what they are for
 */
record SrtpKeys(SrtpProfile profile, byte[] localKey, byte[] localSalt, byte[] remoteKey, byte[] remoteSalt) {

    /** Cuts what DTLS exported: client key, server key, client salt, server salt (RFC 5764 §4.2). */
    static SrtpKeys cut(SrtpProfile profile, byte[] exported, boolean weAreServer) {
        int key = SrtpProfile.KEY_BYTES;
        int salt = profile.saltBytes();
        byte[] clientKey = Arrays.copyOfRange(exported, 0, key);
        byte[] serverKey = Arrays.copyOfRange(exported, key, 2 * key);
        byte[] clientSalt = Arrays.copyOfRange(exported, 2 * key, 2 * key + salt);
        byte[] serverSalt = Arrays.copyOfRange(exported, 2 * key + salt, 2 * (key + salt));
        return weAreServer
                ? new SrtpKeys(profile, serverKey, serverSalt, clientKey, clientSalt)
                : new SrtpKeys(profile, clientKey, clientSalt, serverKey, serverSalt);
    }

    static int exportedBytes(SrtpProfile profile) {
        return 2 * (SrtpProfile.KEY_BYTES + profile.saltBytes());
    }

    @Override
    public String toString() {
        return "SrtpKeys[" + profile + "]";
    }
}
