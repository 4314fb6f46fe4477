package dev.weir.connectors.http;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is to be sent to a platform?
 *
 * @param operation short name for records and metrics, such as {@code inventorySet}; no personal data
 * @param safe true when sending it twice does no harm (reads, idempotent writes): a lost answer is then retried,
 *     otherwise it is {@code OUTCOME_UNKNOWN}
 * @param body empty for none; not copied
 * @param lane whose turn it is when the budget is short
 * @param cost what the platform is expected to charge for it, in the units of its budget; more than 0
 */
public record HttpCall(
        String operation,
        String method,
        URI uri,
        Map<String, String> headers,
        byte[] body,
        boolean safe,
        Lane lane,
        double cost) {
    /** Copies the headers, keeping their order. */
    public HttpCall {
        headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        if (!(cost > 0)) {
            throw new IllegalArgumentException("cost: " + cost + " (expected: more than 0) for " + operation);
        }
    }

    /** A call of the lane {@link Lane#ORDER} that costs 1. */
    public HttpCall(String operation, String method, URI uri, Map<String, String> headers, byte[] body, boolean safe) {
        this(operation, method, uri, headers, body, safe, Lane.ORDER, 1);
    }

    /** The same call in {@code lane}. */
    public HttpCall in(Lane lane) {
        return new HttpCall(operation, method, uri, headers, body, safe, lane, cost);
    }

    /** The same call, expected to cost {@code cost}. */
    public HttpCall costing(double cost) {
        return new HttpCall(operation, method, uri, headers, body, safe, lane, cost);
    }

    /** A GET, which is always safe. */
    public static HttpCall get(String operation, URI uri, Map<String, String> headers) {
        return new HttpCall(operation, "GET", uri, headers, new byte[0], true);
    }

    /** Leaves headers and query out: both may hold secrets. */
    @Override
    public String toString() {
        return operation + " " + method + " " + uri.getHost() + uri.getPath();
    }
}
