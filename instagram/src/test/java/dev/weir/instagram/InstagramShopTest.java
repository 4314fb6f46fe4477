package dev.weir.instagram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.Connection;
import dev.weir.connectors.ContractBase;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is particular about Meta's catalogue: proofs, versions, batches of which single items fail, no orders. */
class InstagramShopTest extends ContractBase {
    @Override
    protected String channel() {
        return "instagram";
    }

    @Test
    void call_withAWrongAppSecretAlone_isUnauthorised() {
        assertThat(faultWith("appSecret", "not-it")).contains("appsecret_proof");
    }

    @Test
    void check_withAWrongSetting_namesIt_withoutItsValue() {
        for (String setting : List.of("appSecret", "accessToken", "catalogId")) {
            Map<String, String> settings =
                    new java.util.HashMap<>(bench.connection().settings());
            settings.put(setting, "9999not");
            Connection wrong =
                    new Connection(bench.connection().id(), bench.connection().brand(), "instagram", "wrong", settings);

            assertThat(channelUnderTest().check(wrong).detail())
                    .startsWith(setting + ": ")
                    .doesNotContain("9999not ");
        }
    }

    @Test
    void call_ofAnEndedVersion_isNotOk() {
        assertThat(faultWith("graphVersion", "v20.0")).contains("2500");
        assertThat(faultWith("graphVersion", "newest")).contains("graphVersion: newest");
    }

    @Test
    void catalogueWrite_ofAnItemThatIsThere_leavesItsStockAlone() {
        Listing tee = bench.listings().get(TEE);
        write(target(tee, 3, 1));

        channelUnderTest().catalogueWrite(bench.connection()).write(List.of(tee));

        assertThat(bench.platform().stock()).containsEntry(TEE, 3);
    }

    @Test
    void catalogueWrite_ofASkuThatALinkCannotCarry_isRefused_andTheOthersAreWritten() {
        Listing odd = ChannelBench.listing(ChannelBench.product("A:1", "Odd", 100, 1));
        Listing fine = ChannelBench.listing(ChannelBench.product("NEW-02", "Fine", 100, 2));

        assertFault(
                Fault.REJECTED,
                () -> channelUnderTest().catalogueWrite(bench.connection()).write(List.of(odd, fine)));

        assertThat(bench.platform().stock()).containsEntry(new Sku("NEW-02"), 2).doesNotContainKey(new Sku("A:1"));
    }

    @Test
    void orderEdges_areGone() throws Exception {
        URI edge = URI.create(bench.server().url("instagram") + "/v26.0/123/commerce_orders");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(edge)
                            .header("Authorization", "Bearer EAAsandbox")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("\"code\":12").doesNotContain("orders\":[");
        }
    }

    private String faultWith(String setting, String value) {
        Map<String, String> settings = new HashMap<>(bench.connection().settings());
        settings.put(setting, value);
        var check = channelUnderTest().check(bench.connection(settings));
        assertThat(check.ok()).isFalse();
        return check.detail();
    }
}
