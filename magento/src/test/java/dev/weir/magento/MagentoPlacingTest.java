package dev.weir.magento;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.BackendHold;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.OrderPush;
import dev.weir.connectors.Sku;
import dev.weir.connectors.sandbox.SandboxAnswer;
import dev.weir.connectors.sandbox.SandboxRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How our orders are placed exactly once: as a guest, as a customer, when answers are lost and the shop breaks half-way. */
class MagentoPlacingTest extends MagentoStories {
    @Test
    void placement_whoseAnswerIsLost_isOneOrder() {
        OrderPush port = channelUnderTest().orderPush(bench.connection());
        OrderPush.Request order = order("weir-1", TEE, 2);
        bench.server().loseAnswer(Pattern.compile("payment-information"));

        String id = port.push(order);

        assertThat(port.push(order)).isEqualTo(id);
        assertThat(bench.platform().orders()).hasSize(1);
        assertThat(bench.platform().stock()).containsEntry(TEE, 8);
    }

    @Test
    void cart_whoseAnswerIsLost_placesNothing_andTheNextTryPlacesOne() {
        OrderPush port = channelUnderTest().orderPush(bench.connection());
        OrderPush.Request order = order("weir-1", TEE, 2);
        bench.server().loseAnswer(Pattern.compile("guest-carts/[0-9a-f]+/items"));

        assertFault(Fault.TRANSIENT, () -> port.push(order));
        assertThat(bench.platform().orders()).isEmpty();
        port.push(order);

        assertThat(bench.platform().orders()).hasSize(1);
    }

    @Test
    void placement_thatDeadlocks_isNeverSentBlindly() {
        OrderPush port = channelUnderTest().orderPush(bench.connection());
        OrderPush.Request order = order("weir-1", TEE, 1);
        flip("next-write-deadlocks");

        try {
            port.push(order);
        } catch (ChannelException e) {
            assertThat(e.fault()).isIn(Fault.TRANSIENT, Fault.OUTCOME_UNKNOWN);
        }
        port.push(order);

        assertThat(bench.platform().orders()).hasSize(1);
    }

    @Test
    void customersCart_placesTheOrder_withoutWhatAnEarlierTryLeftInIt() {
        Connection customer = customer();
        OrderPush port = channelUnderTest().orderPush(customer);
        bench.server().loseAnswer(Pattern.compile("carts/mine/items\n.*cartItem"));
        assertFault(Fault.TRANSIENT, () -> port.push(order("weir-1", TEE, 3)));

        String id = port.push(order("weir-1", TEE, 3));

        assertThat(port.push(order("weir-1", TEE, 3))).isEqualTo(id);
        assertThat(bench.platform().orders())
                .singleElement()
                .asString()
                .contains("\"customer_email\":\"customer@example.com\"", "\"qty_ordered\":3");
        assertThat(bench.platform().stock()).containsEntry(TEE, 7);
    }

    @Test
    void customer_whoseLoginLapsed_logsInAgain() {
        Connection customer = customer();
        OrderPush port = channelUnderTest().orderPush(customer);
        port.push(order("weir-1", TEE, 1));
        flip("logins-lapse");

        port.push(order("weir-2", TEE, 1));

        assertThat(bench.platform().orders()).hasSize(2);
    }

    @Test
    void ordersOfOneCustomersCart_placedAtOnce_keepTheirOwnLines() throws Exception {
        Connection customer = customer();
        OrderPush.Request tees = order("weir-1", TEE, 2);
        OrderPush.Request mugs = order("weir-2", MUG, 1);
        var holds = channelUnderTest().backendHold(customer);
        var caps = new BackendHold.Units(bench.listings().get(new Sku("CAP-BLUE")), 5);
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = List.of(
                    workers.submit(() -> channelUnderTest().orderPush(customer).push(tees)),
                    workers.submit(() -> channelUnderTest().orderPush(customer).push(mugs)),
                    workers.submit(() -> holds.hold("h-1", List.of(caps))));
            for (Future<?> one : all) {
                one.get();
            }
        }

        assertThat(bench.platform().orders()).hasSize(3);
        assertThat(bench.platform().stock())
                .containsEntry(TEE, 8)
                .containsEntry(MUG, 4)
                .containsEntry(new Sku("CAP-BLUE"), 20);
    }

    @Test
    void customer_withAWrongPassword_isUnauthorised() {
        Connection wrong =
                with("cart", "customer", "customerEmail", "customer@example.com", "customerPassword", "guess");

        assertFault(
                Fault.UNAUTHORISED, () -> channelUnderTest().orderPush(wrong).push(order("weir-1", TEE, 1)));
    }

    @Test
    void backPressure_throttlesGuests_andNotTheCustomer() {
        flip("back-pressure");

        assertFault(Fault.THROTTLED, () -> push("weir-1", 1));
        assertThat(bench.platform().orders()).isEmpty();
        channelUnderTest().orderPush(customer()).push(order("weir-1", TEE, 1));

        assertThat(bench.platform().orders()).hasSize(1);
    }

    @Test
    void shippingMethod_isTheOneNamed_elseTheCheapest() {
        push("weir-1", 1);
        channelUnderTest()
                .orderPush(with("shippingMethod", "flatrate_flatrate"))
                .push(order("weir-2", TEE, 1));

        assertFault(
                Fault.REJECTED,
                () -> channelUnderTest()
                        .orderPush(with("shippingMethod", "pigeon_post"))
                        .push(order("weir-3", TEE, 1)));
        assertThat(bench.platform().orders()).hasSize(2);
    }

    @Test
    void price_thatDiffersAtTheShop_isNotedAtTheOrder() {
        OrderPush.Request order = order("weir-1", TEE, 1);
        OrderPush.Request flash = new OrderPush.Request(
                order.key(),
                order.lines(),
                dev.weir.connectors.Money.of("9.90", "EUR"),
                order.email(),
                order.address(),
                order.notes(),
                order.paymentReference());

        channelUnderTest().orderPush(bench.connection()).push(flash);

        assertThat(bench.platform().orders().getFirst()).contains("paid 9.90 EUR", "by the shop's prices 19.9");
    }

    @Test
    void refusals_inGerman_areUnderstood() {
        flip("localised");
        var mug = bench.listings().get(MUG);
        OrderPush.Request nowhere = new OrderPush.Request(
                "weir-1", request("weir-1", mug, 1).lines(), mug.price(), "ada@example.com", Map.of(), Map.of(), null);

        assertFault(
                Fault.REJECTED,
                () -> channelUnderTest().orderPush(bench.connection()).push(nowhere));
        assertThat(bench.platform().stock()).containsEntry(MUG, 5);
    }

    @Test
    void importedOrder_reservesNothing_andANewShopRefusesAHollowOne() {
        flip("bearer-allowed");
        assertThat(imported("{\"entity\":{\"customer_email\":\"a@example.com\",\"grand_total\":1}}")
                        .status())
                .isEqualTo(200);
        assertThat(bench.platform().stock()).containsEntry(TEE, 10);

        flip("hollow-orders-refused");

        assertThat(new String(
                        imported("{\"entity\":{\"customer_email\":\"a@example.com\"}}")
                                .body(),
                        StandardCharsets.UTF_8))
                .contains("Please provide billing address for the order.");
    }

    private SandboxAnswer imported(String body) {
        return bench.platform()
                .answer(
                        "orderImport",
                        new SandboxRequest(
                                "POST",
                                "/rest/default/V1/orders",
                                Map.of(),
                                Map.of("authorization", "Bearer magento_sandbox_token"),
                                body.getBytes(StandardCharsets.UTF_8)));
    }
}
