package dev.weir.magento.internal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxAnswer;
import dev.weir.connectors.sandbox.SandboxStore;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** How does Magento say no? A status, and a message that is a template with its parameters beside it. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private static final String NO_ENTITY = "No such entity with %fieldName = %fieldValue";
    private static final String PROBLEM = "oauth_problem=";

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
        return missing("The entity that was requested doesn't exist. Verify the entity and try again.");
    }

    /** 404 with a message of its own. */
    static Refusal missing(String message) {
        return new Refusal(404, message, "", "");
    }

    /** A route of a module that is not there. */
    static Refusal noRoute() {
        return missing("Request does not match any route.");
    }

    /** A cart that is not there, or is an order by now. */
    static Refusal missingCart(String id) {
        return new Refusal(404, NO_ENTITY, "cartId", id);
    }

    /** No token, a wrong one, or one without the resource: all the same. */
    static Refusal unauthorised(String resource) {
        return new Refusal(401, "The consumer isn't authorized to access %resources.", "resources", resource);
    }

    static Refusal wrongPassword() {
        return new Refusal(
                401,
                "The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later.",
                "",
                "");
    }

    static Refusal oauth(int status, String problem) {
        return new Refusal(status, PROBLEM + problem, "", "");
    }

    /** A database that gave up, and carried nothing out. */
    static Refusal deadlock() {
        return new Refusal(500, "Database deadlock found when trying to get lock", "", "");
    }

    static Refusal tooMany() {
        return new Refusal(429, "Too Many Requests", "trace", "");
    }

    /** A failure behind the scenes, whatever was carried out before it. */
    static Refusal masked() {
        return new Refusal(
                500,
                "Internal Error. Details are available in Magento log file. Report ID: webapi-6437a1b2c3d4e",
                "",
                "");
    }

    /** The answer; {@code localised} shops say it in their own language. */
    SandboxAnswer answer(boolean localised) {
        String message = String.valueOf(getMessage());
        if (message.startsWith(PROBLEM)) {
            return new SandboxAnswer(
                    status, Map.of("Content-Type", "text/plain"), message.getBytes(StandardCharsets.UTF_8));
        }
        boolean translated = localised && status == 400;
        ObjectNode body = SandboxStore.document().put("message", translated ? "Das ist so nicht möglich." : message);
        if (parameter.equals("cartId")) {
            body.putObject("parameters").put("fieldName", parameter).put("fieldValue", value);
        } else if (parameter.equals("trace")) {
            body.putNull(parameter);
        } else if (!parameter.isEmpty()) {
            body.putObject("parameters").put(parameter, value);
        }
        return SandboxAnswer.json(status, body);
    }
}
