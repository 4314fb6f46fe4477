package dev.weir.tiktokshop.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Money;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.Settlements.Line;
import dev.weir.connectors.Settlements.Part;
import dev.weir.connectors.Settlements.Statement;
import dev.weir.connectors.Shipment;
import dev.weir.connectors.Sku;
import dev.weir.connectors.sandbox.SandboxStore;
import dev.weir.tiktokshop.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of an order after its sale, on both sides? */
class OrderLifeTest {
    private static final Sku TEE = new Sku("TEE-RED-M");
    private static final Money PRICE = Money.of("19.90", "EUR");

    private final TestClock clock = new TestClock();
    private ChannelBench bench;
    private TikTokShopSandbox shop;

    @BeforeEach
    void open() {
        bench = new ChannelBench("tiktok-shop", clock);
        shop = (TikTokShopSandbox) bench.platform();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void orderOnHold_isPendingAndNotShipped_untilItIsReleased() {
        shop.flip("tiktok-shipping", true);
        shop.flip("on-hold", true);
        String id = buy(2);
        assertThat(fetch(id).state()).isEqualTo(Order.State.PENDING);
        assertThat(shop.stock()).containsEntry(TEE, 8);
        assertThatThrownBy(() -> ship(id, null, null)).hasMessageContaining("on hold");

        clock.pass(Duration.ofHours(1));
        shop.flip("on-hold", false);

        assertThat(fetch(id).state()).isEqualTo(Order.State.PAID);
        assertThat(bench.channel().orderPoll(bench.connection()).changedSince(clock.instant()))
                .extracting(Order::externalId)
                .containsExactly(id);
        assertThat(ship(id, null, null)).isNotBlank();
    }

    @Test
    void unpaidOrder_commitsItsUnits_andGivesThemBackWhenItIsCalledOff() {
        shop.flip("unpaid", true);
        String id = buy(2);
        assertThat(shop.stock()).containsEntry(TEE, 8);

        cancel("k", id);

        assertThat(fetch(id).state()).isEqualTo(Order.State.CANCELLED);
        assertThat(shop.stock()).containsEntry(TEE, 10);
    }

    @Test
    void cancellationThatItsBuyerAskedFor_isApproved_notAskedAgain() {
        String id = buy(2);
        shop.afterSales().ask(id, lineIds(id));

        cancel("k", id);
        cancel("k", id);

        assertThat(shop.cancellations(id)).isEqualTo(1);
        assertThat(fetch(id).state()).isEqualTo(Order.State.CANCELLED);
    }

    @Test
    void orderThatItsBuyerWantsToCallOff_isNotShipped() {
        String id = buy(1);
        shop.afterSales().ask(id, lineIds(id));

        assertThatThrownBy(() -> ship(id, null, null))
                .isInstanceOfSatisfying(
                        ChannelException.class, e -> assertThat(e.fault()).isEqualTo(Fault.REJECTED))
                .hasMessageContaining("buyer");
    }

    @Test
    void partThatWasCalledOff_isARefundWithItsUnits_andTheRestIsCalledOffByItself() {
        String id = buy(3);
        String line = lineIds(id).getFirst();
        ObjectNode cancel = shop.afterSales().ask(id, List.of(line));
        shop.afterSales().approve(cancel.path("cancel_id").asText());

        List<ChannelEvent> events = read(11, cancelNotice(id, cancel, "CANCELLATION_REQUEST_COMPLETE"));

        assertThat(events).hasSize(2);
        assertThat(events.get(1)).isInstanceOfSatisfying(ChannelEvent.RefundStated.class, stated -> {
            assertThat(stated.refund().externalId())
                    .isEqualTo(cancel.path("cancel_id").asText());
            assertThat(stated.refund().orderExternalId()).isEqualTo(id);
            assertThat(stated.refund().amount()).isEqualTo(PRICE);
            assertThat(stated.refund().restocked()).containsExactly(new OrderLine(TEE, 1, PRICE, List.of(line)));
        });
        assertThat(fetch(id).lines().getFirst().quantity()).isEqualTo(2);
        assertThat(shop.stock()).containsEntry(TEE, 8);
        cancel("k", id);
        assertThat(fetch(id).state()).isEqualTo(Order.State.CANCELLED);
        assertThat(shop.stock()).containsEntry(TEE, 10);
    }

    @Test
    void cancellationUnderWay_onlyTouchesItsOrder_inEitherSpelling() {
        String id = buy(1);
        ObjectNode cancel = shop.afterSales().ask(id, lineIds(id));

        for (String status : List.of(
                "CANCELLATION_REQUEST_PENDING", "CANCELLATION_REQUEST_CANCELLED", "CANCELLATION_REQUEST_CANCEL")) {
            assertThat(read(11, cancelNotice(id, cancel, status)))
                    .singleElement()
                    .isInstanceOf(ChannelEvent.OrderTouched.class);
        }
    }

    @Test
    void returnThatIsOver_givesMoneyBack_andNoUnits() {
        String id = buy(2);
        ObjectNode done = shop.afterSales().giveBack(id, lineIds(id).subList(0, 1));

        List<ChannelEvent> events = read(
                12,
                SandboxStore.document()
                        .put("order_id", id)
                        .put("return_id", done.path("return_id").asText())
                        .put("return_status", "RETURN_OR_REFUND_REQUEST_COMPLETE"));

        assertThat(events).singleElement().isInstanceOfSatisfying(ChannelEvent.RefundStated.class, stated -> {
            assertThat(stated.refund().amount()).isEqualTo(PRICE);
            assertThat(stated.refund().restocked()).isEmpty();
        });
        assertThat(shop.stock()).containsEntry(TEE, 8);
    }

    @Test
    void orderThatTikTokShips_isHandedOverOnce_andItsPackageTold() {
        shop.flip("tiktok-shipping", true);
        String id = buy(2);

        String first = ship(id, null, null);
        String again = ship(id, null, null);

        assertThat(again).isEqualTo(first);
        assertThat(fetch(id).state()).isEqualTo(Order.State.PAID);
        assertThat(read(4, packages(id)))
                .satisfiesExactly(
                        touched -> assertThat(touched).isInstanceOf(ChannelEvent.OrderTouched.class),
                        told -> assertThat(told).isInstanceOfSatisfying(ChannelEvent.ShipmentStated.class, stated -> {
                            assertThat(stated.shipment().externalId()).isEqualTo(first);
                            assertThat(stated.shipment().carrier()).isEqualTo("Royal Mail");
                            assertThat(stated.shipment().tracking()).isNotBlank();
                            assertThat(stated.shipment().lines())
                                    .singleElement()
                                    .satisfies(
                                            line -> assertThat(line.quantity()).isEqualTo(2));
                        }));
    }

    @Test
    void packageThatIsOnlyPacked_hasNotLeft() {
        shop.flip("tiktok-shipping", true);
        assertThat(read(4, packages(buy(1)))).singleElement().isInstanceOf(ChannelEvent.OrderTouched.class);
    }

    @Test
    void orderThatTheSellerShips_isMarkedWithCarrierAndNumber_aLineAtATime() {
        String id = buy(2);
        OrderLine one = new OrderLine(TEE, 1, PRICE, List.of(lineIds(id).getFirst()));

        String first = ship(id, List.of(one), "royal-mail", "RM1");
        String second = ship(id, null, "DHL", "DHL2");

        assertThat(ship(id, null, "DHL", "DHL2")).isEqualTo(second);

        assertThat(ship(id, List.of(one), "royal-mail", "RM1")).isEqualTo(first).isNotEqualTo(second);
        assertThat(status(id)).isEqualTo("AWAITING_COLLECTION");
    }

    @Test
    void shipmentTheShopCannotTake_isRefusedSayingWhatIsExpected() {
        String id = buy(1);

        assertThatThrownBy(() -> ship(id, "Pigeon", "P1")).hasMessageContainingAll("Pigeon", "royalmail");
        assertThatThrownBy(() -> ship(id, "Royal Mail", null)).hasMessageContaining("tracking");
        assertThatThrownBy(() -> ship(id, List.of(new OrderLine(TEE, 2, PRICE, List.of())), "Royal Mail", "R1"))
                .hasMessageContaining("has 1 of TEE-RED-M");
        cancel("k", id);
        assertThatThrownBy(() -> ship(id, "Royal Mail", "R1")).hasMessageContaining("called off");
    }

    @Test
    void shipmentBeforeA500_isFoundWhenAskedAgain() {
        String id = buy(1);
        shop.flip("write-then-500", true);
        assertThatThrownBy(() -> ship(id, "Royal Mail", "R1"))
                .isInstanceOfSatisfying(
                        ChannelException.class, e -> assertThat(e.fault()).isEqualTo(Fault.OUTCOME_UNKNOWN));
        shop.flip("write-then-500", false);

        assertThat(ship(id, "Royal Mail", "R1")).isNotBlank();
    }

    @Test
    void orderThatTheSearchDoesNotShowYet_isNotFound_andFoundLater() {
        shop.flip("search-lag", true);
        String id = buy(1);
        assertThatThrownBy(() -> fetch(id))
                .isInstanceOfSatisfying(
                        ChannelException.class, e -> assertThat(e.fault()).isEqualTo(Fault.NOT_FOUND));

        clock.pass(Duration.ofSeconds(3));

        assertThat(fetch(id).externalId()).isEqualTo(id);
    }

    @Test
    void buyersAreMasked_unlessSwitchedOff_andTheHubKeepsWhatItIsShown() {
        String id = buy(1);

        assertThat(shop.orders().getFirst()).contains("J*** D***").doesNotContain("Main St");
        assertThat(fetch(id).buyerEmail()).endsWith("@chat.seller.tiktok.com");
        assertThat(fetch(id).evidence().toString()).doesNotContain("Doe", "***");
        assertThat(fetch(id).address())
                .containsEntry("name", "J*** D***")
                .containsEntry("line1", "***")
                .containsEntry("country", "US");
        shop.flip("unmasked", true);
        String clear = buy(1);
        assertThat(order(clear).toString()).contains("Jo Doe");
        assertThat(fetch(clear).address()).containsEntry("line1", "1 Main St, San Jose");
    }

    @Test
    void moreOrdersThanAPageInOneSecond_areAllPolled() {
        Instant since = clock.instant();
        bench.platform().seed(List.of(ChannelBench.product("MANY", "Many", 100, 500)));
        for (int order = 0; order < 130; order++) {
            shop.buy(new Sku("MANY"), 1);
        }
        clock.pass(Duration.ofSeconds(1));
        String last = shop.buy(new Sku("MANY"), 1).orderId();

        List<Order> page = bench.channel().orderPoll(bench.connection()).changedSince(since);

        assertThat(page).hasSize(131);
        assertThat(page.getLast().externalId()).isEqualTo(last);
    }

    @Test
    void orderThatCannotBeRead_keepsNoOtherFromComingIn() {
        bench.platform().seed(List.of(ChannelBench.product("ODD", "Odd", 100, 5)));
        String odd = shop.buy(new Sku("ODD"), 1).orderId();
        String good = buy(1);
        shop.unreadable(odd);

        assertThat(bench.channel().orderPoll(bench.connection()).changedSince(clock.instant()))
                .extracting(Order::externalId)
                .containsExactly(good);
        assertThatThrownBy(() -> fetch(odd)).hasMessageContaining("TELEPORTED");
    }

    @Test
    void statements_sumToTheCent_andSayWhatWasKeptOfWhichOrder() {
        String id = buy(1);
        String other = buy(3);
        Instant from = clock.instant();
        clock.pass(Duration.ofDays(1));

        Statement announced = statements(from).getFirst();
        clock.pass(Duration.ofDays(2));
        Statement paid = statements(from).getFirst();

        assertThat(announced.paidAt()).isNull();
        assertThat(paid.paidAt()).isEqualTo(paid.at().plus(Duration.ofDays(2)));
        assertThat(paid.amount()).isEqualTo(Money.of("74.03", "EUR"));
        assertThat(paid.lines().stream().map(Line::amount).reduce(Money::plus)).contains(paid.amount());
        assertThat(paid.lines())
                .contains(new Line(id, "REVENUE", Part.SOLD, Money.of("19.90", "EUR")))
                .contains(new Line(id, "PLATFORM_COMMISSION", Part.KEPT, Money.of("-1.19", "EUR")))
                .contains(new Line(other, "LIVE_SPECIALS_FEE", Part.KEPT, Money.of("-0.60", "EUR")));
        assertThat(statements(clock.instant())).isEmpty();
    }

    private List<Statement> statements(Instant from) {
        List<Statement> statements = new ArrayList<>();
        bench.channel().settlements(bench.connection()).read(from, from.plus(Duration.ofDays(30)), statements::add);
        return statements;
    }

    private String buy(int quantity) {
        return shop.buy(TEE, quantity).orderId();
    }

    private Order fetch(String id) {
        return bench.channel().orderWebhook(bench.connection()).fetch(id);
    }

    private void cancel(String key, String id) {
        bench.channel().orderCancel(bench.connection()).cancel(key, id, "sold out");
    }

    private String ship(String id, @Nullable String carrier, @Nullable String tracking) {
        return ship(id, List.of(), carrier, tracking);
    }

    private String ship(
            String id, @Nullable List<OrderLine> lines, @Nullable String carrier, @Nullable String tracking) {
        return bench.channel()
                .fulfilment(bench.connection())
                .ship(
                        id,
                        new Shipment(
                                "weir-s-" + tracking,
                                clock.instant(),
                                lines == null ? List.of() : lines,
                                carrier,
                                tracking,
                                null));
    }

    private List<ChannelEvent> read(int type, ObjectNode data) {
        return bench.channel()
                .orderWebhook(bench.connection())
                .read(bench.arrive(shop.notices().of(type, data)));
    }

    private static ObjectNode cancelNotice(String order, ObjectNode cancel, String status) {
        return SandboxStore.document()
                .put("order_id", order)
                .put("cancel_id", cancel.path("cancel_id").asText())
                .put("cancel_status", status)
                .put("create_time", cancel.path("create_time").asLong());
    }

    private static ObjectNode packages(String order) {
        ObjectNode data = SandboxStore.document().put("sc_type", "NONE");
        data.putArray("package_list").addObject().putArray("order_id_list").add(order);
        return data;
    }

    private List<String> lineIds(String id) {
        List<String> ids = new ArrayList<>();
        order(id).path("line_items").forEach(line -> ids.add(line.path("id").asText()));
        return ids;
    }

    private String status(String id) {
        return order(id).path("status").asText();
    }

    private JsonNode order(String id) {
        for (String text : shop.orders()) {
            JsonNode order = parsed(text);
            if (order.path("id").asText().equals(id)) {
                return order;
            }
        }
        throw new AssertionError("no order " + id);
    }

    private static JsonNode parsed(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (java.io.IOException e) {
            throw new AssertionError(text, e);
        }
    }
}
