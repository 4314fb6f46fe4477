package dev.weir.hub.internal.connections;

import dev.weir.connectors.Channel;
import dev.weir.connectors.Setting;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which old secrets stay good while new ones take over? A channel that names {@code previousX} beside a secret {@code X} accepts both;
 * when {@code X} is replaced, the old value moves there by itself and stays until the operator ends it.
 *
 * @param settings with the old values in their places
 * @param rotating the secrets that have two values now, and since when
 */
public record SecretRotation(Map<String, String> settings, Map<String, Instant> rotating) {
    /** Of a change from {@code before} to {@code entered} at {@code now}. */
    public static SecretRotation of(
            Channel channel, ConnectionStore.Stored before, Map<String, String> entered, Instant now) {
        Map<String, String> old = before.connection().settings();
        Map<String, String> settings = new LinkedHashMap<>(entered);
        Map<String, Instant> rotating = new LinkedHashMap<>(before.rotating());
        Set<String> names = channel.settings().stream().map(Setting::name).collect(Collectors.toSet());
        for (String name : names) {
            String previous = previous(name);
            if (!names.contains(previous)) {
                continue;
            }
            String was = old.get(name);
            boolean replaced = was != null && !was.equals(entered.get(name));
            boolean entersOld =
                    entered.get(previous) != null && !entered.get(previous).equals(old.get(previous));
            if (replaced && !entersOld) {
                settings.put(previous, was);
            }
            if (replaced || entersOld) {
                rotating.put(name, now);
            }
        }
        return new SecretRotation(settings, rotating);
    }

    /** {@code before} without the old value of {@code name}; IllegalArgumentException when it has only one. */
    public static ConnectionStore.Draft end(ConnectionStore.Stored before, String name) {
        if (!before.rotating().containsKey(name)) {
            throw new IllegalArgumentException("setting: " + name + " (expected: one that rotates, of "
                    + before.rotating().keySet() + ")");
        }
        Map<String, String> settings = new LinkedHashMap<>(before.connection().settings());
        Map<String, Instant> rotating = new LinkedHashMap<>(before.rotating());
        settings.remove(previous(name));
        rotating.remove(name);
        return new ConnectionStore.Draft(before.connection().name(), settings, before.unfinished(), rotating, true);
    }

    /** Where the old value of the secret {@code name} stands. */
    static String previous(String name) {
        return "previous" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
