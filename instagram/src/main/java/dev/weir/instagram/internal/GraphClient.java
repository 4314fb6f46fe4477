package dev.weir.instagram.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.BudgetTerms;
import dev.weir.connectors.http.ChannelHttp;
import dev.weir.connectors.http.Classifier;
import dev.weir.connectors.http.HttpAnswer;
import dev.weir.connectors.http.HttpCall;
import dev.weir.connectors.http.Lane;
import dev.weir.connectors.http.Signatures;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How is the Graph API asked? One pinned version, the token in a header (addresses end up in logs), and the proof that
 * whoever sends the token also knows the app's secret. Thread-safe.
 */
public final class GraphClient {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final byte[] NOTHING = {};

    private final ChannelHttp http;
    private final Connection connection;
    private final @Nullable String token;

    /** A client for one connection, with the connection's own token. */
    public GraphClient(ChannelHttp http, Connection connection) {
        this(http, connection, null);
    }

    private GraphClient(ChannelHttp http, Connection connection, @Nullable String token) {
        this.http = http;
        this.connection = connection;
        this.token = token;
    }

    /** The same with another token of the same app, such as a Page's. */
    GraphClient as(String otherToken) {
        return new GraphClient(http, connection, otherToken);
    }

    /** The same as the app itself; needs the setting {@code appId}. */
    GraphClient asApp() {
        return as(connection.setting("appId") + "|" + connection.setting("appSecret"));
    }

    JsonNode get(String operation, Lane lane, String path, Map<String, String> query) {
        return send(new Ask(operation, lane, "GET", path, query, NOTHING, true, GraphBudget.calls()));
    }

    /** Posts what may be posted twice: a lost answer is asked for again. */
    JsonNode repeatable(String operation, Lane lane, String path, JsonNode body) {
        return send(new Ask(operation, lane, "POST", path, Map.of(), bytes(body), true, GraphBudget.calls()));
    }

    /** Posts a batch of absolute values, which may be posted twice and has a budget of its own; see {@link HttpCall#shy}. */
    JsonNode batch(String operation, Lane lane, boolean isShy, String path, JsonNode body) {
        BudgetTerms terms = GraphBudget.batches(connection);
        return send(new Ask(operation, lane, "POST", path, Map.of(), bytes(body), true, terms, isShy));
    }

    /** Posts what Meta takes once: {@code done} is its code for a repeat, which is no failure. */
    JsonNode unlessDone(String operation, Lane lane, String path, JsonNode body, int done) {
        Ask ask = new Ask(operation, lane, "POST", path, Map.of(), bytes(body), true, GraphBudget.calls());
        return send(ask, new GraphFaults(operation, true).except(done));
    }

    /** Posts what must not be posted twice: a lost answer is {@link Fault#OUTCOME_UNKNOWN}. */
    JsonNode once(String operation, Lane lane, String path, JsonNode body) {
        return send(new Ask(operation, lane, "POST", path, Map.of(), bytes(body), false, GraphBudget.calls()));
    }

    /** Exchanges a code or a token at {@code /oauth/access_token}; as a form, because secrets do not belong in addresses. */
    JsonNode exchange(String operation, Map<String, String> form, boolean repeatable) {
        HttpCall call = new HttpCall(
                operation,
                "POST",
                address("/oauth/access_token", Map.of()),
                Map.of("Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json"),
                form(form).getBytes(StandardCharsets.UTF_8),
                repeatable);
        return parse(
                operation,
                http.exchange(connection, call, new GraphFaults(operation, repeatable).ofLogin(), GraphBudget.calls()));
    }

    /** Lower-case hexadecimal HMAC-SHA-256 of the token under the app's secret. */
    static String proof(String appSecret, String accessToken) {
        return Signatures.hex(Signatures.hmacSha256(appSecret, accessToken.getBytes(StandardCharsets.UTF_8)));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** {@code pairs} as a query or form. */
    static String form(Map<String, String> pairs) {
        return pairs.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + encode(pair.getValue()))
                .collect(Collectors.joining("&"));
    }

    private record Ask(
            String operation,
            Lane lane,
            String method,
            String path,
            Map<String, String> query,
            byte[] body,
            boolean repeatable,
            BudgetTerms terms,
            boolean isShy) {
        Ask(
                String operation,
                Lane lane,
                String method,
                String path,
                Map<String, String> query,
                byte[] body,
                boolean repeatable,
                BudgetTerms terms) {
            this(operation, lane, method, path, query, body, repeatable, terms, false);
        }
    }

    private JsonNode send(Ask ask) {
        return send(ask, new GraphFaults(ask.operation(), ask.repeatable()));
    }

    private JsonNode send(Ask ask, Classifier faults) {
        String bearer = token == null ? connection.setting("accessToken") : token;
        Map<String, String> query = new LinkedHashMap<>(ask.query());
        query.put("appsecret_proof", proof(connection.setting("appSecret"), bearer));
        Map<String, String> headers = Map.of(
                "Authorization", "Bearer " + bearer,
                "Content-Type", "application/json",
                "Accept", "application/json");
        HttpCall call = new HttpCall(
                        ask.operation(),
                        ask.method(),
                        address(ask.path(), query),
                        headers,
                        ask.body(),
                        ask.repeatable())
                .in(ask.lane());
        return parse(ask.operation(), http.exchange(connection, ask.isShy() ? call.shy() : call, faults, ask.terms()));
    }

    private URI address(String path, Map<String, String> query) {
        String version = GraphVersion.of(connection).name();
        String base = connection.setting("baseUrl", "https://graph.facebook.com");
        try {
            return URI.create(base + "/" + version + path + (query.isEmpty() ? "" : "?" + form(query)));
        } catch (IllegalArgumentException e) {
            throw new ChannelException(
                    Fault.UNAUTHORISED, "baseUrl: " + base + " (expected: an http or https address)", null, e);
        }
    }

    private static byte[] bytes(JsonNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode parse(String operation, HttpAnswer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new ChannelException(Fault.TRANSIENT, operation + ": answer is not JSON", null, e);
        }
    }
}
