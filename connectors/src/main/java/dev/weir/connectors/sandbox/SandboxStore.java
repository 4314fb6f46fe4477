package dev.weir.connectors.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where does a stand-in keep what it was told, so that it is still there after a restart? Documents by collection and id,
 * in memory, each change appended to a file. Thread-safe; {@link #locked} makes several steps one.
 */
public final class SandboxStore {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Map<String, ObjectNode>> collections = new LinkedHashMap<>();
    private final @Nullable Path file;
    private @Nullable Writer writer;

    /** A store that lives in {@code file}, or in memory alone when it is null. */
    public SandboxStore(@Nullable Path file) {
        this.file = file;
        if (file != null && Files.exists(file)) {
            replay(file);
        }
    }

    /** A new document for JSON of any shape. */
    public static ObjectNode document() {
        return JSON.createObjectNode();
    }

    /** Stores {@code document} under {@code id}, replacing an earlier one. */
    public synchronized void put(String collection, String id, ObjectNode document) {
        of(collection).put(id, document.deepCopy());
        if (file != null) {
            append(collection, id, document);
        }
    }

    /** A copy of the document, or null. */
    public synchronized @Nullable ObjectNode get(String collection, String id) {
        ObjectNode found = of(collection).get(id);
        return found == null ? null : found.deepCopy();
    }

    /** Copies of the collection's documents in the order of their first {@link #put}. */
    public List<ObjectNode> list(String collection) {
        return list(collection, document -> true);
    }

    /** As {@link #list} of those that are {@code wanted}, which looks and changes nothing: only they are copied. */
    public synchronized List<ObjectNode> list(String collection, Predicate<ObjectNode> wanted) {
        return of(collection).values().stream()
                .filter(wanted)
                .map(ObjectNode::deepCopy)
                .toList();
    }

    /** The next number of {@code sequence}: 1, 2, 3 … */
    public synchronized long next(String sequence) {
        ObjectNode counter = get("sequences", sequence);
        long value = counter == null ? 1 : counter.path("value").asLong() + 1;
        put("sequences", sequence, document().put("value", value));
        return value;
    }

    /** Runs {@code step} while nobody else reads or writes. */
    public synchronized <T> T locked(Supplier<T> step) {
        return step.get();
    }

    private Map<String, ObjectNode> of(String collection) {
        return collections.computeIfAbsent(collection, name -> new LinkedHashMap<>());
    }

    private void append(String collection, String id, ObjectNode document) {
        ObjectNode line = document().put("collection", collection).put("id", id);
        line.set("document", document);
        try {
            Writer open = writer;
            if (open == null) {
                open = open();
                writer = open;
            }
            open.write(line + "\n");
            open.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("sandbox store " + file + " cannot be written", e);
        }
    }

    /** Stays open for as long as the process: a stand-in ends with it. */
    private Writer open() throws IOException {
        Path place = Objects.requireNonNull(file).toAbsolutePath();
        Files.createDirectories(Objects.requireNonNull(place.getParent()));
        return Files.newBufferedWriter(
                place, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void replay(Path from) {
        try {
            for (String line : Files.readAllLines(from, StandardCharsets.UTF_8)) {
                replayLine(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("sandbox store " + from + " cannot be read", e);
        }
    }

    /** A kill in the middle of a write leaves half a last line: it never happened. */
    private void replayLine(String line) {
        try {
            var entry = JSON.readTree(line);
            if (entry.path("document") instanceof ObjectNode document) {
                of(entry.path("collection").asText()).put(entry.path("id").asText(), document);
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            org.slf4j.LoggerFactory.getLogger(SandboxStore.class).warn("Left out a torn line of {}", file);
        }
    }
}
