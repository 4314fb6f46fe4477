package dev.weir.simulcast.internal.rtc;

import org.jspecify.annotations.Nullable;

/** Which ICE credentials are good for a peer now, and did it sign with them? Thread-safe. */
final class PeerIce {

    private volatile IceCredentials local = IceCredentials.fresh();
    private volatile IceCredentials remote;
    private volatile @Nullable IceCredentials before;

    PeerIce(IceCredentials remote) {
        this.remote = remote;
    }

    IceCredentials local() {
        return local;
    }

    /** Changes with every restart. */
    String etag() {
        return "\"" + local.ufrag().replace('+', '-').replace('/', '_') + "\"";
    }

    /** True when these credentials are not the ones that the peer signs with now. */
    boolean isRestart(IceCredentials theirs) {
        return !theirs.ufrag().equals(remote.ufrag());
    }

    /**
     * New credentials on both sides; ours so far stay good until the peer signs with the new (RFC 8445 §7.3.1.1).
     *
     * @return ours that are good no longer; null at the first restart
     */
    synchronized @Nullable IceCredentials restart(IceCredentials theirs) {
        IceCredentials oldest = before;
        before = local;
        local = IceCredentials.fresh();
        remote = theirs;
        return oldest;
    }

    /** What the message was signed with; null when it was not made by somebody who knows this session's password. */
    @Nullable
    IceCredentials signer(StunMessage message) {
        IceCredentials with = credentialsOf(message.username());
        return with != null && message.fingerprintHolds() && message.integrityHolds(with.password()) ? with : null;
    }

    private @Nullable IceCredentials credentialsOf(String username) {
        IceCredentials now = local;
        if (username.equals(now.ufrag() + ":" + remote.ufrag())) {
            return now;
        }
        IceCredentials old = before;
        return old != null && username.startsWith(old.ufrag() + ":") ? old : null;
    }
}
