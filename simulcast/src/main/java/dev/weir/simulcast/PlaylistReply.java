package dev.weir.simulcast;

/** What is the answer to a playlist request that may wait for a part (rfc8216bis §6.2.5.2)? */
public sealed interface PlaylistReply {

    /** The playlist, holding at least what was asked for: 200. */
    record Ready(HlsResource playlist) implements PlaylistReply {}

    /** It did not come in time: 503. */
    record TimedOut() implements PlaylistReply {}

    /**
     * More than two segments ahead: 400.
     *
     * @param reason names the number, its value and what was expected
     */
    record TooFarAhead(String reason) implements PlaylistReply {}
}
