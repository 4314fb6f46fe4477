package dev.weir.hub.internal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.Capability;
import dev.weir.connectors.Channel;
import dev.weir.connectors.Check;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Setting;
import dev.weir.hub.internal.connections.ConnectionStore;
import dev.weir.hub.internal.connections.OutgoingAddresses;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator enters meets what the platform gave. */
class ConnectionEntryTest {
    private static final Instant NOW = Instant.parse("2026-11-24T18:00:00Z");
    private static final Map<String, String> GRANTED = Map.of(
            "shop", "kiln.example",
            "appSecret", "app-secret",
            "accessToken", "granted-token",
            "shopId", "77",
            "refreshToken", "granted-refresh");
    private static final Set<String> GIVEN = Set.of("accessToken", "shopId", "refreshToken");

    @Test
    void changeOfOneThing_keepsSecretsAndWhatThePlatformGave() {
        assertThat(changed(Map.of("shop", "kiln2.example")))
                .hasSameSizeAs(GRANTED)
                .containsEntry("shop", "kiln2.example")
                .containsEntry("appSecret", "app-secret")
                .containsEntry("accessToken", "granted-token")
                .containsEntry("shopId", "77")
                .containsEntry("refreshToken", "granted-refresh");
    }

    @Test
    void tokenThatIsEnteredByHand_putsAnEndToTheGrant_soThatNoRefreshReplacesIt() {
        assertThat(changed(Map.of("shop", "kiln.example", "accessToken", "by-hand", "shopId", "77")))
                .containsEntry("accessToken", "by-hand")
                .containsEntry("shopId", "77")
                .doesNotContainKey("refreshToken");
    }

    @Test
    void sameValuesThatThePageSendsBack_leaveTheGrantAlone() {
        assertThat(changed(Map.of("shop", "kiln.example", "accessToken", "••••", "shopId", "77", "appSecret", "")))
                .isEqualTo(GRANTED);
    }

    @Test
    void secretThatIsReplaced_rotates() {
        ConnectionStore.Draft draft = entry(Map.of("shop", "kiln.example", "appSecret", "newer"), false)
                .draft(stored(), GIVEN, NOW);

        assertThat(draft.settings()).containsEntry("previousAppSecret", "app-secret");
        assertThat(draft.rotating()).containsEntry("appSecret", NOW);
    }

    @Test
    void secretOfWhatWaitsForItsConsent_isMended_withoutRotating_andItGoesOnWaiting() {
        Map<String, String> mended = Map.of("shop", "kiln.example", "appSecret", "right", "accessToken", "y");
        ConnectionStore.Stored waiting =
                new ConnectionStore.Stored(stored().connection(), true, true, 3, Map.of(), null, null, null, null);

        ConnectionStore.Draft draft = entry(mended, true).draft(waiting, Set.of(), NOW);
        assertThat(draft.settings()).containsEntry("appSecret", "right").doesNotContainKey("previousAppSecret");
        assertThat(draft.rotating()).isEmpty();
        assertThat(draft.unfinished()).isTrue();
        assertThat(entry(mended, false).draft(waiting, GIVEN, NOW).unfinished()).isFalse();
    }

    @Test
    void whatIsMissing_isRefused_unlessTheConsentIsToBringIt() {
        assertThatThrownBy(() -> entry(Map.of("shop", "kiln.example"), false).settings())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("settings.appSecret: missing (expected: App secret)");

        ConnectionEntry waiting = entry(Map.of("shop", "kiln.example"), true);
        assertThat(waiting.isUnfinished(waiting.settings())).isTrue();
        ConnectionEntry whole =
                entry(Map.of("shop", "kiln.example", "appSecret", "x", "accessToken", "y", "shopId", "1"), true);
        assertThat(whole.isUnfinished(whole.settings())).isFalse();
    }

    @Test
    void privateAddress_isRefused_beforeAnythingIsStored() {
        assertThatThrownBy(() -> ConnectionEntry.of(
                        new Shop(), "Kiln", Map.of("shop", "http://127.0.0.1/"), true, new OutgoingAddresses(false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("settings.shop: 127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP://127.0.0.1/", " http://127.0.0.1/", "Https://127.0.0.1:8443"})
    void privateAddress_isRefused_howeverItIsWritten(String address) {
        assertThatThrownBy(() -> ConnectionEntry.of(
                        new Shop(), "Kiln", Map.of("shop", address), true, new OutgoingAddresses(false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("settings.shop: 127.0.0.1");
    }

    private static Map<String, String> changed(Map<String, String> entered) {
        return entry(entered, false).draft(stored(), GIVEN, NOW).settings();
    }

    private static ConnectionEntry entry(Map<String, String> entered, boolean consenting) {
        return ConnectionEntry.of(new Shop(), "Kiln", entered, consenting, new OutgoingAddresses(true));
    }

    private static ConnectionStore.Stored stored() {
        Connection connection = new Connection(UUID.randomUUID(), "kiln", "shop", "Kiln", GRANTED);
        return new ConnectionStore.Stored(connection, true, false, 3, Map.of(), null, null, null, null);
    }

    private record Shop() implements Channel {
        @Override
        public String name() {
            return "shop";
        }

        @Override
        public String title() {
            return "Shop";
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of(Capability.CONSENT);
        }

        @Override
        public List<Setting> settings() {
            return List.of(
                    new Setting("shop", "Shop", false, true, ""),
                    new Setting("appSecret", "App secret", true, true, ""),
                    new Setting("previousAppSecret", "Previous app secret", true, false, ""),
                    new Setting("accessToken", "Access token", true, true, ""),
                    new Setting("shopId", "Shop id", false, true, ""));
        }

        @Override
        public Check check(Connection connection) {
            return new Check(true, "");
        }
    }
}
