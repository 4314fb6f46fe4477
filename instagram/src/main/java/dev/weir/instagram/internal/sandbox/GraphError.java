package dev.weir.instagram.internal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;

/** How does the Graph API say no? */
final class GraphError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;
    private final String type;

    GraphError(int code, String type, String message) {
        super(message, null, false, false);
        this.code = code;
        this.type = type;
    }

    /** A parameter that is wrong or missing. */
    static GraphError parameter(String message) {
        return new GraphError(100, "OAuthException", "(#100) " + message);
    }

    ObjectNode body() {
        ObjectNode body = SandboxStore.document();
        body.putObject("error")
                .put("message", getMessage())
                .put("type", type)
                .put("code", code)
                .put("is_transient", false)
                .put("fbtrace_id", "Sandbox");
        return body;
    }
}
