package dev.weir.instagram.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.Lane;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is a token good for, and until when? As {@code /debug_token} says.
 *
 * @param ends when the token itself ends; null for never
 * @param dataEnds when it stops seeing the person's data although it is valid; null for never
 */
record GrantedToken(@Nullable Instant ends, @Nullable Instant dataEnds) {
    /** Without these nothing that we offer works. */
    private static final List<String> NEEDED = List.of("catalog_management", "business_management");

    /** With these live comments are pushed, and may be answered. */
    private static final List<String> USEFUL = List.of(
            "instagram_basic",
            "instagram_manage_comments",
            "instagram_manage_messages",
            "pages_show_list",
            "pages_read_engagement",
            "pages_manage_metadata",
            "ads_management");

    /** The permissions to ask for, comma-separated: as set, or all that we use. */
    static String permissions(Connection connection) {
        String set = connection.setting("permissions", "");
        return set.isBlank() ? String.join(",", NEEDED) + "," + String.join(",", USEFUL) : set;
    }

    /** Asks what {@code token} is; throws {@link Fault#UNAUTHORISED} when it is not valid, another app's, or not enough. */
    static GrantedToken inspect(GraphClient app, Connection connection, String token) {
        JsonNode data = app.get("debugToken", Lane.ORDER, "/debug_token", Map.of("input_token", token))
                .path("data");
        if (!data.path("is_valid").asBoolean()) {
            throw refused("not valid, " + data.path("error").path("message").asText("no reason given"));
        }
        if (!data.path("app_id").asText().equals(connection.setting("appId"))) {
            throw refused("of the app " + data.path("app_id").asText());
        }
        Set<String> granted = new HashSet<>();
        data.path("scopes").forEach(scope -> granted.add(scope.asText()));
        List<String> missing =
                NEEDED.stream().filter(scope -> !granted.contains(scope)).toList();
        if (!missing.isEmpty()) {
            throw refused("without the permissions " + missing + ": grant them on Meta's page");
        }
        return new GrantedToken(instant(data.path("expires_at")), instant(data.path("data_access_expires_at")));
    }

    private static ChannelException refused(String why) {
        return new ChannelException(Fault.UNAUTHORISED, "accessToken: " + why);
    }

    /** Zero is Meta's word for never. */
    private static @Nullable Instant instant(JsonNode seconds) {
        return seconds.asLong() <= 0 ? null : Instant.ofEpochSecond(seconds.asLong());
    }
}
