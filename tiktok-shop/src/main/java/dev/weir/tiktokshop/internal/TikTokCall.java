package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.http.Lane;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is TikTok Shop to be asked, before it is stamped and signed?
 *
 * @param query decoded; empty values are never sent, because they would be signed differently on either side
 * @param body as sent; empty for none
 * @param boundary of a multipart body, which is not signed; null for JSON
 * @param safe whether sending it twice does no harm
 * @param ofShop whether the shop's cipher belongs to it; the platform refuses a cipher where none belongs
 */
record TikTokCall(
        String operation,
        String method,
        String path,
        Map<String, String> query,
        byte[] body,
        @Nullable String boundary,
        boolean safe,
        boolean ofShop,
        Lane lane) {
    private static final byte[] NONE = {};

    TikTokCall {
        query = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(query));
    }

    /** A read of the shop. */
    static TikTokCall get(Lane lane, String operation, String path) {
        return new TikTokCall(operation, "GET", path, Map.of(), NONE, null, true, true, lane);
    }

    /** A read, or a write of absolute values: it may be sent twice. */
    static TikTokCall post(Lane lane, String operation, String path, JsonNode json) {
        return send(lane, operation, "POST", path, json);
    }

    /** As {@link #post}, with another method. */
    static TikTokCall send(Lane lane, String operation, String method, String path, JsonNode json) {
        byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
        return new TikTokCall(operation, method, path, Map.of(), body, null, true, true, lane);
    }

    /** A file with one more field beside it; sent twice, it is there twice, which costs nothing but room. */
    static TikTokCall upload(Lane lane, String operation, String path, byte[] data, Map<String, String> fields) {
        String boundary = UUID.randomUUID().toString();
        byte[] body = Multipart.of(boundary, data, fields);
        return new TikTokCall(operation, "POST", path, Map.of(), body, boundary, true, false, lane);
    }

    /** The same with one more parameter; an empty value is left out. */
    TikTokCall with(String name, String value) {
        if (value.isEmpty()) {
            return this;
        }
        Map<String, String> more = new LinkedHashMap<>(query);
        more.put(name, value);
        return new TikTokCall(operation, method, path, more, body, boundary, safe, ofShop, lane);
    }

    /** The same, as a write that must not be sent twice. */
    TikTokCall once() {
        return new TikTokCall(operation, method, path, query, body, boundary, false, ofShop, lane);
    }

    /** The same, where the platform forbids the shop's cipher. */
    TikTokCall withoutShop() {
        return new TikTokCall(operation, method, path, query, body, boundary, safe, false, lane);
    }

    String contentType() {
        return boundary == null ? "application/json" : "multipart/form-data; boundary=" + boundary;
    }

    /** What of the body is signed. */
    byte[] signedBody() {
        return boundary == null ? body : NONE;
    }
}
