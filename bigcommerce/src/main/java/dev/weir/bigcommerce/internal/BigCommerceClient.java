package dev.weir.bigcommerce.internal;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.ChannelHttp;
import dev.weir.connectors.http.HttpAnswer;
import dev.weir.connectors.http.HttpCall;
import dev.weir.connectors.http.Lane;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How is BigCommerce asked? REST below {@code /stores/{hash}}, the token in a header; numbers are kept as the decimals that were sent.
 * V2 speaks XML unless JSON is asked for, and says 204 instead of an empty list. Thread-safe.
 */
public final class BigCommerceClient {
    static final String API = "https://api.bigcommerce.com";

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Quota QUOTA = new Quota();

    private final ChannelHttp http;
    private final Connection connection;
    private final Lane lane;

    /** A client for one connection, whose calls wait in {@code lane}. */
    public BigCommerceClient(ChannelHttp http, Connection connection, Lane lane) {
        this.http = http;
        this.connection = connection;
        this.lane = lane;
    }

    Connection connection() {
        return connection;
    }

    /** What is at {@code path}; an empty list where the answer has no body. */
    JsonNode get(String operation, String path, Map<String, String> query) {
        return dated(operation, path, query).body();
    }

    /** As above, with the answer's {@code Date}. */
    Reply dated(String operation, String path, Map<String, String> query) {
        return send(operation, "GET", path, query, null, true);
    }

    /** PUTs what may be put twice: a lost answer is asked for again. */
    JsonNode overwrite(String operation, String path, ObjectNode body) {
        return send(operation, "PUT", path, Map.of(), body, true).body();
    }

    /** Sends what must not be done twice: a lost answer is {@link Fault#OUTCOME_UNKNOWN}. */
    JsonNode once(String operation, String method, String path, ObjectNode body) {
        return send(operation, method, path, Map.of(), body, false).body();
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    private Reply send(
            String operation,
            String method,
            String path,
            Map<String, String> query,
            @Nullable ObjectNode body,
            boolean safe) {
        String token = connection.setting("accessToken");
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Auth-Token", token);
        headers.put("Accept", "application/json");
        byte[] bytes = new byte[0];
        if (body != null) {
            headers.put("Content-Type", "application/json");
            bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        }
        HttpCall call = new HttpCall(operation, method, address(path, query), headers, bytes, safe).in(lane);
        HttpAnswer answer = http.exchange(connection, call, new BigCommerceFaults(operation, safe, token), QUOTA);
        return new Reply(parsed(operation, answer, safe), answer.header("date"));
    }

    private static JsonNode parsed(String operation, HttpAnswer answer, boolean safe) {
        if (answer.status() == 204 || answer.body().length == 0) {
            return JSON.createArrayNode();
        }
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new ChannelException(
                    safe ? Fault.TRANSIENT : Fault.OUTCOME_UNKNOWN, operation + ": answer is not JSON", null, e);
        }
    }

    /** The token must not travel in the clear: plain HTTP is for this machine alone. */
    private URI address(String path, Map<String, String> query) {
        String base = BigCommerceSettings.text(connection, "baseUrl", API).replaceAll("/+$", "");
        StringBuilder text = new StringBuilder(base)
                .append("/stores/")
                .append(storeHash(connection))
                .append(path);
        char separator = '?';
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            text.append(separator)
                    .append(encoded(parameter.getKey()))
                    .append('=')
                    .append(encoded(parameter.getValue()));
            separator = '&';
        }
        URI address;
        try {
            address = URI.create(text.toString());
        } catch (IllegalArgumentException e) {
            throw notAnAddress(base, e);
        }
        boolean here = address.getHost() != null && THIS_MACHINE.contains(address.getHost());
        boolean secure = "https".equals(address.getScheme()) && address.getHost() != null;
        if (!secure && !("http".equals(address.getScheme()) && here)) {
            throw notAnAddress(base, null);
        }
        return address;
    }

    static String storeHash(Connection connection) {
        String hash = connection.setting("storeHash").strip();
        if (!hash.matches("[A-Za-z0-9]{1,40}")) {
            throw new ChannelException(
                    Fault.UNAUTHORISED, "storeHash: " + hash + " (expected: letters and digits, such as abc123xyz)");
        }
        return hash;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static ChannelException notAnAddress(String base, @Nullable IllegalArgumentException cause) {
        return new ChannelException(Fault.UNAUTHORISED, "baseUrl: " + base + " (expected: https://host)", null, cause);
    }

    /**
     * What did BigCommerce answer?
     *
     * @param date the {@code Date} header, or null
     */
    record Reply(JsonNode body, @Nullable String date) {}
}
