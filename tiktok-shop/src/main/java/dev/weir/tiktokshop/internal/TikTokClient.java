package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.ChannelHttp;
import dev.weir.connectors.http.HttpAnswer;
import dev.weir.connectors.http.HttpCall;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** How is TikTok Shop asked? Every call is stamped and signed anew; the token travels in a header only. Thread-safe. */
public final class TikTokClient {
    static final ObjectMapper JSON = new ObjectMapper();

    /** No list is walked further: 1,000 pages. */
    private static final int MOST_PAGES = 1_000;

    private final ChannelHttp http;
    private final Connection connection;
    private final GatewayTime time;
    private final boolean isShy;

    /** A client for one connection. */
    public TikTokClient(ChannelHttp http, Connection connection, GatewayTime time) {
        this(http, connection, time, false);
    }

    private TikTokClient(ChannelHttp http, Connection connection, GatewayTime time, boolean isShy) {
        this.http = http;
        this.connection = connection;
        this.time = time;
        this.isShy = isShy;
    }

    /** The same, whose calls are refused as throttled rather than wait for the budget. */
    TikTokClient shy() {
        return new TikTokClient(http, connection, time, true);
    }

    Connection connection() {
        return connection;
    }

    /**
     * The answer's {@code data}. A call whose stamp is refused, because our clock is wrong or the call waited for too long, was not
     * carried out: it is stamped by the gateway's clock and sent once more.
     */
    JsonNode send(TikTokCall call) {
        TikTokFaults faults = new TikTokFaults(call.operation(), call.safe(), time.clock());
        try {
            return exchange(call, faults);
        } catch (ChannelException e) {
            if (!faults.stampRefused()) {
                throw e;
            }
            Instant theirs = faults.theirTime();
            if (theirs != null) {
                time.learn(theirs);
            }
            return exchange(call, faults);
        }
    }

    private JsonNode exchange(TikTokCall call, TikTokFaults faults) {
        return data(http.exchange(connection, stamped(call), faults, Quota.of(connection, call)), call.operation());
    }

    /** Hands each page of {@code call} to {@code page}, 100 entries a page. */
    void pages(TikTokCall call, Consumer<JsonNode> page) {
        String token = "";
        for (int number = 0; number < MOST_PAGES; number++) {
            JsonNode data = send(call.with("page_size", "100").with("page_token", token));
            page.accept(data);
            token = data.path("next_page_token").asText("");
            if (token.isEmpty()) {
                return;
            }
        }
        throw new ChannelException(
                Fault.REJECTED, call.operation() + ": over " + MOST_PAGES + " pages (expected: an end of the list)");
    }

    private HttpCall stamped(TikTokCall call) {
        Map<String, String> query = new LinkedHashMap<>(call.query());
        query.put("app_key", connection.setting("appKey"));
        query.put("timestamp", Long.toString(time.seconds()));
        if (call.ofShop()) {
            query.put("shop_cipher", connection.setting("shopCipher"));
        }
        query.put(
                "sign", TikTokSignature.ofCall(connection.setting("appSecret"), call.path(), query, call.signedBody()));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-tts-access-token", connection.setting("accessToken"));
        headers.put("content-type", call.contentType());
        HttpCall stamped = new HttpCall(
                        call.operation(),
                        call.method(),
                        TikTokHosts.address(
                                "baseUrl", connection.setting("baseUrl", TikTokHosts.API), call.path(), query),
                        headers,
                        call.body(),
                        call.safe())
                .in(call.lane());
        return isShy ? stamped.shy() : stamped;
    }

    static JsonNode data(HttpAnswer answer, String operation) {
        try {
            return JSON.readTree(answer.body()).path("data");
        } catch (IOException e) {
            throw new ChannelException(Fault.TRANSIENT, operation + ": answer is not JSON", null, e);
        }
    }
}
