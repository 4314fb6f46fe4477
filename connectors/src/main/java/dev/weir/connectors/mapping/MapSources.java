package dev.weir.connectors.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Whose text of a map is in force: the brand's, the override folder's or the shipped one? Thread-safe. */
final class MapSources {
    /** How long a changed file goes unseen. */
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final @Nullable Path folder;
    private final BrandMaps brands;
    private final Map<MapName, MapText> shipped = new ConcurrentHashMap<>();
    private final Map<MapName, Looked> files = new ConcurrentHashMap<>();

    MapSources(@Nullable Path folder, BrandMaps brands) {
        this.folder = folder;
        this.brands = brands;
    }

    private record Looked(long at, @Nullable MapText text) {}

    Optional<MapText> find(@Nullable String brand, MapName name) {
        Optional<MapText> own = brand == null ? Optional.empty() : brands.find(brand, name);
        return own.or(() -> ofFolder(name)).or(() -> shipped(name));
    }

    /** What ships. */
    Optional<MapText> shipped(MapName name) {
        MapText known = shipped.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<MapText> read = resource(name).map(text -> new MapText(MapText.Origin.SHIPPED, "shipped", text));
        read.ifPresent(text -> shipped.put(name, text));
        return read;
    }

    private Optional<MapText> ofFolder(MapName name) {
        if (folder == null) {
            return Optional.empty();
        }
        Looked last = files.get(name);
        if (last != null && System.nanoTime() - last.at() < LOOK.toNanos()) {
            return Optional.ofNullable(last.text());
        }
        MapText text = read(folder.resolve(name.path()), last == null ? null : last.text());
        // Names come from callers too: what is not there is not remembered, so that they cannot fill the memory.
        if (text == null && last == null) {
            return Optional.empty();
        }
        files.put(name, new Looked(System.nanoTime(), text));
        return Optional.ofNullable(text);
    }

    private static @Nullable MapText read(Path file, @Nullable MapText last) {
        try {
            String version = Files.getLastModifiedTime(file) + "+" + Files.size(file);
            return last != null && last.version().equals(version)
                    ? last
                    : new MapText(MapText.Origin.FOLDER, version, Files.readString(file));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private static Optional<String> resource(MapName name) {
        String path = "mappings/" + name.path();
        ClassLoader own = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = own == null ? MapSources.class.getClassLoader() : own;
        try (InputStream in = loader.getResourceAsStream(path)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }
}
