package dev.weir.shopify.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.BudgetTerms;
import dev.weir.connectors.http.CallsPerWindow;
import dev.weir.connectors.http.ChannelHttp;
import dev.weir.connectors.http.Classifier;
import dev.weir.connectors.http.HttpAnswer;
import dev.weir.connectors.http.HttpCall;
import dev.weir.connectors.http.PointBucket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How is Shopify asked? GraphQL over one address of one pinned version; a failure of any of the three layers (HTTP,
 * {@code errors}, {@code userErrors}) is told by {@link ShopifyFaults} or left to the caller. Thread-safe.
 */
public final class ShopifyClient {
    /** Newest stable on 2026-11-24; supported until October 2027. The setting {@code apiVersion} pins another. */
    public static final String VERSION = "2026-10";

    static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger LOG = LoggerFactory.getLogger(ShopifyClient.class);
    private static final Pattern STABLE = Pattern.compile("20[0-9]{2}-(01|04|07|10)");
    /** The smallest plan's, until the first answer says which it is; the sheet's live figures. */
    private static final BudgetTerms POINTS = new PointBucket(2_000, 100);

    private static final BudgetTerms ELSEWHERE = new CallsPerWindow("results", 10, Duration.ofSeconds(1));
    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private final ChannelHttp http;
    private final Connection connection;
    private volatile String served = "";

    /** A client for one connection. */
    public ShopifyClient(ChannelHttp http, Connection connection) {
        this.http = http;
        this.connection = connection;
    }

    /** Sends a query, or a mutation that carries its own idempotency key: a lost answer is asked for again. */
    JsonNode repeatable(Operation operation, ObjectNode variables) {
        return send(operation, variables, true);
    }

    /** Sends a mutation that Shopify would carry out twice: a lost answer is {@link Fault#OUTCOME_UNKNOWN}. */
    JsonNode once(Operation operation, ObjectNode variables) {
        return send(operation, variables, false);
    }

    /** Fetches from another host, where the shop's token must not go. */
    HttpAnswer fetch(HttpCall call, Classifier classifier) {
        return http.exchange(connection, call, classifier, ELSEWHERE);
    }

    static ObjectNode variables() {
        return JSON.createObjectNode();
    }

    /** The version that is asked for: never {@code unstable}, and never one that is no quarter. */
    String version() {
        String version = connection.setting("apiVersion", VERSION);
        if (!version.isBlank() && !STABLE.matcher(version).matches()) {
            throw new ChannelException(
                    Fault.UNAUTHORISED,
                    "apiVersion: " + version + " (expected: a stable version such as " + VERSION + ")");
        }
        return version.isBlank() ? VERSION : version;
    }

    /** The version that the last answer was of; empty before the first, and where the shop does not say. */
    String served() {
        return served;
    }

    /** Where a connection with {@code settings} reaches its shop, without a trailing slash. */
    static String base(Connection connection) {
        String configured = connection.setting("baseUrl", "");
        return configured.isBlank() ? "https://" + connection.setting("shop") : configured;
    }

    private JsonNode send(Operation operation, ObjectNode variables, boolean safe) {
        ObjectNode body =
                JSON.createObjectNode().put("query", operation.document()).put("operationName", operation.name());
        body.set("variables", variables);
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        HttpCall call = new HttpCall(operation.name(), "POST", address(), headers(), bytes, safe)
                .in(operation.lane())
                .costing(operation.cost());
        HttpAnswer answer = http.exchange(connection, call, new ShopifyFaults(operation.name(), safe), POINTS);
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
        String base = base(connection);
        try {
            return URI.create(base + "/admin/api/" + version() + "/graphql.json");
        } catch (IllegalArgumentException e) {
            throw new ChannelException(
                    Fault.UNAUTHORISED, "baseUrl: " + base + " (expected: an http or https address)", null, e);
        }
    }

    /** Shopify serves a retired version's calls by another version without failing them. */
    private void watchVersion(HttpAnswer answer) {
        String version = answer.header("x-shopify-api-version");
        if (version != null) {
            served = version;
            if (!version.equals(version()) && WARNED.size() < 100 && WARNED.add(version)) {
                LOG.warn("Shopify answered as version {} (expected: {})", version, version());
            }
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
