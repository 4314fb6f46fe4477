package dev.weir.instagram.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Consent;
import dev.weir.connectors.ContractBase;
import dev.weir.connectors.Fault;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** How does an operator let the hub in by Facebook Login, and how long does that last? */
class ConsentStoriesTest extends ContractBase {
    private static final URI REDIRECT = URI.create("https://hub.example.com/connect/instagram");

    private final MovedClock clock = new MovedClock("2026-11-24T10:00:00Z");

    @Override
    protected String channel() {
        return "instagram";
    }

    @Override
    protected Clock clock() {
        return clock;
    }

    @Test
    void page_asksForThePermissions_andShowsThem() throws Exception {
        URI page = consent().page(entered(), REDIRECT, "s/1");

        assertThat(page.toString())
                .contains("/v26.0/dialog/oauth?client_id=" + Meta.APP)
                .contains("state=s%2F1")
                .contains("response_type=code")
                .contains("redirect_uri=https%3A%2F%2Fhub.example.com%2Fconnect%2Finstagram")
                .contains("catalog_management%2Cbusiness_management");
        assertThat(send(HttpRequest.newBuilder(page)).body()).contains("<li>catalog_management</li>");
    }

    @Test
    void page_leadsToMetaItself_unlessTheSettingsNameAnotherAddress() {
        URI page = consent().page(Map.of("appId", "1", "permissions", "catalog_management"), REDIRECT, "s");

        assertThat(page.toString())
                .startsWith("https://www.facebook.com/v26.0/dialog/oauth?")
                .endsWith("catalog_management");
    }

    @Test
    void approval_becomesALongToken_withThePageBehindIt_thatWorks() throws Exception {
        Consent.Grant grant = consent().grant(entered(), REDIRECT, decide("approve"));

        assertThat(grant.settings())
                .containsEntry("pageId", Meta.PAGE)
                .containsEntry("pageToken", Meta.PAGE_TOKEN)
                .containsEntry("igUserId", Meta.ACCOUNT)
                .containsEntry("tokenExpiresAt", "2027-01-23T10:00:00Z")
                .containsEntry("dataAccessExpiresAt", "2027-02-22T10:00:00Z");
        assertThat(grant.toString()).doesNotContain("EAA");
        assertThat(channelUnderTest().check(granted(grant)).ok()).isTrue();
        assertThat(consent().lapse(granted(grant)))
                .isEqualTo(new Consent.Lapse(
                        Instant.parse("2027-01-23T10:00:00Z"), Instant.parse("2027-02-22T10:00:00Z")));
    }

    @Test
    void refusal_isUnauthorised_inMetasWords() throws Exception {
        Map<String, String> refused = decide("refuse");

        assertRefused(() -> consent().grant(entered(), REDIRECT, refused), "user_denied");
        assertRefused(() -> consent().grant(entered(), REDIRECT, Map.of()), "no code");
    }

    @Test
    void code_worksOnce_forItsRedirect_andForTenMinutes() throws Exception {
        Map<String, String> used = decide("approve");
        consent().grant(entered(), REDIRECT, used);
        Map<String, String> elsewhere = decide("approve");
        Map<String, String> late = decide("approve");

        assertRefused(() -> consent().grant(entered(), REDIRECT, used), "has been used");
        assertRefused(() -> consent().grant(entered(), URI.create("https://evil.example"), elsewhere), "redirect_uri");
        clock.move(Duration.ofMinutes(11));
        assertRefused(() -> consent().grant(entered(), REDIRECT, late), "expired");
    }

    @Test
    void code_underAWrongSecret_isRefused_tellingNoSecret() throws Exception {
        Map<String, String> query = decide("approve");
        Map<String, String> wrong = entered();
        wrong.put("appSecret", "wrong-secret");

        assertThatThrownBy(() -> consent().grant(wrong, REDIRECT, query))
                .hasMessageContaining("Error validating client secret")
                .hasMessageNotContaining("wrong-secret")
                .hasMessageNotContaining(query.get("code"));
        assertFault(Fault.UNAUTHORISED, () -> consent().grant(wrong, REDIRECT, query));
    }

    @Test
    void approval_withoutTheCatalogue_namesThePermission() throws Exception {
        bench.platform().flip(Habit.LEAVES_OUT.text(), true);
        Map<String, String> query = decide("approve");

        assertRefused(() -> consent().grant(entered(), REDIRECT, query), "[catalog_management]");
    }

    @Test
    void token_isRefreshedBeforeItEnds_butNotPastThePersonsDataAccess() throws Exception {
        Connection connection = granted(consent().grant(entered(), REDIRECT, decide("approve")));
        clock.move(Duration.ofDays(50));

        Connection again = granted(consent().refresh(connection).orElseThrow());

        assertThat(again.setting("accessToken")).isNotEqualTo(connection.setting("accessToken"));
        assertThat(again.setting("tokenExpiresAt")).isEqualTo("2027-03-14T10:00:00Z");
        assertThat(again.setting("dataAccessExpiresAt")).isEqualTo(connection.setting("dataAccessExpiresAt"));
        assertThat(channelUnderTest().check(again).detail()).doesNotContain("ends on");
        clock.move(Duration.ofDays(35));
        assertThat(channelUnderTest().check(again).detail()).contains("access to the person's data ends on 2027-02-22");
        clock.move(Duration.ofDays(6));
        assertRefused(() -> consent().refresh(again), "dataAccessExpiresAt");
    }

    @Test
    void token_thatEnded_isNotRefreshed_andTheCheckSaysSo() throws Exception {
        Connection connection = granted(consent().grant(entered(), REDIRECT, decide("approve")));
        clock.move(Duration.ofDays(61));

        assertRefused(() -> consent().refresh(connection), "190/463");
        assertThat(channelUnderTest().check(connection).ok()).isFalse();
    }

    @Test
    void systemUsersToken_doesNotLapse() {
        assertThat(consent().refresh(bench.connection())).isEmpty();
        assertThat(consent().lapse(bench.connection())).isEqualTo(new Consent.Lapse(null, null));
    }

    private Consent consent() {
        return channelUnderTest().consent();
    }

    private Map<String, String> entered() {
        Map<String, String> settings = new HashMap<>(bench.connection().settings());
        settings.keySet().removeAll(Set.of("accessToken", "pageId"));
        return settings;
    }

    private Connection granted(Consent.Grant grant) {
        Map<String, String> settings = entered();
        settings.putAll(grant.settings());
        return bench.connection(settings);
    }

    /** Presses a button on the platform's page; the query that the browser brings back. */
    private Map<String, String> decide(String button) throws Exception {
        URI page = consent().page(entered(), REDIRECT, "s-1");
        String fields = page.getRawQuery() + "&decision=" + button;
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create(bench.server().url() + page.getPath() + "/decide"))
                        .POST(HttpRequest.BodyPublishers.ofString(fields)));
        assertThat(answer.statusCode()).isEqualTo(302);
        Map<String, String> query = new LinkedHashMap<>();
        String location = answer.headers().firstValue("location").orElseThrow();
        for (String pair : location.substring(location.indexOf('?') + 1).split("&", -1)) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        assertThat(query).containsEntry("state", "s-1");
        return query;
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static void assertRefused(ThrowingCallable call, String words) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ChannelException.class,
                        refusal -> assertThat(refusal.fault()).isEqualTo(Fault.UNAUTHORISED))
                .hasMessageContaining(words);
    }
}
