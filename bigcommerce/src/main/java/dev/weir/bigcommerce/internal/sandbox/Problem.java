package dev.weir.bigcommerce.internal.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxAnswer;
import dev.weir.connectors.sandbox.SandboxStore;

/** Why does the store not do what was asked? Said by V3 in a problem, by V2 in a list. */
final class Problem extends RuntimeException {
    private static final String TYPE = "https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes";

    private final int status;

    Problem(int status, String title) {
        super(title, null, false, false);
        this.status = status;
    }

    SandboxAnswer answer(String path) {
        return path.contains("/v2/") ? v2() : v3();
    }

    private SandboxAnswer v3() {
        ObjectNode problem = SandboxStore.document()
                .put("status", status)
                .put("title", getMessage())
                .put("type", TYPE);
        problem.putObject("errors");
        return SandboxAnswer.json(status, problem);
    }

    private SandboxAnswer v2() {
        ObjectNode problem = SandboxStore.document().put("status", status).put("message", getMessage());
        return SandboxAnswer.json(status, JsonNodeFactory.instance.arrayNode().add(problem));
    }
}
