package dev.weir.simulcast;

/** What is a host's offer answered with (RFC 9725 §4.2)? */
public sealed interface WhipReply {

    /**
     * 201 Created.
     *
     * @param sessionId unguessable; whoever knows it can end the session
     * @param etag strong, with its quotes
     * @param sdp the answer
     */
    record Answered(String sessionId, String etag, String sdp) implements WhipReply {}

    /**
     * The host is not let in, or its offer cannot be received.
     *
     * @param status HTTP status: 400 malformed, 401 refused key, 406 no codec in common, 422 understood and not
     *     acceptable
     * @param reason what was wrong and what was expected
     */
    record Refused(int status, String reason) implements WhipReply {}

    /**
     * 503: no place.
     *
     * @param retryAfterSeconds when to ask again
     * @param reason which limit was met
     */
    record Full(int retryAfterSeconds, String reason) implements WhipReply {}
}
