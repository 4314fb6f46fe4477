package dev.weir.simulcast.internal.rtc;

/** Is there a place for one more session? */
public sealed interface OpenResult {

    /**
     * Yes.
     *
     * @param session waits for the peer's first connectivity check
     * @param etag strong, with its quotes
     * @param answerSdp for the peer
     */
    record Opened(PeerSession session, String etag, String answerSdp) implements OpenResult {}

    /**
     * No.
     *
     * @param retryAfterSeconds when to ask again
     * @param reason which limit was met
     */
    record Full(int retryAfterSeconds, String reason) implements OpenResult {}
}
