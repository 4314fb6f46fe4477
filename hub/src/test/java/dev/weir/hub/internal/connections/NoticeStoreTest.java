package dev.weir.hub.internal.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NoticeStoreTest {
    private final Hubs hubs = new Hubs();
    private final Hubs.Hub hub = hubs.hub("one");
    private final NoticeStore notices = new NoticeStore(hub.jdbc());

    @AfterEach
    void close() {
        hubs.close();
    }

    @Test
    void platformSaysThatItsGrantEnds_andTheOperatorIsNeededAtOnce_untilTheyConsentAnew() {
        Connection connection = Hubs.connected(hub, hubs.platform);
        assertThat(hub.keeper().view(connection.id()).needsYou()).isFalse();
        Instant ends = hubs.now().plus(Duration.ofDays(2));

        notices.lapsing(connection.id(), ends, "the seller's consent ends", hubs.now());
        notices.lapsing(connection.id(), ends, "the seller's consent ends", hubs.now());

        TokenKeeper.View told = hub.keeper().view(connection.id());
        assertThat(told.needsYou()).isTrue();
        assertThat(told.reason()).isEqualTo("The platform says that the access ends: the seller's consent ends");
        assertThat(told.grantEndsAt()).isEqualTo(ends);
        assertThat(hub.keeper().needing()).isEqualTo(1);
        hubs.pass(Duration.ofDays(3));
        assertThat(hub.keeper().view(connection.id()).reason()).startsWith("The platform ended the access: ");

        hub.keeper().granted(connection.id(), Set.of(), draft -> draft.with(Map.of("location", "8")));

        assertThat(hub.keeper().view(connection.id()).needsYou()).isFalse();
    }

    @Test
    void whatWasSaidBeforeTheLastConsent_isOfNoConsequence_howeverLateItComes() {
        Connection connection = Hubs.connected(hub, hubs.platform);
        Instant before = hubs.now();
        hubs.pass(Duration.ofMinutes(1));
        hub.keeper().concluded(connection.id(), true, "let in");

        notices.lapsing(connection.id(), before, "the app was uninstalled", before);
        assertThat(hub.keeper().view(connection.id()).needsYou()).isFalse();
        hubs.pass(Duration.ofMinutes(1));
        notices.lapsing(connection.id(), hubs.now(), "the app was uninstalled", hubs.now());
        notices.lapsing(connection.id(), before, "older", hubs.now().minusSeconds(1));

        assertThat(hub.keeper().view(connection.id()).reason())
                .isEqualTo("The platform ended the access: the app was uninstalled");
    }

    @Test
    void connectionThatIsGone_hasNothingSaidOfIt() {
        notices.lapsing(UUID.randomUUID(), hubs.now(), "the app was uninstalled", hubs.now());
        assertThat(hub.keeper().needing()).isZero();
    }
}
