package dev.weir.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.BackendHold;
import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Fulfilment;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Money;
import dev.weir.connectors.OrderRefund;
import dev.weir.connectors.PriceWrite;
import dev.weir.connectors.Shipment;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockWrite;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What do prices, changes, refunds and shipments do at the shop, and what when its answer is lost? */
class ShopifyBackOfficeTest extends ShopifyStories {
    @Test
    void price_ofOneVariant_leavesItsSiblingsAlone_andIsAChange() {
        bench.platform().seed(List.of(ChannelBench.product("TEE-RED-L", "Red tee, L", 1990, 3)));
        Listing large = listing(new Sku("TEE-RED-L"));
        clock.forward(Duration.ofMinutes(10));
        Instant before = clock.instant();

        List<StockWrite.Outcome> outcomes = prices().write(List.of(price("14.50", large)));

        assertThat(outcomes.getFirst().refusal()).isNull();
        assertThat(listing(new Sku("TEE-RED-L")).price()).isEqualTo(Money.of("14.50", "EUR"));
        assertThat(listing(TEE).price()).isEqualTo(Money.of("19.90", "EUR"));
        List<Sku> changed = new ArrayList<>();
        Instant next =
                bench.channel().catalogueChanges(bench.connection()).readSince(before, each -> changed.add(each.sku()));
        assertThat(changed).containsExactlyInAnyOrder(TEE, new Sku("TEE-RED-L"));
        assertThat(next).isAfterOrEqualTo(before.minusSeconds(1));
    }

    @Test
    void badPrice_isRefusedAlone_whileItsSiblingIsSet() {
        bench.platform().seed(List.of(ChannelBench.product("TEE-RED-L", "Red tee, L", 1990, 3)));

        List<StockWrite.Outcome> outcomes = prices().write(List.of(
                price("-1.00", listing(TEE)),
                price("9.90", listing(new Sku("TEE-RED-L"))),
                new PriceWrite.Target(Money.of("9.90", "USD"), listing(MUG))));

        assertThat(outcomes.get(0).refusal()).hasMessageContaining("GREATER_THAN_OR_EQUAL_TO");
        assertThat(outcomes.get(1).refusal()).isNull();
        assertThat(outcomes.get(2).refusal()).hasMessageContaining("currency: USD (expected: EUR");
    }

    @Test
    void changes_reachBackOverTheSearchLag_andLoseNothingBetweenTwoReadings() {
        Instant first = bench.channel().catalogueChanges(bench.connection()).readSince(Instant.EPOCH, each -> {});
        prices().write(List.of(price("11.00", listing(MUG))));
        List<Sku> changed = new ArrayList<>();

        bench.channel().catalogueChanges(bench.connection()).readSince(first, each -> changed.add(each.sku()));

        assertThat(changed).contains(MUG);
    }

    @Test
    void refundWhoseAnswerIsLost_isOneRefund_andItsEchoIsNoNews() {
        String order = bench.platform().buy(TEE, 2).orderId();
        bench.server().loseAnswer(Pattern.compile("refundCreate\\("));
        OrderRefund port = bench.channel().orderRefund(bench.connection());

        String first = port.refund(refund("r-1", order, 1));

        assertThat(port.refund(refund("r-1", order, 1))).isEqualTo(first);
        assertThat(refunds(order)).isEqualTo(1);
        assertThat(bench.platform().stock()).containsEntry(TEE, 8);
    }

    @Test
    void refundAfter500_isFoundByTheNextTry() {
        String order = bench.platform().buy(TEE, 2).orderId();
        OrderRefund port = bench.channel().orderRefund(bench.connection());
        bench.platform().flip("error-after-write", true);
        refused(Fault.TRANSIENT, () -> port.refund(refund("r-1", order, 1)));
        bench.platform().flip("error-after-write", false);

        port.refund(refund("r-1", order, 1));

        assertThat(refunds(order)).isEqualTo(1);
    }

    @Test
    void refundOfMoreThanWasPaidOrBought_isRefused_sayingSo() {
        String order = bench.platform().buy(TEE, 1).orderId();
        OrderRefund port = bench.channel().orderRefund(bench.connection());

        assertThat(refused(
                        Fault.REJECTED,
                        () -> port.refund(
                                new OrderRefund.Request("r-1", order, List.of(), Money.of("20.00", "EUR"), "late"))))
                .hasMessageContaining("amount: 20.00 EUR (expected: at most 19.90 EUR");
        assertThat(refused(Fault.REJECTED, () -> port.refund(refund("r-2", order, 2))))
                .hasMessageContaining("TEE-RED-M");
    }

    @Test
    void shipmentWhoseAnswerIsLost_isOneFulfilment() {
        String order = bench.platform().buy(TEE, 2).orderId();
        bench.server().loseAnswer(Pattern.compile("fulfillmentCreate\\("));

        String first = fulfilment().ship(order, shipment("s-1", null, 1));

        assertThat(fulfilment().ship(order, shipment("s-1", null, 1))).isEqualTo(first);
        assertThat(fulfilments(order)).isEqualTo(1);
    }

    @Test
    void shipment_isKnownAgainByAnotherHub_byTrackingOrByItsMark() {
        String order = bench.platform().buy(TEE, 3).orderId();
        String tracked = fulfilment().ship(order, shipment("s-1", "00340", 1));
        String plain = fulfilment().ship(order, shipment("s-2", null, 1));

        Fulfilment other = otherHub().fulfilment(bench.connection());
        assertThat(other.ship(order, shipment("s-1", "00340", 1))).isEqualTo(tracked);
        assertThat(other.ship(order, shipment("s-2", null, 1))).isEqualTo(plain);
        assertThat(fulfilments(order)).isEqualTo(2);
    }

    @Test
    void shipmentOfAnOrderCalledOff_isRefusedWithTheReason() {
        String order = bench.platform().buy(TEE, 1).orderId();
        bench.channel().orderCancel(bench.connection()).cancel("c-1", order, "sold out");

        assertThat(refused(Fault.REJECTED, () -> fulfilment().ship(order, shipment("s-1", "1", 1))))
                .hasMessageContaining("called off");
    }

    @Test
    void everythingShipped_askedAgainForEverything_isTheSameFulfilment() {
        String order = bench.platform().buy(TEE, 2).orderId();
        Shipment all =
                new Shipment("s-1", clock.instant(), List.of(), "DHL", null, URI.create("https://dhl.example/1"));
        String first = fulfilment().ship(order, all);

        assertThat(otherHub().fulfilment(bench.connection()).ship(order, all)).isEqualTo(first);
    }

    @Test
    void holdWhoseAnswerIsLost_takesTheUnitsOnce_andAnotherHubGivesThemBackOnce() {
        List<BackendHold.Units> units = List.of(new BackendHold.Units(listing(TEE), 4));
        bench.server().loseAnswer(Pattern.compile("inventoryMoveQuantities\\("));
        BackendHold port = bench.channel().backendHold(bench.connection());

        port.hold("h-1", units);
        assertThat(bench.platform().stock()).containsEntry(TEE, 6);

        BackendHold other = otherHub().backendHold(bench.connection());
        other.hold("h-1", units);
        assertThat(bench.platform().stock()).containsEntry(TEE, 6);
        other.release("h-1", units);
        port.release("h-1", units);
        assertThat(bench.platform().stock()).containsEntry(TEE, 10);
    }

    @Test
    void holdBeyondWhatThereIs_isAConflict_whetherTheShopStopsItOrNot() {
        BackendHold port = bench.channel().backendHold(bench.connection());
        List<BackendHold.Units> six = List.of(new BackendHold.Units(listing(MUG), 6));

        refused(Fault.CONFLICT, () -> port.hold("h-1", six));
        bench.platform().flip("moves-stop-at-zero", true);
        refused(Fault.CONFLICT, () -> port.hold("h-2", six));
        port.release("h-2", six);

        assertThat(bench.platform().stock()).containsEntry(MUG, 5);
    }

    @Test
    void stockAfterAHold_isSetWithoutAFalseAlarm() {
        Listing tee = listing(TEE);
        StockWrite stock = bench.channel().stockWrite(bench.connection());
        stock.write(List.of(level(tee, 9, 1)));
        bench.channel().backendHold(bench.connection()).hold("h-1", List.of(new BackendHold.Units(tee, 2)));

        ChannelException refusal =
                stock.write(List.of(level(tee, 9, 2))).getFirst().refusal();

        assertThat(refusal).isNull();
        assertThat(bench.platform().stock()).containsEntry(TEE, 9);
    }

    private static StockWrite.Target level(Listing listing, int units, long version) {
        return new StockWrite.Target(new dev.weir.connectors.StockLevel(listing.sku(), units, version), listing);
    }

    private PriceWrite prices() {
        return bench.channel().priceWrite(bench.connection());
    }

    private static PriceWrite.Target price(String amount, Listing listing) {
        return new PriceWrite.Target(Money.of(amount, "EUR"), listing);
    }

    private Fulfilment fulfilment() {
        return bench.channel().fulfilment(bench.connection());
    }

    private Shipment shipment(String key, @Nullable String tracking, int quantity) {
        return new Shipment(key, clock.instant(), List.of(tee(quantity)), "DHL", tracking, null);
    }

    private static OrderRefund.Request refund(String key, String order, int units) {
        return new OrderRefund.Request(key, order, List.of(tee(units)), Money.of("19.90", "EUR"), "too small");
    }

    private long refunds(String order) {
        return sizeOf(order, "refunds(first: 10) { id }", "refunds");
    }

    private long fulfilments(String order) {
        return sizeOf(order, "fulfillments(first: 10) { id }", "fulfillments");
    }

    private long sizeOf(String order, String field, String name) {
        return Sandboxes.ask(bench, "{ order(id: \"gid://shopify/Order/" + order + "\") { " + field + " } }")
                .path("data")
                .path("order")
                .path(name)
                .size();
    }
}
