package dev.weir.instagram.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.CommentReply;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.Lane;
import java.nio.charset.StandardCharsets;

/**
 * How is somebody answered who commented under a live? By one private reply a comment, which Meta takes only while the live
 * runs, of at most 1,000 bytes (developers.facebook.com/docs/messenger-platform/instagram/features/private-replies). A second
 * one is refused with a code of its own, so a lost answer may be sent again. Stateless.
 */
public final class InstagramReplies implements CommentReply {
    /** "Activity already replied to": the first reply stands. */
    private static final int ANSWERED = 10_900;

    private final GraphClient client;
    private final Connection connection;

    /** The replies of one connection; needs the setting {@code pageId}. */
    public InstagramReplies(GraphClient client, Connection connection) {
        this.client = client;
        this.connection = connection;
    }

    @Override
    public void answer(String commentId, String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (text.isBlank() || bytes > MAX_BYTES) {
            throw new ChannelException(Fault.REJECTED, "text: " + bytes + " bytes (expected: 1.." + MAX_BYTES + ")");
        }
        ObjectNode body = GraphClient.JSON.createObjectNode();
        body.putObject("recipient").put("comment_id", commentId);
        body.putObject("message").put("text", text);
        String path = "/" + GraphClient.encode(connection.setting("pageId")) + "/messages";
        client.as(PageToken.of(client, connection)).unlessDone("privateReply", Lane.HOLD, path, body, ANSWERED);
    }
}
