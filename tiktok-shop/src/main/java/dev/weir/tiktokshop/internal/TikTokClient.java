package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Check;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.ChannelHttp;
import dev.weir.connectors.http.HttpAnswer;
import dev.weir.connectors.http.HttpCall;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How is TikTok Shop asked? Every call is stamped and signed anew; the token travels in a header only. Thread-safe. */
public final class TikTokClient {
    /** One host for every region. */
    public static final String BASE_URL = "https://open-api.tiktokglobalshop.com";

    static final ObjectMapper JSON = new ObjectMapper();
    private static final String SHOPS = "/authorization/202309/shops";

    private final ChannelHttp http;
    private final Connection connection;
    private final Clock clock;

    /** A client for one connection. */
    public TikTokClient(ChannelHttp http, Connection connection, Clock clock) {
        this.http = http;
        this.connection = connection;
        this.clock = clock;
    }

    /** Whether the token reaches the shop that the connection names. */
    public Check check() {
        String cipher = connection.setting("shopCipher");
        connection.setting("warehouseId");
        JsonNode data = send("AuthorizedShops", "GET", SHOPS, Map.of(), null, true, false);
        for (JsonNode shop : data.path("shops")) {
            if (shop.path("cipher").asText().equals(cipher)) {
                boolean named = shop.path("id").asText().equals(connection.setting("shopId"));
                return named
                        ? new Check(
                                true,
                                shop.path("name").asText() + ", "
                                        + shop.path("region").asText())
                        : new Check(
                                false, "shopId: " + connection.setting("shopId") + " (expected: the id of shopCipher)");
            }
        }
        return new Check(false, "shopCipher: not among the authorised shops");
    }

    JsonNode get(String operation, String path, Map<String, String> query) {
        return send(operation, "GET", path, query, null, true, true);
    }

    /** A POST that may be sent twice: a read, or a write of absolute values. */
    JsonNode post(String operation, String path, Map<String, String> query, JsonNode body) {
        return send(operation, "POST", path, query, body, true, true);
    }

    private JsonNode send(
            String operation,
            String method,
            String path,
            Map<String, String> query,
            @Nullable JsonNode json,
            boolean safe,
            boolean ofShop) {
        byte[] body = json == null ? new byte[0] : json.toString().getBytes(StandardCharsets.UTF_8);
        Map<String, String> all = new LinkedHashMap<>(query);
        all.put("app_key", connection.setting("appKey"));
        all.put("timestamp", Long.toString(clock.instant().getEpochSecond()));
        if (ofShop) {
            all.put("shop_cipher", connection.setting("shopCipher"));
        }
        all.put("sign", TikTokSignature.ofCall(connection.setting("appSecret"), path, all, body));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-tts-access-token", connection.setting("accessToken"));
        headers.put("content-type", "application/json");
        HttpCall call = new HttpCall(operation, method, address(path, all), headers, body, safe);
        return data(http.exchange(connection, call, new TikTokFaults(operation, safe)), operation);
    }

    private URI address(String path, Map<String, String> query) {
        StringBuilder address = new StringBuilder(connection.setting("baseUrl", BASE_URL)).append(path);
        char separator = '?';
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            address.append(separator)
                    .append(parameter.getKey())
                    .append('=')
                    .append(URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8));
            separator = '&';
        }
        try {
            return URI.create(address.toString());
        } catch (IllegalArgumentException e) {
            throw new ChannelException(
                    Fault.UNAUTHORISED, "baseUrl: not an address (expected: an http or https address)", null, e);
        }
    }

    private static JsonNode data(HttpAnswer answer, String operation) {
        try {
            return JSON.readTree(answer.body()).path("data");
        } catch (IOException e) {
            throw new ChannelException(Fault.TRANSIENT, operation + ": answer is not JSON", null, e);
        }
    }
}
