package dev.weir.hub.internal.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The operator's way to the platform's page and back, and everybody else's. */
class ConsentsTest {
    private final Hubs hubs = new Hubs();
    private final Hubs.Hub hub = hubs.hub("hub-a");

    @AfterEach
    void close() {
        hubs.close();
    }

    @Test
    void consent_letsUsIn_storesSealed_checks_andSaysSo() {
        Connection connection = entered("kiln.example");
        Consents.Begun begun = hub.consents().begin(connection);
        assertThat(begun.page().toString())
                .startsWith("https://kiln.example/authorise?redirect_uri=https://hub.example/connect/callback&state=");

        Consents.Finished finished = hub.consents().finish(back(begun, "code-of-the-platform"), browserOf(begun));

        assertThat(finished.path()).isEqualTo("/operator#connections/" + connection.id());
        ConnectionStore.Stored stored =
                hub.connections().stored(connection.id()).orElseThrow();
        assertThat(stored.unfinished()).isFalse();
        assertThat(stored.checkOk()).isTrue();
        assertThat(stored.connection().setting("accessToken")).startsWith("access-token-");
        TokenKeeper.View view = hub.keeper().view(connection.id());
        assertThat(view.consent().ok()).isTrue();
        assertThat(view.consent().detail()).isEqualTo("Fake Shop lets us in. Reached kiln.example.");
        assertThat(view.endsAt()).isEqualTo(hubs.now().plus(Duration.ofHours(1)));
        assertThat(hub.connections().active()).contains(stored.connection());
    }

    @Test
    void listener_isToldOfWhomTheConsentLetIn_andOfNobodyElse() {
        List<UUID> granted = new ArrayList<>();
        hub.consents().whenGranted(granted::add);
        Connection connection = entered("kiln.example");
        Consents.Begun refused = hub.consents().begin(connection);
        hub.consents().finish(Map.of("state", state(refused), "error", "denied"), browserOf(refused));
        assertThat(granted).isEmpty();

        Consents.Begun agreed = hub.consents().begin(connection);
        hub.consents().finish(back(agreed, "code-of-the-platform"), browserOf(agreed));
        assertThat(granted).containsExactly(connection.id());
    }

    @Test
    void connectionThatWaitsForItsConsent_isUsedByNobody() {
        Connection connection = entered("kiln.example");

        assertThat(hub.connections().active()).isEmpty();
        hub.keeper().tend();
        assertThat(hubs.platform.asked).hasValue(0);
        assertThat(hub.connections().stored(connection.id()).orElseThrow().unfinished())
                .isTrue();
    }

    @Test
    void stateThatNobodyGave_orThatWasUsed_orThatIsLate_letsNobodyIn() {
        Connection connection = entered("kiln.example");
        Consents.Begun used = hub.consents().begin(connection);
        hub.consents().finish(Map.of("state", state(used), "error", "denied"), browserOf(used));
        Consents.Begun late = hub.consents().begin(connection);
        hubs.pass(Duration.ofMinutes(10));

        assertThat(path(Map.of("state", "A".repeat(43), "code", "code-of-the-platform"), browserOf(late)))
                .endsWith("/consent-unknown");
        assertThat(path(Map.of("code", "code-of-the-platform"), browserOf(late)))
                .endsWith("/consent-unknown");
        assertThat(path(Map.of("state", "A".repeat(5_000)), browserOf(late))).endsWith("/consent-unknown");
        assertThat(path(back(used, "code-of-the-platform"), browserOf(used))).endsWith("/consent-used");
        assertThat(path(back(late, "code-of-the-platform"), browserOf(late))).endsWith("/consent-late");
        assertThat(hub.connections().find(connection.id()).orElseThrow()).isEqualTo(connection);
        assertThat(hubs.platform.codeIsUsed).isFalse();
    }

    @Test
    void anotherBrandsOperator_cannotFinish_andTheStateIsSpentByTrying() {
        Connection ours = entered("kiln.example");
        Connection theirs =
                new Connection(UUID.randomUUID(), "other", FakeChannel.NAME, "Theirs", Map.of("shop", "other.example"));
        hub.connections().save(theirs, true);
        Consents.Begun begun = hub.consents().begin(ours);
        Consents.Begun other = hub.consents().begin(theirs);

        assertThat(path(back(begun, "code-of-the-platform"), browserOf(other))).endsWith("/consent-elsewhere");
        assertThat(path(back(begun, "code-of-the-platform"), name -> other.browser()))
                .endsWith("/consent-used");

        Consents.Begun again = hub.consents().begin(ours);
        assertThat(path(back(again, "code-of-the-platform"), name -> other.browser()))
                .endsWith("/consent-elsewhere");
        assertThat(hub.connections().find(ours.id()).orElseThrow()).isEqualTo(ours);
    }

    @Test
    void refusal_isToldInThePlatformsWords_withoutTheCode() {
        Connection connection = entered("kiln.example");
        Consents.Begun wrong = hub.consents().begin(connection);
        hub.consents().finish(back(wrong, "a-code-that-is-wrong"), browserOf(wrong));
        TokenKeeper.View view = hub.keeper().view(connection.id());
        assertThat(view.consent().ok()).isFalse();
        assertThat(view.consent().detail()).isEqualTo("code: •••• was refused (expected: a fresh one)");

        Consents.Begun denied = hub.consents().begin(connection);
        hub.consents().finish(Map.of("state", state(denied), "error", "access_denied"), browserOf(denied));
        assertThat(hub.keeper().view(connection.id()).consent().detail())
                .isEqualTo("The operator said no: access_denied");
        assertThat(hub.connections().active()).isEmpty();
    }

    @Test
    void consentThatStillLacksASetting_isKept_andSaysWhich() {
        try (Hubs strict = new Hubs(true)) {
            Hubs.Hub asking = strict.hub("hub-b");
            Connection connection = new Connection(
                    UUID.randomUUID(),
                    "kiln",
                    FakeChannel.NAME,
                    "Kiln",
                    Map.of("shop", "kiln.example", "clientSecret", "client-secret-1"));
            asking.connections().save(connection, true);
            Consents.Begun begun = asking.consents().begin(connection);
            asking.consents().finish(back(begun, "code-of-the-platform"), browserOf(begun));

            ConnectionStore.Stored stored =
                    asking.connections().stored(connection.id()).orElseThrow();
            assertThat(stored.unfinished()).isTrue();
            assertThat(stored.connection().settings()).containsKey("refreshToken");
            assertThat(asking.keeper().view(connection.id()).consent().detail())
                    .isEqualTo("Fake Shop lets us in. Still to be entered: Location.");
        }
    }

    @Test
    void connectingAgain_replacesThePair_andForgetsTheRefusal() {
        Connection connection = Hubs.connected(hub, hubs.platform);
        hubs.pass(Duration.ofHours(2));
        hubs.platform.refuses = true;
        hub.keeper().renewed(connection);
        assertThat(hub.keeper().view(connection.id()).needsYou()).isTrue();

        Consents.Begun begun = hub.consents().begin(connection);
        hub.consents().finish(back(begun, "code-of-the-platform"), browserOf(begun));

        assertThat(hub.keeper().view(connection.id()).needsYou()).isFalse();
        Connection now = hub.connections().find(connection.id()).orElseThrow();
        hubs.platform.use(now.setting("accessToken"));
        assertThat(now.setting("location")).isEqualTo("7");
    }

    @Test
    void settingThatThePageNeeds_isNamed_andAPrivatePageIsNotGoneTo() {
        Connection without = new Connection(UUID.randomUUID(), "kiln", FakeChannel.NAME, "Kiln", Map.of());
        hub.connections().save(without, true);
        assertThatThrownBy(() -> hub.consents().begin(without))
                .isInstanceOf(ChannelException.class)
                .hasMessageContaining("setting shop is missing");

        Consents strict = new Consents(
                hub.channels(),
                hub.connections(),
                hub.keeper(),
                new OutgoingAddresses(false),
                hub.jdbc(),
                () -> URI.create("https://hub.example"),
                java.time.Clock.systemUTC());
        Connection inside = entered("127.0.0.1");
        assertThatThrownBy(() -> strict.begin(inside))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: a public address");
    }

    private Connection entered(String shop) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("shop", shop);
        settings.put("clientSecret", "client-secret-1");
        Connection connection = new Connection(UUID.randomUUID(), "kiln", FakeChannel.NAME, "Kiln", settings);
        hub.connections().save(connection, true);
        return connection;
    }

    private String path(Map<String, String> query, Function<String, String> browser) {
        return hub.consents().finish(query, browser).path();
    }

    static Map<String, String> back(Consents.Begun begun, String code) {
        return Map.of("state", state(begun), "code", code, "shop", "kiln.example");
    }

    static String state(Consents.Begun begun) {
        String page = begun.page().toString();
        return page.substring(page.indexOf("state=") + "state=".length());
    }

    private static Function<String, String> browserOf(Consents.Begun begun) {
        return name -> name.equals(begun.cookie()) ? begun.browser() : null;
    }
}
