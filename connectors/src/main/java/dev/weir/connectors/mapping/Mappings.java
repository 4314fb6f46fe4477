package dev.weir.connectors.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How does a channel's JSON become ours? Field maps in JSLT, {@code mappings/<channel>/fields/<name>.jslt}: side-effect
 * free, so ops may edit them. A file under the override folder wins over the one that ships. Thread-safe.
 */
public final class Mappings {
    private final @Nullable Path overrides;
    private final Map<String, Expression> compiled = new ConcurrentHashMap<>();

    /** Field maps as shipped, unless {@code overrides} (a folder laid out like {@code mappings/}, or null) has its own. */
    public Mappings(@Nullable Path overrides) {
        this.overrides = overrides;
    }

    /** Applies {@code mappings/<channel>/fields/<name>.jslt}; a map that fails on the input is {@link Fault#REJECTED}. */
    public JsonNode apply(String channel, String name, JsonNode input) {
        String path = channel + "/fields/" + name + ".jslt";
        try {
            return compiled.computeIfAbsent(path, this::compile).apply(input);
        } catch (JsltException e) {
            throw new ChannelException(Fault.REJECTED, "mapping " + path + ": " + e.getMessage(), null, e);
        }
    }

    private Expression compile(String path) {
        try {
            return new Parser(new StringReader(source(path))).compile();
        } catch (IOException e) {
            throw new ChannelException(Fault.REJECTED, "mapping " + path + ": cannot be read", null, e);
        }
    }

    private String source(String path) throws IOException {
        if (overrides != null && Files.isRegularFile(overrides.resolve(path))) {
            return Files.readString(overrides.resolve(path));
        }
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream("mappings/" + path)) {
            if (in == null) {
                throw new IOException("mappings/" + path + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
