package dev.weir.connectors.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Which tables may the map under way look into? */
@FunctionalInterface
interface Tables {
    /** The table as a JSON object; empty when there is none of that name. */
    Optional<JsonNode> find(String name);
}
