package dev.weir.hub.internal.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.Connection;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A secret is replaced while deliveries that were signed with the old one are still on their way. */
class SecretRotationTest {
    private static final Instant NOW = Instant.parse("2026-11-24T18:00:00Z");
    private static final FakeChannel CHANNEL = new FakeChannel(new FakePlatform(() -> NOW));

    @Test
    void secretThatIsReplaced_staysBesideTheNewOne_untilItIsEnded() {
        ConnectionStore.Stored before = stored(Map.of("clientSecret", "one-one"), Map.of());

        SecretRotation rotation = SecretRotation.of(CHANNEL, before, Map.of("clientSecret", "two-two"), NOW);

        assertThat(rotation.settings())
                .containsEntry("clientSecret", "two-two")
                .containsEntry("previousClientSecret", "one-one");
        assertThat(rotation.rotating()).containsExactly(Map.entry("clientSecret", NOW));
        ConnectionStore.Draft ended =
                SecretRotation.end(stored(rotation.settings(), rotation.rotating()), "clientSecret");
        assertThat(ended.settings()).containsExactly(Map.entry("clientSecret", "two-two"));
        assertThat(ended.rotating()).isEmpty();
    }

    @Test
    void secretThatStays_andOneThatTheChannelTakesOnlyOnce_doNotRotate() {
        ConnectionStore.Stored before = stored(Map.of("clientSecret", "one-one", "accessToken", "a"), Map.of());

        SecretRotation rotation =
                SecretRotation.of(CHANNEL, before, Map.of("clientSecret", "one-one", "accessToken", "b"), NOW);

        assertThat(rotation.settings()).doesNotContainKeys("previousClientSecret", "previousAccessToken");
        assertThat(rotation.rotating()).isEmpty();
        assertThatThrownBy(() -> SecretRotation.end(before, "clientSecret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("setting: clientSecret (expected: one that rotates, of [])");
    }

    @Test
    void oldSecretThatIsEnteredByHand_isTaken_insteadOfTheOneThatStoodThere() {
        ConnectionStore.Stored before = stored(Map.of("clientSecret", "one-one"), Map.of());

        SecretRotation rotation = SecretRotation.of(
                CHANNEL, before, Map.of("clientSecret", "two-two", "previousClientSecret", "zero-zero"), NOW);

        assertThat(rotation.settings()).containsEntry("previousClientSecret", "zero-zero");
        assertThat(rotation.rotating()).containsKey("clientSecret");
    }

    private static ConnectionStore.Stored stored(Map<String, String> settings, Map<String, Instant> rotating) {
        Connection connection = new Connection(UUID.randomUUID(), "kiln", FakeChannel.NAME, "Kiln", settings);
        return new ConnectionStore.Stored(connection, true, false, 1, rotating, null, null, null, null);
    }
}
