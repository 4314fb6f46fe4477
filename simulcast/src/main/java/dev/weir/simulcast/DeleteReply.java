package dev.weir.simulcast;

/** What is a DELETE of a session answered with (RFC 9725 §4.2)? */
public enum DeleteReply {

    /** 200: it has ended now. */
    ENDED,

    /**
     * 410: it had ended before, because another publisher with the same key took its place. A peer that merely lost its
     * line comes back by itself; one that hears this must not, or the two take over from each other for ever.
     */
    TAKEN_OVER,

    /** 404: no such session, or one that ended in another way. */
    UNKNOWN
}
