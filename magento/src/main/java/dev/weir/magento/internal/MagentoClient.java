package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.BackPressure;
import dev.weir.connectors.http.BudgetTerms;
import dev.weir.connectors.http.ChannelHttp;
import dev.weir.connectors.http.HttpAnswer;
import dev.weir.connectors.http.HttpCall;
import dev.weir.connectors.http.Lane;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How is Magento asked? REST below {@code /rest/{storeCode}/V1}; numbers are kept as the decimals that were sent.
 * Thread-safe.
 */
public final class MagentoClient {
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final String ASYNC = "async/bulk/";

    /** Magento publishes no budget: what a middling shop takes, less as soon as it answers slowly. */
    private static final BudgetTerms TERMS = new BackPressure(20, Duration.ofSeconds(5));

    private final ChannelHttp http;
    private final Connection connection;
    private final Clock clock;
    private final ShopMemory memory;
    private final Lane lane;
    private final Scope scope;

    /** A client for one connection, whose calls wait in {@code lane}. */
    public MagentoClient(ChannelHttp http, Connection connection, Clock clock, ShopMemory memory, Lane lane) {
        this(http, connection, clock, memory, lane, new Scope(connection.setting("storeCode", "default"), "", null));
    }

    private MagentoClient(
            ChannelHttp http, Connection connection, Clock clock, ShopMemory memory, Lane lane, Scope scope) {
        this.http = http;
        this.connection = connection;
        this.clock = clock;
        this.memory = memory;
        this.lane = lane;
        this.scope = scope;
    }

    /** The same for another store view; {@code all} is every one of them. */
    MagentoClient store(String code) {
        return with(new Scope(code, scope.prefix, scope.token));
    }

    /** The same, whose posts are queued at the shop: one body becomes one operation. */
    MagentoClient queued() {
        return with(new Scope(scope.store, ASYNC, scope.token));
    }

    /** The same, in the name of whom {@code token} was given to; an empty one asks in nobody's. */
    MagentoClient as(String token) {
        return with(new Scope(scope.store, scope.prefix, token));
    }

    ShopMemory memory() {
        return memory;
    }

    Connection connection() {
        return connection;
    }

    Clock clock() {
        return clock;
    }

    JsonNode get(String operation, String path, Search search) {
        return answer(operation, "GET", path, search.pairs(), null, true).body();
    }

    JsonNode get(String operation, String path) {
        return answer(operation, "GET", path, List.of(), null, true).body();
    }

    /** As {@link #get}, with the time at the shop. */
    Reply dated(String operation, String path, Search search) {
        return answer(operation, "GET", path, search.pairs(), null, true);
    }

    /** Posts what may be posted twice: a lost answer is asked for again. */
    JsonNode repeatable(String operation, String path, JsonNode body) {
        return answer(operation, "POST", path, List.of(), body, true).body();
    }

    /** Posts what Magento would carry out twice: a lost answer is {@link Fault#OUTCOME_UNKNOWN}. */
    JsonNode once(String operation, String path, JsonNode body) {
        return answer(operation, "POST", path, List.of(), body, false).body();
    }

    /** Overwrites, or deletes when {@code body} is null; both may be done twice. */
    JsonNode overwrite(String operation, String path, @Nullable JsonNode body) {
        return answer(operation, body == null ? "DELETE" : "PUT", path, List.of(), body, true)
                .body();
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** An administrator's token lapses, and a 401 does not say whether it did: then it is logged in once more. */
    private Reply answer(
            String operation,
            String method,
            String path,
            List<Map.Entry<String, String>> query,
            @Nullable JsonNode body,
            boolean safe) {
        try {
            return send(operation, method, path, query, body, safe);
        } catch (ChannelException e) {
            if (e.fault() != Fault.UNAUTHORISED
                    || scope.token != null
                    || !authority().logsIn()) {
                throw e;
            }
            memory.forget(Logins.ADMIN);
            return send(operation, method, path, query, body, safe);
        }
    }

    private Reply send(
            String operation,
            String method,
            String path,
            List<Map.Entry<String, String>> query,
            @Nullable JsonNode body,
            boolean safe) {
        String rest = "/rest/" + Search.encode(scope.store) + "/" + scope.prefix + "V1" + path;
        byte[] bytes = body == null ? new byte[0] : body.toString().getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = Map.of("Content-Type", "application/json", "Accept", "application/json");
        String base = Authority.trimmed(connection.setting("baseUrl"));
        URI uri = uri(query.isEmpty() ? base + rest : base + rest + "?" + Search.query(query));
        HttpCall call = authorised(new HttpCall(operation, method, uri, headers, bytes, safe).in(lane), rest, query);
        HttpAnswer answer = http.exchange(connection, call, new MagentoFaults(operation, safe), TERMS);
        return new Reply(parse(operation, answer), answer.header("date"));
    }

    private HttpCall authorised(HttpCall call, String path, List<Map.Entry<String, String>> query) {
        if (scope.token == null && authority().signs()) {
            return call.signed(authority().signature(call.method(), path, query));
        }
        String token = scope.token == null ? bearer() : scope.token;
        return token.isEmpty() ? call : call.signed(() -> Map.of("Authorization", "Bearer " + token));
    }

    private String bearer() {
        return authority().logsIn() ? new Logins(this).admin() : connection.setting("accessToken");
    }

    private Authority authority() {
        return new Authority(connection, clock);
    }

    private MagentoClient with(Scope other) {
        return new MagentoClient(http, connection, clock, memory, lane, other);
    }

    private URI uri(String address) {
        try {
            return URI.create(address);
        } catch (IllegalArgumentException e) {
            throw new ChannelException(
                    Fault.UNAUTHORISED,
                    "baseUrl: " + connection.setting("baseUrl") + " (expected: an http or https address)",
                    null,
                    e);
        }
    }

    private static JsonNode parse(String operation, HttpAnswer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new ChannelException(Fault.OUTCOME_UNKNOWN, operation + ": answer is not JSON", null, e);
        }
    }

    /**
     * What did the shop answer?
     *
     * @param date the {@code Date} header, or null
     */
    record Reply(JsonNode body, @Nullable String date) {}

    /** Which part of the API is asked, and in whose name where that is not the integration's? */
    private record Scope(
            String store, String prefix, @Nullable String token) {}
}
