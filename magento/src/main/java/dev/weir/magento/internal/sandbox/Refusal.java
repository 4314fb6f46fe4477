package dev.weir.magento.internal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxAnswer;
import dev.weir.connectors.sandbox.SandboxStore;

/** How does Magento say no? A status, and a message that is a template with its parameters beside it. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private static final String NO_ENTITY = "No such entity with %fieldName = %fieldValue";

    private final int status;
    private final String parameter;
    private final String value;

    private Refusal(int status, String template, String parameter, String value) {
        super(template, null, false, false);
        this.status = status;
        this.parameter = parameter;
        this.value = value;
    }

    /** 400 without parameters. */
    static Refusal bad(String message) {
        return new Refusal(400, message, "", "");
    }

    /** 400 with one named parameter. */
    static Refusal bad(String template, String parameter, String value) {
        return new Refusal(400, template, parameter, value);
    }

    /** An entity that is not there. */
    static Refusal missing() {
        return new Refusal(
                404, "The entity that was requested doesn't exist. Verify the entity and try again.", "", "");
    }

    /** A cart that is not there, or is an order by now. */
    static Refusal missingCart(String id) {
        return new Refusal(404, NO_ENTITY, "cartId", id);
    }

    SandboxAnswer answer() {
        ObjectNode body = SandboxStore.document().put("message", getMessage());
        if (parameter.equals("cartId")) {
            body.putObject("parameters").put("fieldName", parameter).put("fieldValue", value);
        } else if (!parameter.isEmpty()) {
            body.putObject("parameters").put(parameter, value);
        }
        return SandboxAnswer.json(status, body);
    }
}
