package dev.weir.connectors.mapping;

import java.util.regex.Pattern;

/**
 * Which map or table of which channel? Maps are {@code mappings/<channel>/fields/<name>.jslt}, tables are
 * {@code mappings/<channel>/tables/<name>.json} and named {@code tables/<name>}; each part is 1..40 of {@code a-z0-9-}.
 */
public record MapName(String channel, String name) {
    private static final Pattern PART = Pattern.compile("[a-z0-9-]{1,40}");
    private static final String TABLES = "tables/";

    /** Refuses what could not be a file's name, naming the value. */
    public MapName {
        refuse("channel", channel, channel);
        refuse("name", name, name.startsWith(TABLES) ? name.substring(TABLES.length()) : name);
    }

    /** The table of that name. */
    public static MapName table(String channel, String table) {
        return new MapName(channel, TABLES + table);
    }

    /** Whether it is a table. */
    public boolean isTable() {
        return name.startsWith(TABLES);
    }

    /** Where it lies below {@code mappings/}, and below the override folder. */
    public String path() {
        return channel + "/" + (isTable() ? name + ".json" : "fields/" + name + ".jslt");
    }

    @Override
    public String toString() {
        return channel + "/" + name;
    }

    private static void refuse(String field, String value, String part) {
        if (!PART.matcher(part).matches()) {
            throw new IllegalArgumentException(field + ": " + value + " (expected: 1..40 of a-z, 0-9 and -)");
        }
    }
}
