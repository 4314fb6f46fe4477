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
 */
public record HttpCall(
        String operation, String method, URI uri, Map<String, String> headers, byte[] body, boolean safe) {
    /** Copies the headers, keeping their order. */
    public HttpCall {
        headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
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
