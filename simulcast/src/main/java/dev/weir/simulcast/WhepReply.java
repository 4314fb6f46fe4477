package dev.weir.simulcast;

/** What is a viewer's offer answered with (draft-ietf-wish-whep §4.2)? */
public sealed interface WhepReply {

    /**
     * 201 Created.
     *
     * @param sessionId unguessable; whoever knows it can end the session
     * @param etag strong, with its quotes
     * @param sdp the answer
     */
    record Answered(String sessionId, String etag, String sdp) implements WhepReply {}

    /**
     * The offer cannot be played to.
     *
     * @param status HTTP status: 400 malformed, 404 no such stream, 406 no codec in common, 415 not SDP, 422
     *     understood and not acceptable
     * @param reason what was wrong and what was expected
     */
    record Refused(int status, String reason) implements WhepReply {}

    /**
     * 503: no place.
     *
     * @param retryAfterSeconds when to ask again
     * @param reason which limit was met
     */
    record Full(int retryAfterSeconds, String reason) implements WhepReply {}
}
