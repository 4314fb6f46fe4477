package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One of the demo's shops as its operator sees it, and changes what is entered of it. */
record ConnectedShop(DemoProcess demo, String channel) {
    String id() {
        return demo.facts().path("connections").path(channel).path("id").asText();
    }

    String path() {
        return "/api/connections/" + id();
    }

    JsonNode view() {
        return demo.get(path(), "operator").json();
    }

    /** As {@link #tried}, and it works. */
    void enter(String setting, String value) {
        JsonNode check = tried(setting, value);
        assertThat(check.path("ok").asBoolean()).as(check.toString()).isTrue();
    }

    /**
     * Enters the setting anew beside all that is shown; an empty value takes it away, secrets stay as they are. What the check says
     * then.
     */
    JsonNode tried(String setting, String value) {
        JsonNode view = view();
        ObjectNode settings = ((ObjectNode) view.path("settings")).deepCopy();
        settings.put(setting, value);
        ObjectNode body = DemoProcess.JSON
                .createObjectNode()
                .put("name", view.path("name").asText());
        body.set("settings", settings);
        DemoProcess.Answer entered = demo.put(path(), "operator", body.toString());
        assertThat(entered.status()).as(entered.text()).isEqualTo(200);
        return demo.post(path() + "/check", "operator", "").json();
    }
}
