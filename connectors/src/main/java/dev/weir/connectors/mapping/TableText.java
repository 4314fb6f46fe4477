package dev.weir.connectors.mapping;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;

/** When is a text a table? When it is a JSON object, each key once, of at most {@link JsltMap#MOST_SOURCE} bytes. */
final class TableText {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private TableText() {}

    static JsonNode parse(String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > JsltMap.MOST_SOURCE) {
            throw new BrokenMap(0, 0, bytes + " bytes", "at most " + JsltMap.MOST_SOURCE, null);
        }
        try {
            JsonNode table = JSON.readTree(text);
            if (!table.isObject()) {
                throw new BrokenMap(1, 1, table.getNodeType().toString(), "a JSON object", null);
            }
            return table;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new BrokenMap(
                    at == null ? 0 : at.getLineNr(),
                    at == null ? 0 : at.getColumnNr(),
                    e.getOriginalMessage(),
                    "a JSON object",
                    e);
        }
    }
}
