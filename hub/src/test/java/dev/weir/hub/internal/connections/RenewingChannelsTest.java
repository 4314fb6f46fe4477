package dev.weir.hub.internal.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A call whose access ended a moment ago is done again; its caller sees nothing of it. */
class RenewingChannelsTest {
    private final Hubs hubs = new Hubs();
    private final Hubs.Hub hub = hubs.hub("hub-a");
    private Connection connection;
    private Channel channel;

    @BeforeEach
    void connect() {
        connection = Hubs.connected(hub, hubs.platform);
        channel = RenewingChannels.wrap(hub.channels(), hub.keeper()).get(FakeChannel.NAME);
    }

    @AfterEach
    void close() {
        hubs.close();
    }

    @Test
    void callWithAccessThatEnded_isDoneAgainWithTheNewOne() {
        hubs.pass(Duration.ofHours(2));

        assertThat(channel.stockRead(connection).read(List.of(FakeChannel.LISTING)))
                .containsEntry(FakeChannel.LISTING.sku(), 3);
        assertThat(hubs.platform.rotations).hasValue(1);
    }

    @Test
    void callWithAccessThatOnlyTheOperatorCanRenew_isRefusedAsBefore() {
        hubs.pass(Duration.ofHours(2));
        hubs.platform.refuses = true;

        assertThatThrownBy(() -> channel.stockRead(connection).read(List.of()))
                .isInstanceOfSatisfying(
                        ChannelException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNAUTHORISED));
    }

    @Test
    void readingThatHandedSomethingOut_isNotBegunAgain_butTheNextOneHasTheNewAccess() {
        hubs.pass(Duration.ofHours(2));
        List<Listing> seen = new ArrayList<>();

        assertThatThrownBy(() -> channel.catalogueRead(connection).readAll(seen::add))
                .isInstanceOf(ChannelException.class);
        assertThat(seen).hasSize(1);

        Connection renewed = hub.connections().find(connection.id()).orElseThrow();
        channel.catalogueRead(renewed).readAll(seen::add);
        assertThat(seen).hasSize(3);
        assertThat(hubs.platform.rotations).hasValue(1);
    }

    @Test
    void abilityThatIsNotDeclared_isRefusedInTheSameWords() {
        assertThatThrownBy(() -> channel.stockWrite(connection))
                .isInstanceOf(ChannelException.class)
                .hasMessage("fake-shop does not offer STOCK_WRITE");
        assertThat(channel.name()).isEqualTo("fake-shop");
        assertThat(channel).isEqualTo(channel).hasToString("Renewing[Channel]");
    }
}
