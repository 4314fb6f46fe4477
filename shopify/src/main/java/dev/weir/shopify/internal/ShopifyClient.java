package dev.weir.shopify.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.ChannelHttp;
import dev.weir.connectors.http.HttpAnswer;
import dev.weir.connectors.http.HttpCall;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How is Shopify asked? GraphQL over one address of one pinned version; a failure of any of the three layers (HTTP,
 * {@code errors}, {@code userErrors}) is told by {@link ShopifyFaults} or left to the caller. Thread-safe.
 */
public final class ShopifyClient {
    /** Newest stable on 2026-11-24; supported until October 2027. */
    static final String VERSION = "2026-10";

    static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger LOG = LoggerFactory.getLogger(ShopifyClient.class);
    private static final AtomicBoolean VERSION_WARNED = new AtomicBoolean();

    private final ChannelHttp http;
    private final Connection connection;

    /** A client for one connection. */
    public ShopifyClient(ChannelHttp http, Connection connection) {
        this.http = http;
        this.connection = connection;
    }

    /** Sends a query, or a mutation that carries its own idempotency key: a lost answer is asked for again. */
    JsonNode repeatable(String operation, String document, ObjectNode variables) {
        return send(operation, document, variables, true);
    }

    /** Sends a mutation that Shopify would carry out twice: a lost answer is {@link Fault#OUTCOME_UNKNOWN}. */
    JsonNode once(String operation, String document, ObjectNode variables) {
        return send(operation, document, variables, false);
    }

    static ObjectNode variables() {
        return JSON.createObjectNode();
    }

    private JsonNode send(String operation, String document, ObjectNode variables, boolean safe) {
        ObjectNode body = JSON.createObjectNode().put("query", document).put("operationName", operation);
        body.set("variables", variables);
        HttpCall call = new HttpCall(
                operation, "POST", address(), headers(), body.toString().getBytes(StandardCharsets.UTF_8), safe);
        HttpAnswer answer = http.exchange(connection, call, new ShopifyFaults(operation, safe));
        watchVersion(answer);
        return parse(answer).path("data");
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Shopify-Access-Token", connection.setting("accessToken"));
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json");
        return headers;
    }

    private URI address() {
        String configured = connection.setting("baseUrl", "");
        String base = configured.isBlank() ? "https://" + connection.setting("shop") : configured;
        try {
            return URI.create(base + "/admin/api/" + VERSION + "/graphql.json");
        } catch (IllegalArgumentException e) {
            throw new ChannelException(
                    Fault.UNAUTHORISED, "baseUrl: " + base + " (expected: an http or https address)", null, e);
        }
    }

    /** Shopify serves a retired version's calls by another version without failing them. */
    private static void watchVersion(HttpAnswer answer) {
        String served = answer.header("x-shopify-api-version");
        if (served != null && !served.equals(VERSION) && VERSION_WARNED.compareAndSet(false, true)) {
            LOG.warn("Shopify answered as version {} (expected: {})", served, VERSION);
        }
    }

    static JsonNode parse(HttpAnswer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (java.io.IOException e) {
            throw new ChannelException(Fault.TRANSIENT, "shopify: answer is not JSON", null, e);
        }
    }

    static JsonNode parse(String text, String what) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new ChannelException(Fault.REJECTED, what + ": not JSON", null, e);
        }
    }
}
