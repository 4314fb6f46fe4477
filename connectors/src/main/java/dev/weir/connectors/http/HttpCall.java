package dev.weir.connectors.http;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What is to be sent to a platform?
 *
 * @param operation short name for records and metrics, such as {@code inventorySet}; no personal data
 * @param safe true when sending it twice does no harm (reads, idempotent writes): a lost answer is then retried,
 *     otherwise it is {@code OUTCOME_UNKNOWN}
 * @param body empty for none; not copied
 * @param lane whose turn it is when the budget is short
 * @param cost what the platform is expected to charge for it, in the units of its budget; more than 0
 * @param fresh headers that are made anew for every attempt, such as a signature with a nonce; asked by {@link #attempt()}
 * @param isShy whether it waits for the budget no longer than a second, whatever its lane may
 */
public record HttpCall(
        String operation,
        String method,
        URI uri,
        Map<String, String> headers,
        byte[] body,
        boolean safe,
        Lane lane,
        double cost,
        Supplier<Map<String, String>> fresh,
        boolean isShy) {
    /** Copies the headers, keeping their order. */
    public HttpCall {
        headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        if (!(cost > 0)) {
            throw new IllegalArgumentException("cost: " + cost + " (expected: more than 0) for " + operation);
        }
    }

    /** A call whose headers are the same for every attempt. */
    public HttpCall(
            String operation,
            String method,
            URI uri,
            Map<String, String> headers,
            byte[] body,
            boolean safe,
            Lane lane,
            double cost) {
        this(operation, method, uri, headers, body, safe, lane, cost, Map::of, false);
    }

    /** A call of the lane {@link Lane#ORDER} that costs 1. */
    public HttpCall(String operation, String method, URI uri, Map<String, String> headers, byte[] body, boolean safe) {
        this(operation, method, uri, headers, body, safe, Lane.ORDER, 1);
    }

    /** The same call in {@code lane}. */
    public HttpCall in(Lane lane) {
        return new HttpCall(operation, method, uri, headers, body, safe, lane, cost, fresh, isShy);
    }

    /** The same call, expected to cost {@code cost}. */
    public HttpCall costing(double cost) {
        return new HttpCall(operation, method, uri, headers, body, safe, lane, cost, fresh, isShy);
    }

    /** The same call, with {@code headers} that every attempt asks for anew. */
    public HttpCall signed(Supplier<Map<String, String>> headers) {
        return new HttpCall(operation, method, uri, this.headers, body, safe, lane, cost, headers, isShy);
    }

    /** The call as one attempt sends it: the fresh headers among the others. */
    public HttpCall attempt() {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(fresh.get());
        return new HttpCall(operation, method, uri, all, body, safe, lane, cost, Map::of, isShy);
    }

    /** The same call, which is refused as throttled rather than wait for more than a second. */
    public HttpCall shy() {
        return new HttpCall(operation, method, uri, headers, body, safe, lane, cost, fresh, true);
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
