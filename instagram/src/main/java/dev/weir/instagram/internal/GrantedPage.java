package dev.weir.instagram.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.Connection;
import dev.weir.connectors.http.Lane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which Page and Instagram account come with a grant? The one that was entered, or the only one with an Instagram account. */
final class GrantedPage {
    private static final String FIELDS = "id,name,access_token,instagram_business_account";

    private GrantedPage() {}

    /** Settings that name the Page, its token and the Instagram account; empty where it is not clear which one is meant. */
    static Map<String, String> find(GraphClient client, Connection connection) {
        JsonNode answer = client.get("pages", Lane.ORDER, "/me/accounts", Map.of("fields", FIELDS, "limit", "100"));
        String wanted = connection.setting("pageId", "");
        List<JsonNode> fit = new ArrayList<>();
        for (JsonNode page : answer.path("data")) {
            boolean meant = wanted.isBlank()
                    ? page.has("instagram_business_account")
                    : page.path("id").asText().equals(wanted);
            if (meant) {
                fit.add(page);
            }
        }
        return fit.size() == 1 ? settings(fit.getFirst()) : Map.of();
    }

    private static Map<String, String> settings(JsonNode page) {
        Map<String, String> settings = new HashMap<>();
        settings.put("pageId", page.path("id").asText());
        settings.put("pageToken", page.path("access_token").asText());
        String account = page.path("instagram_business_account").path("id").asText();
        if (!account.isEmpty()) {
            settings.put("igUserId", account);
        }
        return settings;
    }
}
