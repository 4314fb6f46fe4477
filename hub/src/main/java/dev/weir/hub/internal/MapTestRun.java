package dev.weir.hub.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.connectors.mapping.BrandMaps;
import dev.weir.connectors.mapping.Difference;
import dev.weir.connectors.mapping.MapFault;
import dev.weir.connectors.mapping.MapName;
import dev.weir.connectors.mapping.MapText;
import dev.weir.connectors.mapping.MapTrial;
import dev.weir.connectors.mapping.Mappings;
import dev.weir.hub.internal.maps.MapCatalog;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What does a map make of a payload, and what does an override make of it instead? Starts nothing. */
final class MapTestRun {
    private static final long MOST = 16L * 1024 * 1024;

    private final CommandLine.MapTest command;
    private final Map<String, String> environment;
    private final Terminal terminal;
    private final PrintStream out;
    private final ObjectMapper json = new ObjectMapper();

    MapTestRun(CommandLine.MapTest command, Map<String, String> environment, Terminal terminal) {
        this.command = command;
        this.environment = environment;
        this.terminal = terminal;
        this.out = terminal.out();
    }

    /** An override, and what to call it. */
    private record Other(String title, String text) {}

    /** 0 when the payload would be taken, 1 when not, 2 when something that was named is not there. */
    int run() {
        try {
            MapName name = new MapName(command.channel(), map());
            Mappings mappings = new Mappings(command.data().resolve("mappings"), brands());
            Other other = override(mappings, name);
            MapText shipped = mappings.shipped(name).orElse(null);
            if (shipped == null && other == null) {
                throw new IllegalArgumentException(
                        "--map: " + name.name() + " (expected: one of " + MapCatalog.maps(command.channel()) + ")");
            }
            JsonNode payload = payload();
            MapTrial usual = shipped == null ? null : mappings.attempt(command.brand(), name, shipped.text(), payload);
            return other == null && usual != null
                    ? tell(name, "the shipped map", usual)
                    : tell(mappings, name, java.util.Objects.requireNonNull(other), usual, payload);
        } catch (IllegalArgumentException e) {
            terminal.refuse(String.valueOf(e.getMessage()));
            return 2;
        } catch (IOException e) {
            terminal.refuse(e.toString());
            return 2;
        }
    }

    private int tell(Mappings mappings, MapName name, Other other, @Nullable MapTrial usual, JsonNode payload) {
        MapTrial own = mappings.attempt(command.brand(), name, other.text(), payload);
        int status = tell(name, other.title(), own);
        if (usual == null) {
            return status;
        }
        List<Difference> differences = Difference.between(usual.result(), own.result());
        out.println(
                differences.isEmpty()
                        ? "No difference from what the shipped map writes."
                        : "Differences, from what the shipped map writes to what " + other.title() + " writes:");
        differences.forEach(difference -> out.println("  " + difference));
        return status;
    }

    private int tell(MapName name, String title, MapTrial trial) {
        out.println(name + ", " + title + ":");
        if (trial.result() != null) {
            out.println(trial.result().toPrettyString());
        }
        if (trial.refusal() != null) {
            out.println("Refused: " + trial.refusal());
        }
        if (!trial.faults().isEmpty()) {
            out.println(trial.faults().size() == 1 ? "1 fault:" : trial.faults().size() + " faults:");
            for (MapFault fault : trial.faults()) {
                out.println("  " + fault);
            }
        }
        trial.unread().forEach(field -> out.println("Nobody reads " + field + "."));
        return trial.ok() ? 0 : 1;
    }

    private String map() {
        if (command.map() != null) {
            return command.map();
        }
        List<String> maps = MapCatalog.maps(command.channel());
        if (maps.contains("order")) {
            return "order";
        }
        if (maps.size() != 1) {
            throw new IllegalArgumentException(
                    maps.isEmpty()
                            ? "CHANNEL: " + command.channel() + " (expected: a channel with maps)"
                            : "--map: missing (expected: one of " + maps + ")");
        }
        return maps.getFirst();
    }

    private BrandMaps brands() {
        if (command.brand() == null) {
            return BrandMaps.none();
        }
        String key = command.key() == null ? environment.getOrDefault("WEIR_KEY", "") : command.key();
        if (key.isBlank()) {
            throw new IllegalArgumentException(
                    "WEIR_KEY: missing (expected: an ops key of " + command.brand() + ", there or behind --key)");
        }
        URI hub = command.hub() == null
                ? URI.create(environment.getOrDefault("WEIR_HUB", "http://localhost:8080"))
                : command.hub();
        return new HubMaps(hub, key);
    }

    private @Nullable Other override(Mappings mappings, MapName name) throws IOException {
        Path with = command.with();
        if (with != null) {
            return new Other(with.toString(), text("--with", with));
        }
        MapText text = mappings.inForce(command.brand(), name).orElse(null);
        if (text == null) {
            return null;
        }
        return switch (text.origin()) {
            case BRAND -> new Other("version " + text.version() + " of " + command.brand(), text.text());
            case FOLDER ->
                new Other(
                        command.data().resolve("mappings").resolve(name.path()).toString(), text.text());
            case SHIPPED -> null;
        };
    }

    private JsonNode payload() throws IOException {
        try {
            return json.readTree(text("FILE", command.file()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "FILE: " + command.file() + ", line " + e.getLocation().getLineNr() + " (expected: JSON)", e);
        }
    }

    private static String text(String option, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(option + ": " + file + " (expected: a file that exists)");
        }
        if (Files.size(file) > MOST) {
            throw new IllegalArgumentException(option + ": " + file + " (expected: at most " + MOST + " bytes)");
        }
        return Files.readString(file);
    }
}
