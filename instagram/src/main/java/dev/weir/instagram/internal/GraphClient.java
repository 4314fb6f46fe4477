package dev.weir.instagram.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.ChannelHttp;
import dev.weir.connectors.http.HttpAnswer;
import dev.weir.connectors.http.HttpCall;
import dev.weir.connectors.http.Signatures;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How is the Graph API asked? One pinned version, the token in a header (addresses end up in logs), and the proof that
 * whoever sends the token also knows the app's secret. Thread-safe.
 */
public final class GraphClient {
    /** Introduced 2026-07-29; the newest that Meta's own SDKs support on 2026-11-24. */
    static final String VERSION = "v26.0";

    static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VERSION_FORM = Pattern.compile("v\\d{1,3}\\.\\d");

    private final ChannelHttp http;
    private final Connection connection;

    /** A client for one connection. */
    public GraphClient(ChannelHttp http, Connection connection) {
        this.http = http;
        this.connection = connection;
    }

    JsonNode get(String operation, String path, Map<String, String> query) {
        return send(operation, "GET", path, query, new byte[0]);
    }

    /** Posts what may be posted twice, such as a batch of absolute values: a lost answer is asked for again. */
    JsonNode repeatable(String operation, String path, JsonNode body) {
        return send(operation, "POST", path, Map.of(), body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Lower-case hexadecimal HMAC-SHA-256 of the token under the app's secret. */
    static String proof(String appSecret, String accessToken) {
        return Signatures.hex(Signatures.hmacSha256(appSecret, accessToken.getBytes(StandardCharsets.UTF_8)));
    }

    private JsonNode send(String operation, String method, String path, Map<String, String> query, byte[] body) {
        String token = connection.setting("accessToken");
        Map<String, String> all = new LinkedHashMap<>(query);
        all.put("appsecret_proof", proof(connection.setting("appSecret"), token));
        Map<String, String> headers = Map.of(
                "Authorization", "Bearer " + token,
                "Content-Type", "application/json",
                "Accept", "application/json");
        HttpCall call = new HttpCall(operation, method, address(path, all), headers, body, true);
        return parse(operation, http.exchange(connection, call, new GraphFaults(operation)));
    }

    private URI address(String path, Map<String, String> query) {
        String version = connection.setting("graphVersion", VERSION);
        if (!VERSION_FORM.matcher(version).matches()) {
            throw new ChannelException(
                    Fault.UNAUTHORISED, "graphVersion: " + version + " (expected: one such as " + VERSION + ")");
        }
        String base = connection.setting("baseUrl", "https://graph.facebook.com");
        String text = query.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + encode(pair.getValue()))
                .collect(Collectors.joining("&"));
        try {
            return URI.create(base + "/" + version + path + "?" + text);
        } catch (IllegalArgumentException e) {
            throw new ChannelException(
                    Fault.UNAUTHORISED, "baseUrl: " + base + " (expected: an http or https address)", null, e);
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static JsonNode parse(String operation, HttpAnswer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new ChannelException(Fault.TRANSIENT, operation + ": answer is not JSON", null, e);
        }
    }
}
