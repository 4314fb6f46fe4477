package dev.weir.simulcast.internal.rtc;

import java.util.List;
import java.util.Optional;

/**
 * What does a peer propose (RFC 8866, RFC 8829)? Checked for what every WebRTC session needs; immutable.
 *
 * @param ice how the peer signs its checks
 * @param fingerprint which certificate it will show
 * @param setup who begins the DTLS handshake
 * @param media in the order of the offer, which an answer must keep
 * @param bundle true when the offer groups its m-lines on one transport
 */
public record SdpOffer(
        IceCredentials ice, PeerFingerprint fingerprint, Setup setup, List<SdpMedia> media, boolean bundle) {

    /** Who begins the handshake, from the offerer's view (RFC 4145 §4). */
    public enum Setup {
        /** The offerer may do either. */
        ACTPASS,
        /** The offerer begins. */
        ACTIVE,
        /** We begin. */
        PASSIVE
    }

    /**
     * Reads an offer.
     *
     * @throws SdpException 400 when it is malformed or over 64 KiB, 422 when it lacks what a session needs
     */
    public static SdpOffer parse(String text) throws SdpException {
        return new SdpParser().parse(text);
    }

    /**
     * The only usable m-line of a kind; empty when there is none.
     *
     * @throws SdpException 422 when there is more than one
     */
    public Optional<SdpMedia> only(String kind) throws SdpException {
        List<SdpMedia> found = media.stream()
                .filter(line -> line.kind().equals(kind) && !line.rejected())
                .toList();
        if (found.size() > 1) {
            throw new SdpException(422, "%s m-lines: %d (expected: at most one)".formatted(kind, found.size()));
        }
        return found.stream().findFirst();
    }
}
