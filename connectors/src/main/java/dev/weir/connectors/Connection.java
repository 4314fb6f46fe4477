package dev.weir.connectors;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which shop of which brand do we talk to, with which settings?
 *
 * @param settings by the names in {@link Channel#settings()}, secrets in clear: only ever in memory
 */
public record Connection(UUID id, String brand, String channel, String name, Map<String, String> settings) {
    /** Copies the settings. */
    public Connection {
        settings = Map.copyOf(settings);
    }

    /** The setting's value; a missing one is a fault of the operator's entry, named in the message. */
    public String setting(String name) {
        String value = settings.get(name);
        if (value == null || value.isBlank()) {
            throw new ChannelException(
                    Fault.UNAUTHORISED, channel + " connection " + id + ": setting " + name + " is missing");
        }
        return value;
    }

    /** The setting's value, or {@code fallback} when it is not set, or blank. */
    public String setting(String name, String fallback) {
        String value = settings.getOrDefault(name, "").strip();
        return value.isEmpty() ? fallback : value;
    }

    /** The setting as a whole number of {@code least} to {@code most}, 0..999,999,999, or {@code fallback} when it is not set; else the operator's fault. */
    public int number(String name, int fallback, int least, int most) {
        String value = setting(name, Integer.toString(fallback));
        int number = value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : -1;
        if (number < least || number > most) {
            throw new ChannelException(
                    Fault.UNAUTHORISED, name + ": " + value + " (expected: " + least + ".." + most + ")");
        }
        return number;
    }

    /** The setting as an instant in UTC; null when it is not set. One that cannot be read is the operator's fault. */
    public @Nullable Instant instant(String name) {
        String value = setting(name, "");
        try {
            return value.isEmpty() ? null : Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw new ChannelException(
                    Fault.UNAUTHORISED,
                    name + ": " + value + " (expected: a time in UTC, such as 2026-12-24T18:00:00Z)",
                    null,
                    e);
        }
    }

    /** Names the settings but never their values. */
    @Override
    public String toString() {
        return "Connection[" + channel + " " + id + " " + new TreeMap<>(settings).keySet() + "]";
    }
}
