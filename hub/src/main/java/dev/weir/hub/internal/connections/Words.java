package dev.weir.hub.internal.connections;

import dev.weir.connectors.Channel;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Setting;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which of a platform's words may be shown and stored? At most 500 characters, and no secret even if a platform repeats one. */
record Words(Map<String, Channel> channels) {
    private static final int MOST = 500;
    private static final int SHORTEST_SECRET = 6;

    /** What was said about {@code connection}. */
    String safe(Connection connection, String said) {
        Channel channel = channels.get(connection.channel());
        Set<String> open = channel == null
                ? Set.of()
                : channel.settings().stream()
                        .filter(setting -> !setting.secret())
                        .map(Setting::name)
                        .collect(Collectors.toSet());
        return without(
                said,
                connection.settings().entrySet().stream()
                        .filter(setting -> !open.contains(setting.getKey()))
                        .map(Map.Entry::getValue)
                        .toList());
    }

    /** {@code said} without any of {@code secrets}; what is shorter than 6 characters is a number or a flag, and no secret. */
    static String without(String said, Collection<String> secrets) {
        String safe = said;
        for (String secret : secrets) {
            if (secret.length() >= SHORTEST_SECRET) {
                safe = safe.replace(secret, "••••");
            }
        }
        return safe.length() > MOST ? safe.substring(0, MOST) + "…" : safe;
    }
}
