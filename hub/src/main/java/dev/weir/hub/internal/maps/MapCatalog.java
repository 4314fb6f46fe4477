package dev.weir.hub.internal.maps;

import dev.weir.connectors.mapping.MapName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Which maps and tables ship with the channels on the class path? */
public final class MapCatalog {
    private static final Pattern FILE =
            Pattern.compile("mappings/([a-z0-9-]+)/(fields|tables)/([a-z0-9-]+)\\.(jslt|json)$");

    private MapCatalog() {}

    /** All of them, by channel and name. */
    public static List<MapName> shipped() {
        PathMatchingResourcePatternResolver files = new PathMatchingResourcePatternResolver();
        try {
            return Stream.of("classpath*:mappings/*/fields/*.jslt", "classpath*:mappings/*/tables/*.json")
                    .flatMap(pattern -> Stream.of(resources(files, pattern)))
                    .map(MapCatalog::name)
                    .distinct()
                    .sorted(java.util.Comparator.comparing(MapName::toString))
                    .toList();
        } catch (UncheckedIOException e) {
            throw new IllegalStateException("mappings on the class path cannot be listed", e);
        }
    }

    /** Names of the channel's field maps. */
    public static List<String> maps(String channel) {
        return shipped().stream()
                .filter(name -> name.channel().equals(channel) && !name.isTable())
                .map(MapName::name)
                .toList();
    }

    private static Resource[] resources(PathMatchingResourcePatternResolver files, String pattern) {
        try {
            return files.getResources(pattern);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MapName name(Resource resource) {
        try {
            Matcher path = FILE.matcher(resource.getURL().toString());
            if (!path.find()) {
                throw new IllegalStateException(resource + " is not named like a map");
            }
            return path.group(2).equals("tables")
                    ? MapName.table(path.group(1), path.group(3))
                    : new MapName(path.group(1), path.group(3));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
