package dev.weir.connectors.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.JsltException;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How does a channel's JSON become ours? Field maps in JSLT, {@code mappings/<channel>/fields/<name>.jslt}: side-effect
 * free, so ops may edit them. A brand's own map wins over a file under the override folder, and that over the one that
 * ships. A change is in force within seconds; one that does not compile leaves the map before it in force. Thread-safe.
 */
public final class Mappings {
    private static final Logger LOG = LoggerFactory.getLogger(Mappings.class);

    private final MapSources sources;
    private final Map<Key, Compiled<JsltMap>> maps;
    private final Map<Key, Compiled<JsonNode>> tables;
    private final @Nullable String own;

    /** Field maps as shipped, unless {@code overrides} (a folder laid out like {@code mappings/}, or null) has its own. */
    public Mappings(@Nullable Path overrides) {
        this(overrides, BrandMaps.none());
    }

    /** As above, and brands may have their own. */
    public Mappings(@Nullable Path overrides, BrandMaps brands) {
        this.sources = new MapSources(overrides, brands);
        this.maps = new ConcurrentHashMap<>();
        this.tables = new ConcurrentHashMap<>();
        this.own = null;
    }

    private Mappings(Mappings whole, String own) {
        this.sources = whole.sources;
        this.maps = whole.maps;
        this.tables = whole.tables;
        this.own = own;
    }

    /** The same mappings, as {@link #apply(String, String, JsonNode)} knows them for the connection's brand. */
    public Mappings of(Connection connection) {
        return new Mappings(this, connection.brand());
    }

    /** @param brand null for everybody's */
    private record Key(@Nullable String brand, MapName name) {}

    private record Compiled<T>(String version, T what) {}

    /** Applies the map of that name, everybody's unless this is {@link #of} a connection; one that fails on the input is {@link Fault#REJECTED}. */
    public JsonNode apply(String channel, String name, JsonNode input) {
        return apply(own, new MapName(channel, name), input);
    }

    /** Applies the map that is in force for the connection's brand; one that fails on the input is {@link Fault#REJECTED}. */
    public JsonNode apply(Connection connection, String name, JsonNode input) {
        return apply(connection.brand(), new MapName(connection.channel(), name), input);
    }

    /** The text in force for {@code brand} (null: for brands without their own); empty when there is no such map. */
    public Optional<MapText> inForce(@Nullable String brand, MapName name) {
        return sources.find(brand, name);
    }

    /** The text that ships; empty when there is no such map. */
    public Optional<MapText> shipped(MapName name) {
        return sources.shipped(name);
    }

    /** Refuses a text that could not be that map or table, with line and column. */
    public static void check(MapName name, String text) {
        if (name.isTable()) {
            TableText.parse(text);
        } else {
            JsltMap.compile(text);
        }
    }

    /** Runs the map {@code text} on {@code input} as if it were in force for {@code brand}; changes nothing. */
    public MapTrial attempt(@Nullable String brand, MapName name, String text, JsonNode input) {
        return MapTrial.of(name, () -> JsltMap.compile(text).apply(input, tablesOf(brand, name.channel())));
    }

    private JsonNode apply(@Nullable String brand, MapName name, JsonNode input) {
        try {
            return compiled(maps, brand, name, JsltMap::compile).apply(input, tablesOf(brand, name.channel()));
        } catch (JsltException | BrokenMap | UncheckedIOException e) {
            throw new ChannelException(Fault.REJECTED, "mapping " + name.path() + ": " + e.getMessage(), null, e);
        }
    }

    private Tables tablesOf(@Nullable String brand, String channel) {
        return table -> {
            MapName name = MapName.table(channel, table);
            return sources.find(brand, name).isEmpty()
                    ? Optional.empty()
                    : Optional.of(compiled(tables, brand, name, TableText::parse));
        };
    }

    private <T> T compiled(
            Map<Key, Compiled<T>> known,
            @Nullable String brand,
            MapName name,
            java.util.function.Function<String, T> compiler) {
        MapText text = sources.find(brand, name)
                .orElseThrow(() -> new JsltException("mappings/" + name.path() + " is not on the class path"));
        Key key = new Key(text.origin() == MapText.Origin.BRAND ? brand : null, name);
        String version = text.origin() + " " + text.version();
        Compiled<T> last = known.get(key);
        if (last != null && last.version().equals(version)) {
            return last.what();
        }
        Compiled<T> next = new Compiled<>(version, orBefore(last, name, () -> compiler.apply(text.text())));
        known.put(key, next);
        return next.what();
    }

    /** A file that was broken by hand does not take the map away that worked. */
    private static <T> T orBefore(
            @Nullable Compiled<T> before, MapName name, java.util.function.Supplier<T> compilation) {
        try {
            return compilation.get();
        } catch (BrokenMap e) {
            if (before == null) {
                throw e;
            }
            LOG.warn("{} is broken, the one before stays in force: {}", name.path(), e.getMessage());
            return before.what();
        }
    }
}
