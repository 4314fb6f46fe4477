package dev.weir.connectors.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.Function;
import com.schibsted.spt.data.jslt.JsltException;

/**
 * What does the channel's platform call that? In maps, {@code table("categories", .type)} is the value under that key in
 * {@code mappings/<channel>/tables/categories.json}; a third argument is the answer where the key is missing.
 */
final class TableFunction implements Function {
    static final ScopedValue<Tables> TABLES = ScopedValue.newInstance();

    @Override
    public String getName() {
        return "table";
    }

    @Override
    public int getMinArguments() {
        return 2;
    }

    @Override
    public int getMaxArguments() {
        return 3;
    }

    @Override
    public JsonNode call(JsonNode input, JsonNode[] arguments) {
        String name = arguments[0].asText();
        String key = arguments[1].asText();
        JsonNode table = TABLES.get()
                .find(name)
                .orElseThrow(
                        () -> new JsltException("table " + name + ": not there (expected: a table of the channel)"));
        JsonNode value = arguments[1].isNull() ? null : table.get(key);
        if (value != null) {
            return value;
        }
        if (arguments.length > 2) {
            return arguments[2];
        }
        throw new JsltException(
                "table " + name + ": " + arguments[1] + " (expected: one of its " + table.size() + " keys)");
    }
}
