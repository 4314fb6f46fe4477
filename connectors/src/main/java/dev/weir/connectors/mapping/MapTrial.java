package dev.weir.connectors.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.JsltException;
import dev.weir.connectors.ChannelException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How did a map do on one payload?
 *
 * @param result what it wrote; null when it failed before it was through
 * @param refusal why it did not compile, failed, or wrote what no record takes although its shape is right; else null
 * @param faults what of the result is not as its shape wants it
 * @param unread fields of the result that nobody reads
 */
public record MapTrial(
        @Nullable JsonNode result, @Nullable String refusal, List<MapFault> faults, List<String> unread) {
    /** Copies the lists. */
    public MapTrial {
        faults = List.copyOf(faults);
        unread = List.copyOf(unread);
    }

    /** Whether the payload would have been taken. */
    public boolean ok() {
        return refusal == null && faults.isEmpty();
    }

    static MapTrial of(MapName name, Supplier<JsonNode> run) {
        JsonNode written;
        try {
            written = run.get();
        } catch (JsltException | BrokenMap e) {
            return new MapTrial(null, e.getMessage(), List.of(), List.of());
        }
        Optional<Shape> shape = Shape.ofMap(name.name());
        if (shape.isEmpty()) {
            return new MapTrial(written, null, List.of(), List.of());
        }
        List<MapFault> faults = shape.get().faults(written);
        String refusal = faults.isEmpty() ? refusal(shape.get(), written) : null;
        return new MapTrial(written, refusal, faults, shape.get().unread(written));
    }

    private static @Nullable String refusal(Shape shape, JsonNode written) {
        try {
            Canonical.tryOut(shape, written);
            return null;
        } catch (ChannelException e) {
            return e.getMessage();
        }
    }
}
