package dev.weir.connectors;

/** How is somebody who commented answered, where only they read it? */
public interface CommentReply {
    /** Most bytes of an answer, as UTF-8: what the strictest platform takes. */
    int MAX_BYTES = 1_000;

    /**
     * Sends {@code text} to whoever wrote the comment. Repeatable: platforms take one answer to a comment, and one that was
     * answered before is left as it is. Throws {@link Fault#REJECTED} where the platform takes none any more, and for a text
     * that is empty or longer than {@link #MAX_BYTES}.
     *
     * @param commentId {@link ChannelEvent.CommentMade#externalId()}
     */
    void answer(String commentId, String text);
}
