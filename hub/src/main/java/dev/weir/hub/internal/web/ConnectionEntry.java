package dev.weir.hub.internal.web;

import dev.weir.connectors.Channel;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Setting;
import dev.weir.hub.internal.connections.ConnectionStore;
import dev.weir.hub.internal.connections.OutgoingAddresses;
import dev.weir.hub.internal.connections.SecretRotation;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What did the operator enter of a connection, and what stays as it was?
 *
 * @param entered by setting, each looked at on its own
 * @param consenting whether what is missing is to come with a consent
 */
record ConnectionEntry(Channel channel, String name, Map<String, String> entered, boolean backend, boolean consenting) {
    private static final String HIDDEN = "••••";

    /** However it is written: what calls the address later may read it kindly. */
    private static final Pattern ADDRESS = Pattern.compile("\\s*https?:", Pattern.CASE_INSENSITIVE);

    /** Looks at each value on its own; IllegalArgumentException names the first that cannot be accepted. */
    static ConnectionEntry of(
            Channel channel,
            @Nullable String name,
            @Nullable Map<String, String> settings,
            boolean consenting,
            OutgoingAddresses addresses) {
        Map<String, String> given = Inputs.required("settings", settings);
        Map<String, String> entered = new LinkedHashMap<>();
        for (Setting setting : channel.settings()) {
            String value = given.get(setting.name());
            if (value == null || HIDDEN.equals(value)) {
                continue;
            }
            String field = "settings." + setting.name();
            String bounded = value.isBlank() ? "" : Inputs.text(field, value, 4_000);
            if (ADDRESS.matcher(bounded).lookingAt()) {
                addresses.check(field, bounded.strip(), Set.of("http", "https"));
            }
            entered.put(setting.name(), bounded);
        }
        return new ConnectionEntry(
                channel, Inputs.text("name", name, 100), entered, "true".equals(given.get("backend")), consenting);
    }

    /** Settings of a new connection. */
    Map<String, String> settings() {
        return settings(Map.of(), Set.of());
    }

    /** Whether {@code settings} still lack something. */
    boolean isUnfinished(Map<String, String> settings) {
        return channel.settings().stream()
                .anyMatch(setting -> setting.required() && !settings.containsKey(setting.name()));
    }

    /** What {@code before} becomes; {@code given} are the settings that the platform gave it. */
    ConnectionStore.Draft draft(ConnectionStore.Stored before, Set<String> given, Instant now) {
        Connection connection = before.connection();
        Map<String, String> chosen = settings(connection.settings(), given);
        // What nobody used yet has no old secret that anything is signed with.
        SecretRotation rotation = before.unfinished()
                ? new SecretRotation(chosen, Map.of())
                : SecretRotation.of(channel, before, chosen, now);
        // What waits for its consent goes on waiting, though nothing that can be entered may be missing.
        boolean unfinished = isUnfinished(rotation.settings()) || (consenting && before.unfinished());
        return new ConnectionStore.Draft(name, rotation.settings(), unfinished, rotation.rotating(), false);
    }

    /** A secret left out keeps its old value, because it was never shown; so does what the platform gave. */
    private Map<String, String> settings(Map<String, String> old, Set<String> given) {
        Map<String, String> settings = kept(old, given);
        for (Setting setting : channel.settings()) {
            String value = entered.get(setting.name());
            boolean keeps = setting.secret()
                    ? value == null || value.isEmpty()
                    : value == null && given.contains(setting.name());
            String chosen = keeps ? old.get(setting.name()) : value;
            if (chosen != null && !chosen.isEmpty()) {
                settings.put(setting.name(), chosen);
            } else if (setting.required() && !consenting) {
                throw new IllegalArgumentException(
                        "settings." + setting.name() + ": missing (expected: " + setting.title() + ")");
            }
        }
        if (backend) {
            settings.put("backend", "true");
        }
        return settings;
    }

    /** What no operator enters; given up with the grant that it belongs to when a part of that is entered by hand. */
    private Map<String, String> kept(Map<String, String> old, Set<String> given) {
        Set<String> names = channel.settings().stream().map(Setting::name).collect(Collectors.toSet());
        boolean byHand = entered.entrySet().stream()
                .anyMatch(entry -> given.contains(entry.getKey())
                        && !entry.getValue().isEmpty()
                        && !entry.getValue().equals(old.get(entry.getKey())));
        Map<String, String> kept = new LinkedHashMap<>();
        old.forEach((setting, value) -> {
            boolean isOurs = !names.contains(setting) && !setting.equals("backend");
            if (isOurs && !(byHand && given.contains(setting))) {
                kept.put(setting, value);
            }
        });
        return kept;
    }
}
