package dev.weir.instagram.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Connection;
import dev.weir.connectors.WebhookSubscriptions;
import dev.weir.connectors.http.Lane;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Does Meta push comments to us? Two layers must stand: the app's own subscription (address, fields, each with a version), and
 * the app's place at the Page that the Instagram account belongs to. Fields of an older version are made anew: one team saw
 * 1 of 23 live comments until its subscription was of v26.0. Both layers are set to what is wanted, so asking twice is safe.
 */
public final class InstagramSubscriptions implements WebhookSubscriptions {
    private static final List<String> FIELDS = List.of("live_comments", "comments");

    /** Any field of the Page makes Meta deliver its Instagram account's; this one costs the least. */
    private static final String PAGE_FIELD = "feed";

    private final GraphClient client;
    private final Connection connection;

    /** The subscriptions of one connection. */
    public InstagramSubscriptions(GraphClient client, Connection connection) {
        this.client = client;
        this.connection = connection;
    }

    @Override
    public List<Subscription> heal(URI address) {
        List<Subscription> all = new ArrayList<>(app(address));
        all.add(page());
        return List.copyOf(all);
    }

    private List<Subscription> app(URI address) {
        GraphClient app = client.asApp();
        String path = "/" + GraphClient.encode(connection.setting("appId")) + "/subscriptions";
        JsonNode there = null;
        for (JsonNode one : app.get("subscriptions", Lane.ORDER, path, Map.of()).path("data")) {
            if (one.path("object").asText().equals("instagram")) {
                there = one;
            }
        }
        List<Subscription> found = new ArrayList<>();
        boolean whole = true;
        for (String field : FIELDS) {
            Found state = state(there, field, address);
            found.add(new Subscription("instagram/" + field, state));
            whole &= state == Found.THERE;
        }
        if (!whole) {
            app.repeatable("subscribe", Lane.ORDER, path, wanted(there, address));
        }
        return found;
    }

    /** Other fields that somebody subscribed stay: one subscription holds all of the object's fields. */
    private ObjectNode wanted(@Nullable JsonNode there, URI address) {
        Set<String> fields = new TreeSet<>(FIELDS);
        if (there != null) {
            there.path("fields").forEach(field -> fields.add(field.path("name").asText()));
        }
        return GraphClient.JSON
                .createObjectNode()
                .put("object", "instagram")
                .put("callback_url", address.toString())
                .put("fields", String.join(",", fields))
                .put("verify_token", InstagramWebhooks.verifyToken(connection))
                .put("include_values", true);
    }

    private Found state(@Nullable JsonNode there, String name, URI address) {
        if (there == null) {
            return Found.MISSING;
        }
        for (JsonNode field : there.path("fields")) {
            if (field.path("name").asText().equals(name)) {
                boolean asWanted = there.path("callback_url").asText().equals(address.toString())
                        && there.path("active").asBoolean(true)
                        && !GraphVersion.older(
                                field.path("version").asText(),
                                GraphVersion.of(connection).name());
                return asWanted ? Found.THERE : Found.MOVED;
            }
        }
        return Found.MISSING;
    }

    private Subscription page() {
        String path = "/" + GraphClient.encode(connection.setting("pageId")) + "/subscribed_apps";
        GraphClient page = client.as(PageToken.of(client, connection));
        Set<String> fields = new HashSet<>();
        boolean there = false;
        for (JsonNode app :
                page.get("subscribedApps", Lane.ORDER, path, Map.of()).path("data")) {
            if (app.path("id").asText().equals(connection.setting("appId"))) {
                there = true;
                app.path("subscribed_fields").forEach(field -> fields.add(field.asText()));
            }
        }
        if (!there || fields.isEmpty()) {
            page.repeatable(
                    "subscribeApp",
                    Lane.ORDER,
                    path,
                    GraphClient.JSON.createObjectNode().put("subscribed_fields", PAGE_FIELD));
        }
        return new Subscription("page/subscribed_apps", there && !fields.isEmpty() ? Found.THERE : Found.MISSING);
    }
}
