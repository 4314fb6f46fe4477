package dev.weir.hub.internal.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.Connection;
import dev.weir.connectors.Connections;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookVerdict;
import dev.weir.routes.Inbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;

/** Whose secrets are believed when nobody can be asked. */
class KnownConnectionsTest {
    private final Shops shops = new Shops();
    private final SpoolingInbox inbox = new SpoolingInbox();
    private final KnownConnections known = new KnownConnections(shops, inbox, true);

    @Test
    void databaseThatAnswers_isBelieved_whateverIsRemembered() {
        shops.all.add(shop("old"));
        known.learn();
        shops.all.set(0, with(shops.all.getFirst(), "new"));
        assertThat(secret(known)).isEqualTo("new");
        shops.all.clear();
        assertThat(shops.asked).isPositive();
        assertThat(known.find(UUID.randomUUID())).isEmpty();
    }

    @Test
    void databaseThatIsAway_leavesWhatWasReadLast_andIsNotAskedTwice() {
        shops.all.add(shop("s1"));
        known.learn();
        shops.away = true;
        int before = shops.asked;
        assertThat(secret(known)).isEqualTo("s1");
        assertThat(inbox.away).isTrue();
        assertThat(secret(known)).isEqualTo("s1");
        assertThat(shops.asked).as("nobody waits twice for the same outage").isEqualTo(before + 1);
    }

    @Test
    void connectionThatIsNotRemembered_isNotSaidToBeMissing_whileTheDatabaseIsAway() {
        known.learn();
        shops.away = true;
        assertThatThrownBy(() -> known.find(UUID.randomUUID())).isInstanceOf(DataAccessException.class);
    }

    @Test
    void connectionThatWasSwitchedOff_isForgotten() {
        shops.all.add(shop("s1"));
        known.learn();
        UUID id = shops.all.removeFirst().id();
        known.learn();
        shops.away = true;
        assertThatThrownBy(() -> known.find(id)).isInstanceOf(DataAccessException.class);
    }

    @Test
    void withoutASpool_nothingIsRemembered() {
        shops.all.add(shop("s1"));
        KnownConnections forgetful = new KnownConnections(shops, inbox, false);
        assertThat(forgetful.learn()).isZero();
        shops.away = true;
        assertThatThrownBy(() -> secret(forgetful)).isInstanceOf(DataAccessException.class);
        assertThat(inbox.away).isFalse();
    }

    private String secret(KnownConnections from) {
        return from.find(shops.all.getFirst().id()).orElseThrow().setting("secret");
    }

    private static Connection shop(String secret) {
        return new Connection(UUID.randomUUID(), "kiln", "fake-shop", "Kiln", Map.of("secret", secret));
    }

    private static Connection with(Connection shop, String secret) {
        return ConnectionStore.with(shop, Map.of("secret", secret));
    }

    private static final class Shops implements Connections {
        final List<Connection> all = new ArrayList<>();
        boolean away;
        int asked;

        @Override
        public List<Connection> active() {
            answer();
            return List.copyOf(all);
        }

        @Override
        public Optional<Connection> find(UUID id) {
            answer();
            return all.stream().filter(one -> one.id().equals(id)).findFirst();
        }

        private void answer() {
            asked++;
            if (away) {
                throw new DataAccessResourceFailureException("away");
            }
        }
    }

    private static final class SpoolingInbox implements Inbox {
        boolean away;

        @Override
        public Stored store(
                UUID connectionId, String brand, String channel, RawWebhook raw, WebhookVerdict.Authentic verdict) {
            throw new IllegalStateException("nothing is delivered here");
        }

        @Override
        public boolean isAway() {
            return away;
        }

        @Override
        public void databaseFailed() {
            away = true;
        }

        @Override
        public Optional<Instant> spooledSince() {
            return Optional.empty();
        }

        @Override
        public long spooledBytes() {
            return 0;
        }
    }
}
