package dev.weir.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What does every channel promise of catalogues that change, prices, refunds, shipments and holds? Part of {@link ChannelContract}. */
public abstract class BackOfficeContract extends ContractBase {
    @Test
    void catalogue_readOnFromEachCursor_isWhatLiesBehindIt() {
        needs(Capability.CATALOGUE_READ);
        bench.platform()
                .seed(IntStream.range(0, 260)
                        .mapToObj(at -> ChannelBench.product("MANY-" + at, "Many " + at, 100, 1))
                        .toList());
        CatalogueRead port = channelUnderTest().catalogueRead(bench.connection());
        Map<String, Set<Sku>> behind = new LinkedHashMap<>();
        Set<Sku> all = new HashSet<>();
        port.read(null, (listings, next) -> {
            List<Sku> page = listings.stream().map(Listing::sku).toList();
            behind.values().forEach(skus -> skus.addAll(page));
            all.addAll(page);
            if (next != null) {
                behind.put(next, new HashSet<>());
            }
        });

        assertThat(all).hasSizeGreaterThanOrEqualTo(263);
        behind.forEach((cursor, skus) -> {
            List<Sku> again = new ArrayList<>();
            port.read(cursor, (listings, next) -> listings.forEach(listing -> again.add(listing.sku())));
            assertThat(again).as("behind " + cursor).containsExactlyInAnyOrderElementsOf(skus);
        });
    }

    @Test
    void changes_sinceBeforeTheSeeding_areEverything_andNoneSinceTheFuture() {
        needs(Capability.CATALOGUE_CHANGES);
        CatalogueChanges port = channelUnderTest().catalogueChanges(bench.connection());
        List<Sku> changed = new ArrayList<>();
        Instant before = clock().instant().minus(Duration.ofMinutes(5));

        Instant next = port.readSince(before, listing -> changed.add(listing.sku()));

        assertThat(changed)
                .contains(ChannelBench.SHELVES.stream()
                        .map(product -> product.sku())
                        .toArray(Sku[]::new));
        assertThat(next).isBetween(before, clock().instant().plusSeconds(60));
        changed.clear();
        port.readSince(clock().instant().plus(Duration.ofHours(1)), listing -> changed.add(listing.sku()));
        assertThat(changed).isEmpty();
    }

    @Test
    void price_written_isListed_andOneInAnotherCurrencyIsRefusedAlone() {
        needs(Capability.PRICE_WRITE);
        Map<Sku, Listing> listings = bench.listings();
        PriceWrite port = channelUnderTest().priceWrite(bench.connection());

        List<StockWrite.Outcome> outcomes = port.write(List.of(
                new PriceWrite.Target(Money.of("14.90", "EUR"), listings.get(TEE)),
                new PriceWrite.Target(Money.of("1490", "JPY"), listings.get(MUG))));

        assertThat(outcomes)
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(outcome.refusal() != null)
                        .as(outcome.toString())
                        .isEqualTo(outcome.sku().equals(MUG)));
        assertThat(bench.listings().get(TEE).price()).isEqualTo(Money.of("14.90", "EUR"));
        assertThat(bench.listings().get(MUG).price())
                .isEqualTo(listings.get(MUG).price());
    }

    @Test
    void refund_askedTwiceWithOneKey_isOneRefund_andOfNoOrderIsNotFound() {
        needs(Capability.ORDER_REFUND);
        OrderRefund port = channelUnderTest().orderRefund(bench.connection());
        Money price = ChannelBench.SHELVES.getFirst().price();
        String order = bench.platform().buy(TEE, 3).orderId();
        OrderRefund.Request one = refund("refund-1", order, price, 1);

        String first = port.refund(one);

        assertThat(port.refund(one)).isEqualTo(first);
        assertThat(port.refund(refund("refund-2", order, price, 1))).isNotEqualTo(first);
        assertFault(Fault.REJECTED, () -> port.refund(refund("refund-3", order, price.times(50), 1)));
        assertFault(Fault.NOT_FOUND, () -> port.refund(refund("refund-4", "999999999999", price, 0)));
    }

    @Test
    void shipment_toldTwice_isOneShipment_andOfNoOrderIsNotFound() {
        needs(Capability.FULFILMENT);
        Fulfilment port = channelUnderTest().fulfilment(bench.connection());
        String order = bench.platform().buy(TEE, 2).orderId();
        Shipment part = new Shipment("s-1", clock().instant(), List.of(line(1)), "DHL", "00340", null);

        String first = port.ship(order, part);

        assertThat(port.ship(order, part)).isEqualTo(first);
        Shipment rest = new Shipment("s-2", clock().instant(), List.of(), "DHL", "00341", null);
        assertThat(port.ship(order, rest)).isNotEqualTo(first);
        Shipment more = new Shipment("s-3", clock().instant(), List.of(line(1)), "DHL", "00342", null);
        assertFault(Fault.REJECTED, () -> port.ship(order, more));
        assertFault(Fault.NOT_FOUND, () -> port.ship("999999999999", more));
    }

    @Test
    void orderOfOurs_thatTheMerchantCallsOff_isStated_andNoOtherOfOurs() {
        needs(Capability.ORDER_CANCEL);
        needs(Capability.ORDER_PUSH);
        Instant before = clock().instant().minusSeconds(1);
        OrderPush port = channelUnderTest().orderPush(bench.connection());
        Listing tee = bench.listings().get(TEE);
        String stands = port.push(request("weir-1001", tee, 1));
        String calledOff = port.push(request("weir-1002", tee, 2));

        bench.platform().callOff(calledOff);

        List<Order> changed = channelUnderTest().orderPoll(bench.connection()).changedSince(before);
        assertThat(changed)
                .extracting(Order::externalId)
                .containsExactly(calledOff)
                .doesNotContain(stands);
        assertThat(changed.getFirst().state()).isEqualTo(Order.State.CANCELLED);
        assertThat(changed.getFirst().evidence()).containsKey(Order.HANDED_OVER);
    }

    @Test
    void goodsThatTheMerchantSends_areStatedOnceAsked_andOursAreNot() {
        needs(Capability.AFTER_SALE_POLL);
        Instant before = clock().instant().minusSeconds(1);
        Listing tee = bench.listings().get(TEE);
        OrderPush port = channelUnderTest().orderPush(bench.connection());
        String theirs = port.push(request("weir-1001", tee, 2));
        String ours = port.push(request("weir-1002", tee, 1));
        Shipment told = new Shipment("s-1", clock().instant(), List.of(), "DHL", "00340", null);
        channelUnderTest().fulfilment(bench.connection()).ship(ours, told);
        bench.platform().ship(theirs);
        List<ChannelEvent> stated = new ArrayList<>();

        Instant next = channelUnderTest().afterSalePoll(bench.connection()).readSince(before, stated::add);

        assertThat(stated).singleElement().isInstanceOfSatisfying(ChannelEvent.ShipmentStated.class, event -> {
            assertThat(event.orderExternalId()).isEqualTo(theirs);
            assertThat(event.shipment().tracking()).isNotBlank();
            assertThat(event.shipment().carrier()).isNotBlank();
            assertThat(event.shipment().lines()).singleElement().satisfies(line -> {
                assertThat(line.sku()).isEqualTo(TEE);
                assertThat(line.quantity()).isEqualTo(2);
            });
        });
        assertThat(next).isBetween(before, clock().instant().plusSeconds(60));
    }

    @Test
    void hold_takesUnitsOffSale_once_andReleaseGivesThemBack_once() {
        needs(Capability.BACKEND_HOLD);
        BackendHold port = channelUnderTest().backendHold(bench.connection());
        Map<Sku, Listing> listings = bench.listings();
        List<BackendHold.Units> units =
                List.of(new BackendHold.Units(listings.get(TEE), 3), new BackendHold.Units(listings.get(MUG), 1));

        port.release("hold-1", units);
        port.hold("hold-1", units);
        port.hold("hold-1", units);
        assertThat(bench.platform().stock()).containsEntry(TEE, 7).containsEntry(MUG, 4);
        port.release("hold-1", units);
        port.release("hold-1", units);

        assertThat(bench.platform().stock()).containsEntry(TEE, 10).containsEntry(MUG, 5);
    }

    @Test
    void hold_ofMoreThanThereIs_isAConflict_andHoldsNothing() {
        needs(Capability.BACKEND_HOLD);
        BackendHold port = channelUnderTest().backendHold(bench.connection());
        Map<Sku, Listing> listings = bench.listings();

        assertFault(
                Fault.CONFLICT,
                () -> port.hold(
                        "hold-2",
                        List.of(
                                new BackendHold.Units(listings.get(TEE), 1),
                                new BackendHold.Units(listings.get(MUG), 6))));

        assertThat(bench.platform().stock()).containsEntry(TEE, 10).containsEntry(MUG, 5);
    }

    private static OrderRefund.Request refund(String key, String order, Money amount, int restocked) {
        return new OrderRefund.Request(
                key, order, restocked == 0 ? List.of() : List.of(line(restocked)), amount, "late");
    }

    private static OrderLine line(int quantity) {
        return new OrderLine(TEE, quantity, ChannelBench.SHELVES.getFirst().price(), List.of());
    }
}
