package dev.weir.orders;

import static dev.weir.orders.OrdersBench.A;
import static dev.weir.orders.OrdersBench.NOON;
import static dev.weir.orders.OrdersBench.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.Order.State;
import dev.weir.connectors.Shipment;
import dev.weir.orders.OrderBook.Intake;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShipmentsTest {
    private final OrdersBench bench = new OrdersBench();
    private final Shipments shipments = bench.orders.shipments();

    private Intake state(UUID connection, String order, Shipment shipment) {
        return shipments.state(connection, order, shipment);
    }

    private static Shipment shipment(String id, @Nullable String tracking) {
        return new Shipment(id, NOON, List.of(line(A, 2, "10.00")), tracking == null ? null : "DHL", tracking, null);
    }

    @Test
    void shipment_isKeptOnce_howeverOftenItIsTold_andToldOnce() {
        bench.book.take(bench.brand, bench.shop, bench.order("1", State.PAID, 1));

        assertThat(state(bench.shop, "1", shipment("f1", "JD0001"))).isInstanceOf(Intake.Done.class);
        assertThat(state(bench.shop, "1", shipment("f1", "JD0001"))).isInstanceOf(Intake.Unchanged.class);

        assertThat(shipments.of(bench.only().id())).singleElement().satisfies(sent -> {
            assertThat(sent.shipment()).isEqualTo(shipment("f1", "JD0001"));
            assertThat(sent.source()).isEqualTo(bench.shop.toString());
            assertThat(shipments.find(sent.id())).contains(sent);
        });
        assertThat(bench.told).containsExactly("OrderPlaced", "OrderPaid", Shipments.SHIPPED);
    }

    @Test
    void numberThatComesLater_isFilledIn_andWhatIsKnownStands() {
        bench.book.take(bench.brand, bench.shop, bench.order("1", State.PAID, 1));
        state(bench.shop, "1", shipment("f1", null));

        assertThat(state(bench.shop, "1", shipment("f1", "JD0001"))).isInstanceOf(Intake.Done.class);
        assertThat(state(bench.shop, "1", shipment("f1", null))).isInstanceOf(Intake.Unchanged.class);
        Shipment followed =
                new Shipment("f1", NOON, List.of(), null, null, URI.create("https://carrier.example/JD0001"));
        assertThat(state(bench.shop, "1", followed)).isInstanceOf(Intake.Done.class);

        assertThat(shipments.of(bench.only().id())).singleElement().satisfies(sent -> {
            assertThat(sent.shipment().tracking()).isEqualTo("JD0001");
            assertThat(sent.shipment().carrier()).isEqualTo("DHL");
            assertThat(sent.shipment().link()).hasHost("carrier.example");
            assertThat(sent.shipment().lines()).containsExactly(line(A, 2, "10.00"));
        });
    }

    @Test
    void parcelThatTheBackendSent_isTheSame_whenTheChannelTellsOfItsNumber() {
        UUID backend = UUID.randomUUID();
        bench.book.take(bench.brand, bench.shop, bench.order("1", State.PAID, 1));
        bench.book.pushed(bench.only().id(), backend, "B-1");

        assertThat(state(backend, "B-1", shipment("f1", "JD0001"))).isInstanceOf(Intake.Done.class);
        assertThat(state(bench.shop, "1", shipment("package-9", "JD0001"))).isInstanceOf(Intake.Unchanged.class);
        assertThat(state(bench.shop, "1", shipment("package-10", "JD0002"))).isInstanceOf(Intake.Done.class);

        assertThat(shipments.of(bench.only().id())).hasSize(2);
    }

    @Test
    void shipmentOfAnOrderThatIsNotKnown_waits() {
        assertThat(state(bench.shop, "1", shipment("f1", "JD0001")))
                .isInstanceOfSatisfying(
                        Intake.NotYet.class, not -> assertThat(not.reason()).contains("order 1", "shipment f1"));
        assertThat(shipments.enter(UUID.randomUUID(), shipment("f1", null))).isInstanceOf(Intake.NotYet.class);
        assertThat(bench.told).isEmpty();
    }
}
