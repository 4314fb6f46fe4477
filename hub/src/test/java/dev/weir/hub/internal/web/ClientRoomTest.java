package dev.weir.hub.internal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;

/** How many clients a hub lets in. */
class ClientRoomTest {
    private static final long GIBIBYTE = 1L << 30;

    @Test
    void connectionsGrowWithTheHeap_upToTheCeiling() {
        assertThat(new ClientRoom(GIBIBYTE, 20_000).most()).isEqualTo(4_096);
        assertThat(new ClientRoom(4 * GIBIBYTE, 20_000).most()).isEqualTo(16_384);
        assertThat(new ClientRoom(64 * GIBIBYTE, 20_000).most()).isEqualTo(20_000);
        assertThat(new ClientRoom(1 << 20, 20_000).most()).isEqualTo(256);
    }

    @Test
    void serverIsToldTheBound() {
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory();
        new ClientRoom(GIBIBYTE, 20_000).customize(factory);
        Connector connector = new Connector();
        factory.getTomcatConnectorCustomizers().forEach(customizer -> customizer.customize(connector));
        assertThat(connector.getProperty("maxConnections")).isEqualTo(4_096);
    }

    @Test
    void followersLeaveAQuarterForTaps_andComeAgainWhenOneHasLeft() {
        ClientRoom room = new ClientRoom(1 << 20, 20_000);
        for (int i = 0; i < 192; i++) {
            room.follow();
        }
        assertThatThrownBy(room::follow)
                .isInstanceOf(ClientRoom.Full.class)
                .hasMessage("events: 192 clients follow them at this hub (expected: fewer)");
        room.leave();
        room.follow();
    }
}
