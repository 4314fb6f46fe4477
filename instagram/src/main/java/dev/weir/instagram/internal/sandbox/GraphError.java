package dev.weir.instagram.internal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;

/** How does the Graph API say no? */
final class GraphError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final int code;
    private final int subcode;
    private final String type;

    private GraphError(int status, int code, int subcode, String type, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.subcode = subcode;
        this.type = type;
    }

    /** Most errors: HTTP 400, an OAuthException. */
    static GraphError of(int code, String message) {
        return new GraphError(400, code, 0, "OAuthException", message);
    }

    /** One with a subcode; a token's trouble is HTTP 401. */
    static GraphError of(int code, int subcode, String message) {
        return new GraphError(code == 190 ? 401 : 400, code, subcode, "OAuthException", message);
    }

    /** A parameter that is wrong or missing. */
    static GraphError parameter(String message) {
        return of(100, "(#100) " + message);
    }

    static GraphError method(int subcode, String message) {
        return new GraphError(400, 100, subcode, "GraphMethodException", message);
    }

    /** Meta's own trouble. */
    static GraphError internal() {
        return new GraphError(500, 2, 0, "OAuthException", "An unexpected error has occurred. Please retry later.");
    }

    int status() {
        return status;
    }

    ObjectNode body() {
        ObjectNode body = SandboxStore.document();
        ObjectNode error = body.putObject("error")
                .put("message", getMessage())
                .put("type", type)
                .put("code", code)
                .put("is_transient", status == 500)
                .put("fbtrace_id", "Sandbox");
        if (subcode != 0) {
            error.put("error_subcode", subcode);
        }
        return body;
    }
}
