package dev.weir.tiktokshop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import dev.weir.connectors.StockWrite;
import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxStore;
import dev.weir.tiktokshop.internal.TikTokSignature;
import dev.weir.tiktokshop.internal.sandbox.TikTokShopSandboxProvider;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does the stand-in refuse as TikTok's gateway refuses, and does the channel understand it? */
class TikTokShopSandboxTest {
    private static final String SHOPS = "/authorization/202309/shops";
    private static final String ORDERS = "/order/202507/orders";

    private final HttpClient client = HttpClient.newHttpClient();
    private ChannelBench bench;

    @BeforeEach
    void open() {
        bench = new ChannelBench("tiktok-shop", Clock.systemUTC());
    }

    @AfterEach
    void close() {
        client.close();
        bench.close();
    }

    @Test
    void gateway_refusesInThePlatformsOrder() throws Exception {
        String now = Long.toString(Instant.now().getEpochSecond());
        String old = Long.toString(Instant.now().getEpochSecond() - 301);
        String token = bench.connection().setting("accessToken");

        assertThat(code(ask("/order/202209/orders", Map.of(), token, true))).isEqualTo(36009009);
        assertThat(message(ask(SHOPS, Map.of("app_key", "other", "timestamp", old), "", false)))
                .contains("app_key");
        assertThat(message(ask(SHOPS, Map.of("timestamp", old), "", false))).contains("timestamp");
        assertThat(message(ask(SHOPS, Map.of("timestamp", now), "", false))).contains("signature");
        assertThat(code(ask(SHOPS, Map.of("timestamp", now, "sign", "00"), "", false)))
                .isEqualTo(106001);
        assertThat(message(ask(SHOPS, Map.of("timestamp", now), "wrong", true))).contains("x-tts-access-token");
        assertThat(code(ask(ORDERS, Map.of("timestamp", now), token, true))).isEqualTo(106013);
        assertThat(message(ask(SHOPS, Map.of("timestamp", now, "shop_cipher", "c"), token, true)))
                .contains("shop_cipher");
        assertThat(code(ask(SHOPS, Map.of("timestamp", now), token, true))).isZero();
    }

    @Test
    void levelForAWarehouseThatIsNotThere_isRefusedInsideASuccess() {
        Map<String, String> settings = new HashMap<>(bench.connection().settings());
        settings.put("warehouseId", "7068000000000000009");
        Listing tee = bench.listings().get(new Sku("TEE-RED-M"));

        StockWrite.Outcome outcome = bench.channel()
                .stockWrite(bench.connection(settings))
                .write(List.of(new StockWrite.Target(new StockLevel(tee.sku(), 3, 1), tee)))
                .getFirst();

        ChannelException refusal = outcome.refusal();
        assertThat(refusal).isNotNull().hasMessageContaining("12052097");
        assertThat(refusal.fault()).isEqualTo(Fault.REJECTED);
        assertThat(bench.platform().stock()).containsEntry(tee.sku(), 10);
    }

    @Test
    void catalogueOfManyPages_isReadWhole() {
        for (int number = 0; number < 205; number++) {
            bench.platform().seed(List.of(ChannelBench.product("MANY-" + number, "One of many", 500, 1)));
        }

        assertThat(bench.listings()).hasSize(208);
    }

    @Test
    void ordersAndStock_surviveARestart(@TempDir Path folder) {
        Path file = folder.resolve("tiktok.jsonl");
        SandboxPlatform first = new TikTokShopSandboxProvider().create(new SandboxStore(file), Clock.systemUTC());
        first.seed(ChannelBench.SHELVES);
        String order = first.buy(new Sku("MUG-01"), 2).orderId();

        SandboxPlatform second = new TikTokShopSandboxProvider().create(new SandboxStore(file), Clock.systemUTC());
        second.seed(ChannelBench.SHELVES);

        assertThat(second.stock()).containsEntry(new Sku("MUG-01"), 3);
        assertThat(second.orders()).singleElement().asString().contains(order);
        assertThat(second.buy(new Sku("MUG-01"), 1).orderId()).isNotEqualTo(order);
    }

    private JsonNode ask(String path, Map<String, String> query, String token, boolean signed) throws Exception {
        Map<String, String> all = new TreeMap<>(query);
        all.putIfAbsent("app_key", bench.connection().setting("appKey"));
        if (signed) {
            all.put("sign", TikTokSignature.ofCall(bench.connection().setting("appSecret"), path, all, new byte[0]));
        }
        String text = all.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        URI address = URI.create(bench.server().url("tiktok-shop") + path + "?" + text);
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("x-tts-access-token", token)
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        return new ObjectMapper().readTree(answer.body());
    }

    private static int code(JsonNode answer) {
        return answer.path("code").asInt(-1);
    }

    private static String message(JsonNode answer) {
        assertThat(code(answer)).isEqualTo(36009004);
        return answer.path("message").asText();
    }
}
