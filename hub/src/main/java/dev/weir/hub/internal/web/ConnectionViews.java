package dev.weir.hub.internal.web;

import dev.weir.connectors.Capability;
import dev.weir.connectors.Channel;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Setting;
import dev.weir.hub.internal.connections.ConnectionStore;
import dev.weir.hub.internal.connections.TokenKeeper;
import dev.weir.hub.internal.live.BaseUrl;
import dev.weir.routes.ConnectionChores;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What does an operator see of a connection? Never a secret, only that there is one. */
@Component
class ConnectionViews {
    private final TokenKeeper keeper;
    private final BaseUrl baseUrl;
    private final ConnectionChores chores;

    ConnectionViews(TokenKeeper keeper, BaseUrl baseUrl, ConnectionChores chores) {
        this.keeper = keeper;
        this.baseUrl = baseUrl;
        this.chores = chores;
    }

    Map<String, Object> view(ConnectionStore.Stored stored, Channel channel) {
        Connection connection = stored.connection();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", connection.id());
        view.put("channel", connection.channel());
        view.put("name", connection.name());
        view.put("state", state(stored));
        view.put("settings", settings(connection, channel));
        view.put(
                "webhookUrl",
                channel.capabilities().contains(Capability.ORDER_WEBHOOK)
                        ? baseUrl.webhook(connection).toString()
                        : null);
        view.put("lastCheckedAt", stored.checkedAt());
        view.put("lastError", Boolean.FALSE.equals(stored.checkOk()) ? stored.checkDetail() : null);
        view.put("unproven", stored.unproven());
        view.put("capabilities", channel.capabilities());
        view.put("access", channel.capabilities().contains(Capability.CONSENT) ? keeper.view(connection.id()) : null);
        view.put("chores", chores.of(connection.id()));
        view.put("rotating", stored.rotating());
        return view;
    }

    private static Map<String, Object> settings(Connection connection, Channel channel) {
        Map<String, Object> settings = new LinkedHashMap<>();
        for (Setting setting : channel.settings()) {
            String value = connection.settings().get(setting.name());
            if (value != null) {
                settings.put(setting.name(), setting.secret() ? "••••" : value);
            }
        }
        settings.put("backend", connection.setting("backend", "false"));
        return settings;
    }

    private static String state(ConnectionStore.Stored stored) {
        if (!stored.enabled()) {
            return "DISABLED";
        }
        if (stored.unfinished()) {
            return "UNFINISHED";
        }
        if (stored.checkOk() == null) {
            return "UNCHECKED";
        }
        return stored.checkOk() ? "OK" : "FAILING";
    }
}
