package dev.weir.simulcast;

/**
 * How is one WebRTC session doing?
 *
 * @param id the session's name in its URL; a secret of its peer, so show a part of it only
 * @param showId the live it belongs to
 * @param kind viewer or host
 * @param transport {@code UDP} or {@code TCP}; {@code NONE} before the first connectivity check
 * @param state how far it has come
 * @param bytes media sent to a viewer or received from a host, with headers
 * @param packets the same in packets
 * @param sendCalls calls into the kernel that sending took; fewer than packets where segmentation works
 * @param nacks packets that the viewer asked for again
 * @param retransmitted of them answered
 * @param plis key frames that the viewer asked for
 * @param lossFraction of the newest receiver report, 0..1
 * @param rttMillis from the newest receiver report; 0 while unknown
 * @param connectMillis from the answer to the end of the handshake; 0 while it goes on
 * @param joinMillis from the answer to the first key frame sent; 0 while none was
 * @param ageMillis since the answer
 */
public record RtcSessionStats(
        String id,
        String showId,
        Kind kind,
        String transport,
        State state,
        long bytes,
        long packets,
        long sendCalls,
        long nacks,
        long retransmitted,
        long plis,
        double lossFraction,
        double rttMillis,
        long connectMillis,
        long joinMillis,
        long ageMillis) {

    /** Which way media flows. */
    public enum Kind {
        /** A viewer: we send. */
        WHEP,
        /** A host: we receive. */
        WHIP
    }

    /** How far a session has come. */
    public enum State {
        /** Answered, and not heard of. */
        NEW,
        /** Connectivity checked; DTLS goes on. */
        HANDSHAKING,
        /** Media may flow. */
        CONNECTED,
        /** Over. */
        CLOSED
    }
}
