package dev.weir.instagram.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.Lane;
import java.util.Map;

/** Which token speaks for the Page? As granted, or asked for with the connection's own. Stateless. */
final class PageToken {
    private PageToken() {}

    /** Throws {@link Fault#UNAUTHORISED} when the connection's token may not act for the Page of {@code pageId}. */
    static String of(GraphClient client, Connection connection) {
        String known = connection.setting("pageToken", "");
        if (!known.isBlank()) {
            return known;
        }
        String path = "/" + GraphClient.encode(connection.setting("pageId"));
        String token = client.get("pageToken", Lane.ORDER, path, Map.of("fields", "access_token"))
                .path("access_token")
                .asText();
        if (token.isBlank()) {
            throw new ChannelException(
                    Fault.UNAUTHORISED,
                    "pageId: the token may not act for the Page (expected: permission pages_manage_metadata)");
        }
        return token;
    }
}
