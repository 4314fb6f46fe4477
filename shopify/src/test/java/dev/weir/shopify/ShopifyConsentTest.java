package dev.weir.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Consent;
import dev.weir.connectors.Fault;
import dev.weir.shopify.internal.OAuthQuery;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How is a shop's grant won, proven, renewed and lost? */
class ShopifyConsentTest extends ShopifyStories {
    private static final URI BACK = URI.create("https://hub.example.com/consent/shopify");

    @Test
    void publishedVector_isSignedByteForByte() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("shop", "some-shop.myshopify.com");
        query.put("timestamp", "1337178173");
        query.put("code", "0907a61c0c8d55e99db179b68161bc00");

        String hmac = OAuthQuery.sign(query, "hush");

        assertThat(hmac).isEqualTo("4712bf92ffc2917d15a2f5a273e39f0116667419aa4b6ac0b3baaf26fa3c4d20");
        query.put("hmac", hmac);
        query.put("signature", "of an older kind");
        assertThat(OAuthQuery.isSigned(query, "hush")).isTrue();
        assertThat(OAuthQuery.isSigned(query, "hush!")).isFalse();
        query.put("timestamp", "1337178174");
        assertThat(OAuthQuery.isSigned(query, "hush")).isFalse();
    }

    @Test
    void grantAtTheShopsPage_givesAnHoursToken_thatWorks() throws Exception {
        Consent.Grant grant = consent().grant(settings(), BACK, callback("approve"));

        assertThat(grant.settings()).containsKeys("accessToken", "refreshToken");
        Connection connection = with(grant.settings());
        assertThat(bench.channel().check(connection).ok()).isTrue();
        Consent.Lapse lapse = consent().lapse(connection);
        assertThat(lapse.access())
                .isBetween(clock.instant().plusSeconds(3500), clock.instant().plusSeconds(3600));
        assertThat(lapse.grant()).isAfter(clock.instant().plus(Duration.ofDays(89)));
        grant.settings().values().forEach(value -> assertThat(grant.toString()).doesNotContain(value));

        clock.forward(Duration.ofMinutes(61));
        assertThat(bench.channel().check(connection).ok()).isFalse();
        assertThat(bench.channel().check(refreshed(connection)).ok()).isTrue();
    }

    @Test
    void ownerWhoDoesNotAgree_isToldAsSuch() throws Exception {
        Map<String, String> callback = callback("refuse");

        assertThat(refused(Fault.UNAUTHORISED, () -> consent().grant(settings(), BACK, callback)))
                .hasMessageContaining("access_denied");
    }

    @Test
    void callback_forgedOrOfAnotherShopOrOld_isRefused_sayingWhat() throws Exception {
        Map<String, String> callback = callback("approve");
        Map<String, String> forged = new HashMap<>(callback);
        forged.put("code", "another");
        Map<String, String> elsewhere = new HashMap<>(callback);
        elsewhere.put("shop", "other.myshopify.com");
        elsewhere.put("hmac", OAuthQuery.sign(elsewhere, settings().get("webhookSecret")));

        assertThat(refused(Fault.UNAUTHORISED, () -> consent().grant(settings(), BACK, forged)))
                .hasMessageStartingWith("webhookSecret: ")
                .hasMessageContaining("hmac");
        assertThat(refused(Fault.UNAUTHORISED, () -> consent().grant(settings(), BACK, elsewhere)))
                .hasMessageContaining("other.myshopify.com");
        clock.forward(Duration.ofSeconds(95));
        assertThat(refused(Fault.UNAUTHORISED, () -> consent().grant(settings(), BACK, callback)))
                .hasMessageContaining("timestamp");
    }

    @Test
    void codeUsedTwice_isRefused_andSoIsAWrongSecret_withoutTellingIt() throws Exception {
        Map<String, String> callback = callback("approve");
        consent().grant(settings(), BACK, callback);

        refused(Fault.UNAUTHORISED, () -> consent().grant(settings(), BACK, callback));
        Connection wrong = with(Map.of("accessToken", "", "webhookSecret", "shpss_wrong"));
        ChannelException refusal = refused(Fault.UNAUTHORISED, () -> consent().refresh(wrong));
        assertThat(refusal.getMessage())
                .startsWith("webhookSecret: ")
                .contains("invalid_client")
                .doesNotContain("shpss_wrong");
    }

    @Test
    void scopeThatWasNotGranted_isNamed() throws Exception {
        Map<String, String> callback = callback("approve");
        Map<String, String> more = new HashMap<>(settings());
        more.put("scopes", "write_products,read_products,read_all_orders");

        assertThat(refused(Fault.UNAUTHORISED, () -> consent().grant(more, BACK, callback)))
                .hasMessageContaining("scope: read_all_orders was");
    }

    @Test
    void tokenOfFewerScopes_isRefusedWhereItLacksOne_insideASuccess() throws Exception {
        Map<String, String> few = new HashMap<>(settings());
        few.put("scopes", "read_locations,write_products");
        Consent.Grant grant = consent().grant(few, BACK, callback("approve", few));
        Connection connection = with(grant.settings());

        assertThat(bench.channel().check(connection).ok()).isTrue();
        assertThat(refused(
                        Fault.UNAUTHORISED,
                        () -> bench.channel().orderPoll(connection).changedSince(Instant.EPOCH)))
                .hasMessageContaining("ACCESS_DENIED");
    }

    @Test
    void refreshWhoseAnswerWasNotKept_worksAgain_untilTheNewOneWasUsed() throws Exception {
        Connection first =
                with(consent().grant(settings(), BACK, callback("approve")).settings());
        consent().refresh(first);

        Connection second = refreshed(first);
        assertThat(second.setting("refreshToken")).isNotEqualTo(first.setting("refreshToken"));
        assertThat(second.setting("previousRefreshToken")).isEqualTo(first.setting("refreshToken"));
        refreshed(second);

        refused(Fault.UNAUTHORISED, () -> consent().refresh(first));
    }

    @Test
    void appOfTheMerchantsOwn_asksByItself_andAgainEachDay() {
        Connection bare = with(Map.of("accessToken", ""));

        assertThat(consent().lapse(bare).access()).isEqualTo(Instant.EPOCH);
        Connection given = refreshed(bare);
        assertThat(bench.channel().check(given).ok()).isTrue();
        assertThat(consent().lapse(given).grant()).isNull();
        clock.forward(Duration.ofHours(25));
        assertThat(bench.channel().check(given).ok()).isFalse();
        assertThat(bench.channel().check(refreshed(given)).ok()).isTrue();
    }

    @Test
    void tokenMadeByHand_neverLapses() {
        assertThat(consent().refresh(bench.connection())).isEmpty();
        assertThat(consent().lapse(bench.connection())).isEqualTo(new Consent.Lapse(null, null));
    }

    @Test
    void shopThatIsNone_isRefusedBeforeAnybodyIsSentThere() {
        for (String shop : new String[] {"evil.com", "a.myshopify.com.evil.com", "-a.myshopify.com", ""}) {
            Map<String, String> settings = new HashMap<>(settings());
            settings.put("shop", shop);
            refused(Fault.UNAUTHORISED, () -> consent().page(settings, BACK, "s"));
        }
    }

    private Connection refreshed(Connection connection) {
        Map<String, String> settings = new HashMap<>(connection.settings());
        settings.putAll(consent().refresh(connection).orElseThrow().settings());
        return bench.connection(settings);
    }

    private Consent consent() {
        return bench.channel().consent();
    }

    private Map<String, String> settings() {
        return bench.connection().settings();
    }

    /** What comes back with an owner who pressed {@code decision} at the page. */
    private Map<String, String> callback(String decision) throws Exception {
        return callback(decision, settings());
    }

    private Map<String, String> callback(String decision, Map<String, String> settings) throws Exception {
        URI page = consent().page(settings, BACK, "nonce-1");
        try (HttpClient browser = HttpClient.newHttpClient()) {
            HttpResponse<String> shown =
                    browser.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(shown.statusCode()).isEqualTo(200);
            assertThat(shown.body()).contains("weir-demo.myshopify.com", "write_products", "nonce-1");
            Map<String, String> form = query(page.getRawQuery());
            form.put("decision", decision);
            URI decide = URI.create(bench.server().url("shopify") + "/admin/oauth/decide");
            HttpResponse<String> sent = browser.send(
                    HttpRequest.newBuilder(decide)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(encoded(form)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            URI back = URI.create(sent.headers().firstValue("Location").orElseThrow());
            assertThat(back.toString()).startsWith(BACK.toString());
            return query(back.getRawQuery());
        }
    }

    private static String encoded(Map<String, String> form) {
        StringBuilder text = new StringBuilder();
        form.forEach((name, value) -> text.append(text.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return text.toString();
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }
}
