package dev.weir.pim.internal;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
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

/** How is a product system asked? With its key in one header; numbers are kept as the decimals that were sent. Thread-safe. */
public final class PimClient {
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final ChannelHttp http;
    private final Connection connection;

    /** A client for one connection. */
    public PimClient(ChannelHttp http, Connection connection) {
        this.http = http;
        this.connection = connection;
    }

    HttpAnswer get(String operation, URI address, Map<String, String> more, Lane lane) {
        Map<String, String> headers = headers();
        headers.put("Accept", "application/json, text/csv");
        headers.putAll(more);
        HttpCall call = HttpCall.get(operation, address, headers).in(lane);
        return http.exchange(connection, call, faults(operation, true));
    }

    /** @param safe whether a lost answer may be asked for by sending it again */
    HttpAnswer send(
            String operation,
            String method,
            URI address,
            Map<String, String> more,
            JsonNode body,
            boolean safe,
            Lane lane) {
        Map<String, String> headers = headers();
        headers.put("Accept", "application/json");
        headers.put("Content-Type", "application/json");
        headers.putAll(more);
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        HttpCall call = new HttpCall(operation, method, address, headers, bytes, safe).in(lane);
        return http.exchange(connection, call, faults(operation, safe));
    }

    static JsonNode json(String operation, HttpAnswer answer, Fault otherwise) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new ChannelException(otherwise, operation + ": answer is not JSON", null, e);
        }
    }

    /** The address of that setting. */
    URI address(String setting) {
        String value = connection.setting(setting);
        try {
            URI address = URI.create(value);
            if (address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(setting, value, e);
        }
        throw wrong(setting, value, null);
    }

    private static ChannelException wrong(
            String setting, String value, @org.jspecify.annotations.Nullable Throwable cause) {
        return new ChannelException(
                Fault.UNAUTHORISED, setting + ": " + value + " (expected: an http or https address)", null, cause);
    }

    /** {@code address} with a parameter more. */
    static URI with(URI address, String parameter, String value) {
        return URI.create(
                address + (address.getRawQuery() == null ? "?" : "&") + encode(parameter) + "=" + encode(value));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        String value = connection.setting("authValue", "");
        if (!value.isBlank()) {
            headers.put(connection.setting("authHeader", "Authorization"), value);
        }
        return headers;
    }

    private PimFaults faults(String operation, boolean safe) {
        return new PimFaults(operation, safe, connection.setting("authValue", ""));
    }
}
