package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.Classifier;
import dev.weir.connectors.http.HttpAnswer;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Is an answer of Magento a failure? By HTTP status, because messages are templates and localised; those that are read
 * are templates of the code (a route's, a stock's), an OAuth problem's and a database's.
 *
 * @param safe whether sending the call again does no harm
 */
record MagentoFaults(String operation, boolean safe) implements Classifier {
    private static final int MAX_TEXT = 300;
    private static final Pattern OAUTH_PROBLEM = Pattern.compile("oauth_problem=([a-z_]{1,60})");
    private static final Pattern LOCKED = Pattern.compile("(?i)deadlock found|lock wait timeout");
    /** Of 404: answers of a shop that lacks a module or a link, not of a thing that is absent. */
    private static final List<String> NOT_BUILT =
            List.of("does not match any route", "No linked stock found", "Source item not found");

    @Override
    public @Nullable ChannelException fault(HttpAnswer answer) {
        if (answer.status() / 100 == 2) {
            return isJson(answer) ? null : new ChannelException(unknown(), operation + ": answer is not JSON");
        }
        Matcher oauth = OAUTH_PROBLEM.matcher(answer.text());
        if (oauth.find()) {
            return refused(oauth.group(1), answer.status());
        }
        String message = isJson(answer) ? message(answer) : "no JSON";
        return new ChannelException(
                kind(answer.status(), message),
                login(answer) + operation + ": HTTP " + answer.status() + ", " + message);
    }

    private String login(HttpAnswer answer) {
        return answer.status() != 401
                ? ""
                : switch (operation) {
                    case "adminToken" -> "adminPassword: the shop does not take it for this administrator. ";
                    case "customerToken" -> "customerPassword: the shop does not take it for this customer. ";
                    default -> "";
                };
    }

    /** A nonce that was used refuses the call before it is carried out, and the next attempt has another. */
    private ChannelException refused(String problem, int status) {
        String hint = problem.equals("timestamp_refused") ? " (expected: a clock like the shop's)" : "";
        return new ChannelException(
                problem.equals("nonce_used") ? Fault.TRANSIENT : Fault.UNAUTHORISED,
                suspect(problem) + operation + ": HTTP " + status + ", oauth_problem=" + problem + hint);
    }

    /** The setting that an OAuth problem is about, in front of the shop's words; one signature stands on two secrets. */
    private static String suspect(String problem) {
        return switch (problem) {
            case "consumer_key_rejected" -> "consumerKey: not one that the shop knows (expected: the integration's). ";
            case "signature_invalid" ->
                "consumerSecret: it or the access token secret is another's, or the shop sees another address"
                        + " (expected: both secrets of the integration). ";
            case "token_rejected", "token_expired", "token_revoked", "token_revoke", "token_used" ->
                "accessToken: not valid, or no longer (expected: the integration's). ";
            default -> "";
        };
    }

    private Fault kind(int status, String message) {
        if (LOCKED.matcher(message).find()) {
            return unknown();
        }
        return switch (status) {
            case 401, 403 -> Fault.UNAUTHORISED;
            case 404 -> NOT_BUILT.stream().anyMatch(message::contains) ? Fault.REJECTED : Fault.NOT_FOUND;
            case 429 -> Fault.THROTTLED;
            default -> status >= 500 ? unknown() : Fault.REJECTED;
        };
    }

    /** PHP goes on working after its answer was given up. */
    private Fault unknown() {
        return safe ? Fault.TRANSIENT : Fault.OUTCOME_UNKNOWN;
    }

    private static boolean isJson(HttpAnswer answer) {
        String type = answer.header("content-type");
        return type != null && type.contains("json");
    }

    private static String message(HttpAnswer answer) {
        try {
            JsonNode body = MagentoClient.JSON.readTree(answer.body());
            StringBuilder text = new StringBuilder(said(body));
            body.path("errors").forEach(error -> text.append(" ").append(said(error)));
            return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text.toString();
        } catch (IOException e) {
            return "not JSON";
        }
    }

    /** Very early failures are said in another shape. */
    private static String said(JsonNode body) {
        JsonNode early = body.path("messages").path("error").path(0).path("message");
        return render(body.path("message").asText(early.asText("no message")), body.path("parameters"));
    }

    /** Puts parameters in: {@code %name} of an object, {@code %1} of an array; longer names first, for some begin alike. */
    static String render(String template, JsonNode parameters) {
        String text = template;
        for (int at = parameters.isArray() ? parameters.size() : 0; at > 0; at--) {
            text = text.replace("%" + at, parameters.path(at - 1).asText());
        }
        List<Map.Entry<String, JsonNode>> fields = parameters.properties().stream()
                .sorted(Comparator.comparingInt(
                        (Map.Entry<String, JsonNode> field) -> -field.getKey().length()))
                .toList();
        for (Map.Entry<String, JsonNode> field : fields) {
            text = text.replace("%" + field.getKey(), field.getValue().asText());
        }
        return text;
    }
}
