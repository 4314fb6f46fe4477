package dev.weir.tiktokshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Consent;
import dev.weir.connectors.Fault;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How does a seller let us in, and what of it lapses when? */
class TikTokShopConsentTest {
    private static final URI BACK = URI.create("http://localhost:8080/api/consents/back?x=1");

    private final TestClock clock = new TestClock();
    private final HttpClient browser = HttpClient.newHttpClient();
    private ChannelBench bench;
    private Consent consent;
    private Map<String, String> entered;

    @BeforeEach
    void open() {
        bench = new ChannelBench("tiktok-shop", clock);
        consent = bench.channel().consent();
        entered = new HashMap<>(bench.connection().settings());
        for (String name : List.of(
                "accessToken",
                "refreshToken",
                "accessTokenEnds",
                "refreshTokenEnds",
                "shopCipher",
                "shopId",
                "warehouseId")) {
            entered.remove(name);
        }
    }

    @AfterEach
    void close() {
        browser.close();
        bench.close();
    }

    @Test
    void consent_atTheSandboxesPage_givesAConnectionThatWorks() throws Exception {
        Map<String, String> back = approve("s t+a/te");
        assertThat(back).containsEntry("state", "s t+a/te").containsEntry("x", "1");

        Connection connection = connected(consent.grant(entered, BACK, back));

        assertThat(bench.channel().check(connection).ok()).isTrue();
        assertThat(connection.setting("warehouseId")).isEqualTo("7068000000000000001");
        Consent.Lapse lapse = consent.lapse(connection);
        assertThat(lapse.access()).isEqualTo(clock.instant().plus(Duration.ofDays(7)));
        assertThat(lapse.grant()).isEqualTo(clock.instant().plus(Duration.ofDays(365)));
    }

    @Test
    void code_isGoodOnce_andForHalfAnHour() throws Exception {
        Map<String, String> once = approve("s");
        consent.grant(entered, BACK, once);
        Map<String, String> late = approve("s");
        clock.pass(Duration.ofMinutes(31));

        assertUnauthorised("36004004", () -> consent.grant(entered, BACK, once));
        assertUnauthorised("36004004", () -> consent.grant(entered, BACK, late));
    }

    @Test
    void refusalAtThePage_andAnotherAppsAnswer_areNoGrant() throws Exception {
        Map<String, String> refused = decide("s", "refuse");
        Map<String, String> stranger = new HashMap<>(approve("s"));
        stranger.put("app_key", "somebody");

        assertUnauthorised("code", () -> consent.grant(entered, BACK, refused));
        assertUnauthorised("somebody", () -> consent.grant(entered, BACK, stranger));
    }

    @Test
    void sellerOfTwoShops_isAskedWhich_andTheNamedOneIsTaken() throws Exception {
        bench.platform().flip("two-shops", true);
        Map<String, String> first = approve("s");
        assertUnauthorised("7490000000000000002", () -> consent.grant(entered, BACK, first));

        entered.put("shopId", "7490000000000000002");
        Consent.Grant grant = consent.grant(entered, BACK, approve("s"));

        assertThat(grant.settings()).containsEntry("shopCipher", "ROW_sandbox-Cipher_02");
    }

    @Test
    void creatorsConsent_isRefused() throws Exception {
        bench.platform().flip("creator", true);
        Map<String, String> back = approve("s");

        assertUnauthorised("user_type", () -> consent.grant(entered, BACK, back));
    }

    @Test
    void refresh_givesANewPair_andTheOldRefreshTokenIsSpent() {
        clock.pass(Duration.ofDays(8));
        assertThat(bench.channel().check(bench.connection()).ok()).isFalse();

        Connection renewed = connected(consent.refresh(bench.connection()).orElseThrow());

        assertThat(bench.channel().check(renewed).ok()).isTrue();
        assertThat(renewed.setting("refreshToken"))
                .isNotEqualTo(bench.connection().setting("refreshToken"));
        assertUnauthorised("36004005", () -> consent.refresh(bench.connection()));
        clock.pass(Duration.ofDays(366));
        assertUnauthorised("36004001", () -> consent.refresh(renewed));
    }

    @Test
    void refreshTokenThatIsKept_isGoodAgain() {
        bench.platform().flip("refresh-rotates", false);

        consent.refresh(bench.connection());

        assertThat(bench.channel()
                        .check(connected(consent.refresh(bench.connection()).orElseThrow()))
                        .ok())
                .isTrue();
    }

    @Test
    void secretAndTokens_areInNoFailureAndNoText() throws Exception {
        Map<String, String> wrong = new HashMap<>(entered);
        wrong.put("appSecret", "not-the-secret");
        Map<String, String> back = approve("s");

        assertThatThrownBy(() -> consent.grant(wrong, BACK, back))
                .satisfies(thrown -> assertThat(thrown.toString() + thrown.getCause())
                        .doesNotContain("not-the-secret", back.get("code")));
        assertThat(consent.grant(entered, BACK, back).toString()).doesNotContain("ROW_");
    }

    @Test
    void page_isTikToksOwn_withoutAWayBack_unlessAnotherIsEntered() {
        Map<String, String> app = new HashMap<>(Map.of("appKey", "k", "serviceId", "77"));

        assertThat(consent.page(app, BACK, "s"))
                .hasToString("https://services.tiktokshop.com/open/authorize?service_id=77&state=s");
        app.put("region", "US");
        assertThat(consent.page(app, BACK, "s"))
                .hasToString("https://services.us.tiktokshop.com/open/authorize?service_id=77&state=s");
    }

    @Test
    void connectionWithoutKnownEnds_lapsesNever_andAnUnreadableEndIsNamed() {
        entered.put("accessToken", "pasted");
        assertThat(consent.lapse(bench.connection(entered))).isEqualTo(new Consent.Lapse(null, null));
        assertUnauthorised("refreshToken", () -> consent.refresh(bench.connection(entered)));
        entered.put("accessTokenEnds", "soon");

        assertUnauthorised("accessTokenEnds: soon", () -> consent.lapse(bench.connection(entered)));
    }

    private Connection connected(Consent.Grant grant) {
        Map<String, String> settings = new HashMap<>(entered);
        settings.putAll(bench.connection().settings());
        settings.putAll(grant.settings());
        return bench.connection(settings);
    }

    private Map<String, String> approve(String state) throws Exception {
        return decide(state, "approve");
    }

    /** What a browser does: opens the page, presses the button, and is sent on. */
    private Map<String, String> decide(String state, String button) throws Exception {
        URI page = consent.page(entered, BACK, state);
        String html = browser.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher action = Pattern.compile("action=\"([^\"]+)\"").matcher(html);
        assertThat(action.find()).as(html).isTrue();
        StringBuilder form = new StringBuilder("decision=" + button);
        Matcher field = Pattern.compile("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")
                .matcher(html);
        while (field.find()) {
            String value = field.group(2).replace("&amp;", "&");
            form.append('&')
                    .append(field.group(1))
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
        HttpRequest press = HttpRequest.newBuilder(page.resolve(action.group(1)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.toString()))
                .build();
        String location = browser.send(press, HttpResponse.BodyHandlers.discarding())
                .headers()
                .firstValue("location")
                .orElseThrow();
        assertThat(location).startsWith("http://localhost:8080/api/consents/back?");
        Map<String, String> query = new HashMap<>();
        for (String pair : URI.create(location).getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static void assertUnauthorised(String named, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ChannelException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNAUTHORISED))
                .hasMessageContaining(named);
    }
}
