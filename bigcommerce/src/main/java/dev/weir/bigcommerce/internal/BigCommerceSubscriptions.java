package dev.weir.bigcommerce.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.WebhookSubscriptions;
import dev.weir.connectors.http.ReadBack;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Does the store push to us? It deactivates a subscription after 48 h of failed deliveries or 90 days without any, and one that is made
 * may need a minute to work. Each is made with the header that proves its deliveries where they are not signed. What other programs
 * of the same API account subscribed to at other addresses is moved, one for each event: an account is the hub's own.
 */
public final class BigCommerceSubscriptions implements WebhookSubscriptions {
    /** {@code updated} tells of every change, also of the status; levels and listings are read, because a push names no location. */
    private static final List<String> SCOPES =
            List.of("store/order/created", "store/order/updated", "store/order/refund/created");

    private static final int MOST_PAGES = 20;

    private final BigCommerceClient client;
    private final ReadBack readBack = new ReadBack();

    /** The subscriptions of one API account. */
    public BigCommerceSubscriptions(BigCommerceClient client) {
        this.client = client;
    }

    @Override
    public List<Subscription> heal(URI address) {
        requirePublic(address);
        List<JsonNode> hooks = list();
        List<Subscription> healed = new ArrayList<>();
        for (String scope : SCOPES) {
            List<JsonNode> ofScope = hooks.stream()
                    .filter(hook -> hook.path("scope").asText().equals(scope))
                    .toList();
            healed.add(new Subscription(scope, heal(scope, ofScope, address)));
        }
        return healed;
    }

    private Found heal(String scope, List<JsonNode> hooks, URI address) {
        Optional<JsonNode> here =
                hooks.stream().filter(hook -> isAt(hook, address)).findFirst();
        if (here.isPresent()) {
            if (isAsWanted(here.get())) {
                return Found.THERE;
            }
            put(here.get(), scope, address);
            return Found.MISSING;
        }
        if (hooks.isEmpty()) {
            make(scope, address);
            return Found.MISSING;
        }
        put(hooks.getFirst(), scope, address);
        return Found.MOVED;
    }

    private static boolean isAt(JsonNode hook, URI address) {
        return hook.path("destination").asText().equals(address.toString());
    }

    /** A deactivated one is as good as gone. */
    private boolean isAsWanted(JsonNode hook) {
        return hook.path("is_active").asBoolean()
                && hook.path("headers").path(Proof.KEY_HEADER).asText("").equals(Proof.key(client.connection()));
    }

    private void put(JsonNode hook, String scope, URI address) {
        client.overwrite("hookUpdate", "/v3/hooks/" + hook.path("id").asText(), wanted(scope, address));
    }

    private void make(String scope, URI address) {
        readBack.once(
                () -> client.once("hookCreate", "POST", "/v3/hooks", wanted(scope, address)),
                () -> list().stream()
                        .filter(hook -> hook.path("scope").asText().equals(scope) && isAt(hook, address))
                        .findFirst());
    }

    private ObjectNode wanted(String scope, URI address) {
        ObjectNode body = BigCommerceClient.object()
                .put("scope", scope)
                .put("destination", address.toString())
                .put("is_active", true);
        body.putObject("headers").put(Proof.KEY_HEADER, Proof.key(client.connection()));
        return body;
    }

    private List<JsonNode> list() {
        List<JsonNode> hooks = new ArrayList<>();
        for (int page = 1; page <= MOST_PAGES; page++) {
            JsonNode listed = client.get("hooks", "/v3/hooks", Map.of("limit", "250", "page", Integer.toString(page)));
            listed.path("data").forEach(hooks::add);
            if (page
                    >= listed.path("meta")
                            .path("pagination")
                            .path("total_pages")
                            .asInt(1)) {
                return hooks;
            }
        }
        throw new ChannelException(Fault.REJECTED, "hooks: over " + MOST_PAGES + " pages (expected: a few a scope)");
    }

    /** Said here, because the store's own refusal does not say what it expects. */
    private static void requirePublic(URI address) {
        if (!"https".equals(address.getScheme())
                || address.getHost() == null
                || (address.getPort() != -1 && address.getPort() != 443)) {
            throw new ChannelException(
                    Fault.REJECTED,
                    "address: " + address + " (expected: https on port 443, or BigCommerce pushes nothing)");
        }
    }
}
