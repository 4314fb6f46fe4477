package dev.weir.simulcast;

/** What is a PATCH of a session answered with (RFC 9725 §4.3)? */
public sealed interface PatchReply {

    /** 204: the candidates are noted. */
    record Accepted() implements PatchReply {}

    /**
     * 200: the session listens under new credentials.
     *
     * @param etag of the restarted session, strong, with its quotes
     * @param sdpFragment our side of the restart, as {@code application/trickle-ice-sdpfrag}
     */
    record Restarted(String etag, String sdpFragment) implements PatchReply {}

    /**
     * Nothing was changed.
     *
     * @param status HTTP status: 400 malformed, 404 no such session, 410 another took its place, 412 another ETag, 428 no ETag, 422 not acceptable
     * @param reason what was wrong and what was expected
     */
    record Refused(int status, String reason) implements PatchReply {}
}
