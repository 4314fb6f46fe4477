package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.ChannelHttp;
import dev.weir.connectors.http.HttpAnswer;
import dev.weir.connectors.http.HttpCall;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * How is Magento asked? REST below {@code /rest/{storeCode}/V1}; numbers are kept as the decimals that were sent.
 * Thread-safe.
 */
public final class MagentoClient {
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final ChannelHttp http;
    private final Connection connection;
    private final Clock clock;

    /** A client for one connection. */
    public MagentoClient(ChannelHttp http, Connection connection, Clock clock) {
        this.http = http;
        this.connection = connection;
        this.clock = clock;
    }

    JsonNode get(String operation, String path, Search search) {
        return send(operation, "GET", path, search.pairs(), new byte[0], true);
    }

    JsonNode get(String operation, String path) {
        return send(operation, "GET", path, List.of(), new byte[0], true);
    }

    /** Posts what may be posted twice: a lost answer is asked for again. */
    JsonNode repeatable(String operation, String path, JsonNode body) {
        return send(operation, "POST", path, List.of(), bytes(body), true);
    }

    /** Posts what Magento would carry out twice: a lost answer is {@link Fault#OUTCOME_UNKNOWN}. */
    JsonNode once(String operation, String path, JsonNode body) {
        return send(operation, "POST", path, List.of(), bytes(body), false);
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    private JsonNode send(
            String operation,
            String method,
            String path,
            List<Map.Entry<String, String>> query,
            byte[] body,
            boolean safe) {
        String url = base() + path;
        Map<String, String> headers = Map.of(
                "Authorization", authorization(method, url, query),
                "Content-Type", "application/json",
                "Accept", "application/json");
        URI uri = uri(query.isEmpty() ? url : url + "?" + Search.query(query));
        HttpCall call = new HttpCall(operation, method, uri, headers, body, safe);
        return parse(operation, http.exchange(connection, call, new MagentoFaults(operation, safe)));
    }

    private String authorization(String method, String url, List<Map.Entry<String, String>> query) {
        String token = connection.setting("accessToken");
        String key = connection.setting("consumerKey", "");
        if (key.isBlank()) {
            return "Bearer " + token;
        }
        OAuth1 oauth =
                new OAuth1(key, connection.setting("consumerSecret"), token, connection.setting("accessTokenSecret"));
        return oauth.header(
                method,
                url,
                query,
                clock.instant().getEpochSecond(),
                UUID.randomUUID().toString());
    }

    private String base() {
        String shop = connection.setting("baseUrl");
        String trimmed = shop.endsWith("/") ? shop.substring(0, shop.length() - 1) : shop;
        return trimmed + "/rest/" + Search.encode(connection.setting("storeCode", "default")) + "/V1";
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

    private static byte[] bytes(JsonNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
