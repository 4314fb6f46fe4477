package dev.weir.magento;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.Check;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Sku;
import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxProduct;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is let in: by signature, by bare token where the shop allows it, by logging in; and who is told why not. */
class MagentoDoorTest extends MagentoStories {
    @Test
    void bareToken_isRefused_unlessTheShopAllowsIt() {
        Connection bare = with("consumerKey", "", "consumerSecret", "", "accessTokenSecret", "");

        Check refused = channelUnderTest().check(bare);
        flip("bearer-allowed");
        Check allowed = channelUnderTest().check(bare);

        assertThat(refused.ok()).isFalse();
        assertThat(refused.detail()).contains("The consumer isn't authorized to access Magento_Backend::all.");
        assertThat(allowed.ok()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "consumerKey, consumer_key_rejected, consumerKey",
        "accessToken, token_rejected, accessToken",
        "consumerSecret, signature_invalid, consumerSecret",
        "accessTokenSecret, signature_invalid, consumerSecret"
    })
    void wrongCredential_isNamed_withoutItsValue(String setting, String problem, String named) {
        Check check = channelUnderTest().check(with(setting, "wrong-value"));

        assertThat(check.ok()).isFalse();
        assertThat(check.detail())
                .startsWith(named + ": ")
                .contains("oauth_problem=" + problem)
                .doesNotContain("wrong-value");
    }

    @Test
    void signature_forAnotherAddress_isInvalid_andTheSettingMendsIt() {
        String seen = bench.connection().setting("baseUrl");

        Check elsewhere = channelUnderTest().check(with("signatureBaseUrl", "https://shop.example"));
        Check mended = channelUnderTest().check(with("signatureBaseUrl", seen + "/"));

        assertThat(elsewhere.detail()).contains("signature_invalid");
        assertThat(mended.ok()).as(mended.detail()).isTrue();
    }

    @Test
    void revokedToken_needsTheOperator() {
        flip("token-revoked");

        assertFault(
                Fault.UNAUTHORISED,
                () -> channelUnderTest().stockRead(bench.connection()).read(List.of()));
        assertFault(
                Fault.UNAUTHORISED,
                () -> channelUnderTest().orderPoll(bench.connection()).changedSince(clock().instant()));
    }

    @Test
    void attempts_afterABusyAnswer_carryANewNonce() {
        var tee = bench.listings().get(TEE);
        flip("next-write-deadlocks");

        write(target(tee, 4, 1));

        assertThat(bench.platform().stock()).containsEntry(TEE, 4);
    }

    @Test
    void administrator_logsIn_andAgainWhenTheTokenLapsed() {
        Connection admin = with(
                "consumerKey", "", "adminUser", "magento_sandbox_admin", "adminPassword", "magento_sandbox_password");
        var port = channelUnderTest().orderPoll(admin);
        assertThat(port.changedSince(clock().instant())).isEmpty();

        flip("logins-lapse");

        assertThat(port.changedSince(clock().instant())).isEmpty();
    }

    @Test
    void administrator_withAWrongPassword_isToldSo() {
        Check check = channelUnderTest()
                .check(with("consumerKey", "", "adminUser", "magento_sandbox_admin", "adminPassword", "guess"));

        assertThat(check.ok()).isFalse();
        assertThat(check.detail()).contains("account sign-in was incorrect").doesNotContain("guess");
    }

    @Test
    void check_tellsWhatItFound_andAWebsiteWithoutAStock() {
        assertThat(channelUnderTest().check(bench.connection()).detail())
                .isEqualTo("Store view default of website base sells in EUR, with inventory sources");
        assertThat(channelUnderTest().check(with("storeCode", "us")).detail()).contains("No linked stock found");
    }

    @Test
    void maintenance_isTransient_forReadsAndPages() {
        flip("maintenance");

        assertFault(
                Fault.TRANSIENT,
                () -> channelUnderTest().orderPoll(bench.connection()).changedSince(clock().instant()));
    }

    @Test
    void sandbox_refusesARepeatedNonce_andATimeOutsideItsWindow() throws Exception {
        String header = "OAuth oauth_consumer_key=\"magento_sandbox_key\",oauth_token=\"magento_sandbox_token\","
                + "oauth_signature_method=\"HMAC-SHA256\",oauth_nonce=\"n\",oauth_version=\"1.0\",oauth_signature=\"x\",";
        long now = clock().instant().getEpochSecond();

        assertThat(answer(header + "oauth_timestamp=\"" + (now - 601) + "\""))
                .isEqualTo("400 oauth_problem=timestamp_refused");
        assertThat(answer(header + "oauth_timestamp=\"" + (now - 599) + "\""))
                .isEqualTo("401 oauth_problem=signature_invalid");
        assertThat(answer(header.replace("HMAC-SHA256", "HMAC-SHA1") + "oauth_timestamp=\"" + now + "\""))
                .isEqualTo("400 oauth_problem=signature_method_rejected");
        assertThat(answer("OAuth oauth_version=\"1.0\"")).isEqualTo("400 oauth_problem=parameter_absent");
    }

    @Test
    void quirks_areNamed_andAnUnknownOneIsRefused() {
        flip("index-lag");

        assertThat(bench.platform().quirks())
                .filteredOn(SandboxPlatform.Quirk::on)
                .extracting(SandboxPlatform.Quirk::name)
                .containsExactly("index-lag");
        assertThatThrownBy(() -> flip("no-such-quirk")).hasMessageContaining("no-such-quirk");
    }

    @Test
    void skuWithSpecialCharacters_isSignedAndFound() {
        Sku odd = new Sku("A(B)'*!+1,%/u");
        bench.platform()
                .seed(List.of(
                        new SandboxProduct(odd, "Odd", TEE_PRICE, URI.create("https://shop.example/img/odd.png"), 3)));

        assertThat(channelUnderTest()
                        .stockRead(bench.connection())
                        .read(List.of(bench.listings().get(odd))))
                .containsEntry(odd, 3);
    }

    private String answer(String authorization) throws Exception {
        URI orders = URI.create(bench.server().url("magento") + "/rest/default/V1/orders?searchCriteria=");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(orders)
                            .header("Authorization", authorization)
                            .timeout(Duration.ofSeconds(5))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        }
    }
}
