package dev.weir.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxProduct;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * What does every channel promise, whatever the platform behind it? A channel's folder extends this with its name alone;
 * promises of an ability that the channel does not declare are skipped, and its refusal is checked instead.
 *
 * <p>At the sandbox a sale costs price times quantity: shipping is free and prices include tax.
 */
public abstract class ChannelContract extends BackOfficeContract {
    @Test
    void check_ofAWorkingConnection_isOk() {
        Check check = channelUnderTest().check(bench.connection());

        assertThat(check.ok()).as(check.detail()).isTrue();
    }

    @Test
    void check_withWrongCredentials_isNotOkAndTellsNoSecret() {
        Connection wrong = bench.connection(wrong(bench.connection().settings()));

        Check check = channelUnderTest().check(wrong);

        assertThat(check.ok()).isFalse();
        secrets(wrong).forEach(secret -> assertThat(check.detail()).doesNotContain(secret));
    }

    @Test
    void check_ofAShopThatIsNotThere_isNotOk() {
        bench.server().close();

        assertThat(channelUnderTest().check(bench.connection()).ok()).isFalse();
    }

    @Test
    void ports_withWrongCredentials_areUnauthorised() {
        Map<Sku, Listing> listings = bench.listings();
        Connection wrong = bench.connection(wrong(bench.connection().settings()));

        for (ThrowingCallable call : calls(wrong, listings.get(TEE))) {
            ChannelException refusal = catchThrowableOfType(ChannelException.class, call);
            assertThat(refusal).isNotNull();
            assertThat(refusal.fault()).as(refusal.getMessage()).isEqualTo(Fault.UNAUTHORISED);
            secrets(wrong).forEach(secret -> assertThat(refusal.getMessage()).doesNotContain(secret));
        }
    }

    @Test
    void catalogue_holdsEverySeededProduct_withPriceAndIds() {
        needs(Capability.CATALOGUE_READ);

        Map<Sku, Listing> listings = bench.listings();

        for (SandboxProduct product : ChannelBench.SHELVES) {
            Listing listing = listings.get(product.sku());
            assertThat(listing).as(product.sku().value()).isNotNull();
            assertThat(listing.price()).isEqualTo(product.price());
            assertThat(listing.externalId()).isNotBlank();
            assertThat(listing.title()).isNotBlank();
        }
        assertThat(listings.values().stream().map(Listing::externalId).distinct())
                .hasSameSizeAs(listings.values());
    }

    @Test
    void catalogueWrite_twice_isOneListingWithItsId() {
        needs(Capability.CATALOGUE_WRITE);
        CatalogueWrite port = channelUnderTest().catalogueWrite(bench.connection());
        Listing made = ChannelBench.listing(ChannelBench.product("NEW-01", "Written by the hub", 700, 4));

        Listing first = port.write(List.of(made)).getFirst();
        Listing second = port.write(List.of(made)).getFirst();

        assertThat(first.externalId()).isNotBlank();
        assertThat(second.externalId()).isEqualTo(first.externalId());
        assertThat(bench.platform().stock()).containsKey(made.sku());
    }

    @Test
    void stock_written_canBeReadBack() {
        needs(Capability.STOCK_WRITE);
        Map<Sku, Listing> listings = bench.listings();

        List<StockWrite.Outcome> outcomes = write(target(listings.get(TEE), 7, 1), target(listings.get(MUG), 0, 1));

        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.refusal()).isNull());
        assertThat(bench.platform().stock()).containsEntry(TEE, 7).containsEntry(MUG, 0);
        if (channelUnderTest().capabilities().contains(Capability.STOCK_READ)) {
            assertThat(channelUnderTest()
                            .stockRead(bench.connection())
                            .read(List.of(listings.get(TEE), listings.get(MUG))))
                    .containsEntry(TEE, 7)
                    .containsEntry(MUG, 0);
        }
    }

    @Test
    void stock_writtenAgainWithTheSameVersion_isTakenAgain() {
        needs(Capability.STOCK_WRITE);
        StockWrite.Target level = target(bench.listings().get(TEE), 7, 1);

        write(level);
        List<StockWrite.Outcome> again = write(level);

        assertThat(again).allSatisfy(outcome -> assertThat(outcome.refusal()).isNull());
        assertThat(bench.platform().stock()).containsEntry(TEE, 7);
    }

    @Test
    void stock_ofASkuTheShopDoesNotHave_isRefusedAlone() {
        needs(Capability.STOCK_WRITE);
        Map<Sku, Listing> listings = bench.listings();
        Listing stranger = unknown(listings.get(TEE));

        List<StockWrite.Outcome> outcomes = write(target(stranger, 3, 1), target(listings.get(MUG), 2, 1));

        assertThat(outcomes).hasSize(2);
        for (StockWrite.Outcome outcome : outcomes) {
            boolean refused = outcome.sku().equals(stranger.sku());
            assertThat(outcome.refusal() != null).as(outcome.toString()).isEqualTo(refused);
        }
        assertThat(bench.platform().stock()).containsEntry(MUG, 2);
    }

    @Test
    void stockWrite_takesWholeBatches() {
        needs(Capability.STOCK_WRITE);

        assertThat(channelUnderTest().stockWrite(bench.connection()).batchSize())
                .isPositive();
    }

    @Test
    void delivery_ofThePlatform_isAuthentic_andItsRepeatHasTheSameId() {
        RawWebhook delivery = delivery();
        RawWebhook other = delivery();
        OrderWebhook port = webhooks();

        WebhookVerdict.Authentic first = authentic(port.verify(delivery));

        assertThat(authentic(port.verify(delivery))).isEqualTo(first);
        assertThat(authentic(port.verify(other)).deliveryId()).isNotEqualTo(first.deliveryId());
        assertThat(first.deliveryId()).isNotBlank();
        assertThat(first.aggregateKey()).isNotBlank();
    }

    @Test
    void delivery_withOneBitFlipped_isForged() {
        RawWebhook delivery = delivery();
        OrderWebhook port = webhooks();

        for (int at = 0; at < delivery.body().length; at += 7) {
            byte[] flipped = delivery.body().clone();
            flipped[at] ^= 1;
            assertThat(port.verify(bench.arrive(delivery.headers(), flipped)))
                    .isInstanceOf(WebhookVerdict.Forged.class);
        }
    }

    @Test
    void delivery_underAnotherSecret_isForged() {
        RawWebhook delivery = delivery();
        Connection wrong = bench.connection(wrong(bench.connection().settings()));

        assertThat(channelUnderTest().orderWebhook(wrong).verify(delivery)).isInstanceOf(WebhookVerdict.Forged.class);
    }

    @Test
    void delivery_withoutItsSignature_isForged() {
        RawWebhook delivery = delivery();
        OrderWebhook port = webhooks();

        assertThat(port.verify(bench.arrive(Map.of(), delivery.body()))).isInstanceOf(WebhookVerdict.Forged.class);
        assertThat(delivery.headers().keySet()).anySatisfy(name -> {
            Map<String, String> fewer = new HashMap<>(delivery.headers());
            fewer.remove(name);
            assertThat(port.verify(bench.arrive(fewer, delivery.body()))).isInstanceOf(WebhookVerdict.Forged.class);
        });
    }

    @Test
    void delivery_whateverItsContentType_isVerifiedOverItsRawBytes() {
        RawWebhook delivery = delivery();
        Map<String, String> form = new HashMap<>(delivery.headers());
        form.put("content-type", "application/x-www-form-urlencoded");

        authentic(webhooks().verify(bench.arrive(form, delivery.body())));
    }

    @Test
    void delivery_ofASale_statesTheOrder() {
        needsSales();
        SandboxPlatform.Sale sale = bench.platform().buy(TEE, 2);
        OrderWebhook port = webhooks();

        Order order = orderOf(port, port.read(deliveryOf(sale)));

        assertSale(order, sale, 2);
        assertSale(port.fetch(sale.orderId()), sale, 2);
    }

    @Test
    void delivery_thatCannotBeUnderstood_isRejected() {
        RawWebhook delivery = delivery();

        for (String body : List.of("", "{\"half\":", "null", "[]", "{}", "\"text\"")) {
            RawWebhook broken = bench.arrive(delivery.headers(), body.getBytes(StandardCharsets.UTF_8));
            assertFault(Fault.REJECTED, () -> webhooks().read(broken));
        }
    }

    @Test
    void fetch_ofAnOrderThatIsNotThere_isNotFound() {
        needs(Capability.ORDER_WEBHOOK);

        assertFault(Fault.NOT_FOUND, () -> webhooks().fetch("999999999999"));
    }

    @Test
    void poll_findsASale_andLeavesOutWhatIsOlder() {
        needs(Capability.ORDER_POLL);
        Instant start = clock().instant();
        SandboxPlatform.Sale sale = bench.platform().buy(TEE, 2);
        OrderPoll port = channelUnderTest().orderPoll(bench.connection());

        List<Order> found = port.changedSince(start.minus(Duration.ofMinutes(1)));

        assertThat(found).extracting(Order::externalId).containsOnlyOnce(sale.orderId());
        assertSale(found.getFirst(), sale, 2);
        assertThat(port.changedSince(start.plus(Duration.ofHours(1)))).isEmpty();
    }

    @Test
    void push_twiceWithOneKey_isOneOrder_andTakesUnitsAtMostOnce() {
        needs(Capability.ORDER_PUSH);
        OrderPush port = channelUnderTest().orderPush(bench.connection());
        OrderPush.Request request = request("weir-1001", bench.listings().get(TEE), 2);

        String first = port.push(request);
        String second = port.push(request);

        assertThat(second).isEqualTo(first);
        assertThat(bench.platform().orders()).hasSize(1);
        assertThat(bench.platform().stock().get(TEE)).isIn(8, 10);
    }

    @Test
    void push_ofTwoOrders_isTwoOrders() {
        needs(Capability.ORDER_PUSH);
        OrderPush port = channelUnderTest().orderPush(bench.connection());
        Listing tee = bench.listings().get(TEE);

        assertThat(port.push(request("weir-1001", tee, 1))).isNotEqualTo(port.push(request("weir-1002", tee, 1)));
        assertThat(bench.platform().orders()).hasSize(2);
    }

    @Test
    void cancel_askedTenTimes_isOneCancellation() {
        needs(Capability.ORDER_CANCEL);
        String id = placed();
        OrderCancel port = channelUnderTest().orderCancel(bench.connection());

        for (int i = 0; i < 10; i++) {
            port.cancel("weir-cancel-1", id, "sold out");
        }

        assertThat(bench.platform().cancellations(id)).isEqualTo(1);
        assertThat(bench.platform().orders()).hasSize(1);
        assertThat(bench.platform().stock().get(TEE)).isLessThanOrEqualTo(10);
    }

    /** How the call that cancels is known by its address or body; a channel whose platform cancels otherwise says how. */
    protected Pattern cancelling() {
        return Pattern.compile("orderCancel\\(|/cancel(lations)?(\\?|$)", Pattern.MULTILINE);
    }

    @Test
    void cancel_whoseAnswerIsLost_endsWithOneCancellation() {
        needs(Capability.ORDER_CANCEL);
        String id = placed();
        OrderCancel port = channelUnderTest().orderCancel(bench.connection());
        bench.server().loseAnswer(cancelling());

        try {
            port.cancel("weir-cancel-1", id, "sold out");
        } catch (ChannelException e) {
            assertThat(e.fault()).isIn(Fault.OUTCOME_UNKNOWN, Fault.TRANSIENT);
        }
        assertThat(bench.server().lostOne()).as("an answer to " + cancelling()).isTrue();
        port.cancel("weir-cancel-1", id, "sold out");

        assertThat(bench.platform().cancellations(id)).isEqualTo(1);
    }

    @Test
    void cancel_ofAnOrderThatWasShipped_isRefusedWithItsReason_andOfNoneIsNotFound() {
        needs(Capability.ORDER_CANCEL);
        String id = placed();
        bench.platform().ship(id);
        OrderCancel port = channelUnderTest().orderCancel(bench.connection());

        assertThatThrownBy(() -> port.cancel("weir-cancel-1", id, "sold out"))
                .isInstanceOfSatisfying(
                        ChannelException.class,
                        refusal -> assertThat(refusal.fault()).isEqualTo(Fault.REJECTED))
                .hasMessageMatching("(?is).*(fulfilled|shipped|complete|transit).*");
        assertThat(bench.platform().cancellations(id)).isZero();
        assertFault(Fault.NOT_FOUND, () -> port.cancel("weir-cancel-2", "999999999999", "sold out"));
    }

    /** An order that can be called off: ours where the channel takes ours, because Magento's shoppers pay at once. */
    private String placed() {
        return channelUnderTest().capabilities().contains(Capability.ORDER_PUSH)
                ? channelUnderTest()
                        .orderPush(bench.connection())
                        .push(request("weir-1001", bench.listings().get(TEE), 2))
                : bench.platform().buy(TEE, 2).orderId();
    }

    @Test
    void checkoutLink_withoutLines_isRejected() {
        needs(Capability.CHECKOUT_LINK);

        assertFault(
                Fault.REJECTED,
                () -> channelUnderTest().checkoutLink(bench.connection()).parse(Map.of()));
    }

    @Test
    void abilities_notDeclared_areRefusedInFixedWords() {
        for (Capability capability : Capability.values()) {
            if (!channelUnderTest().capabilities().contains(capability)) {
                assertThatThrownBy(() -> port(capability, bench.connection()))
                        .isInstanceOf(ChannelException.class)
                        .hasMessage(channel() + " does not offer " + capability)
                        .extracting(thrown -> ((ChannelException) thrown).fault())
                        .isEqualTo(Fault.UNSUPPORTED);
            } else {
                assertThat(port(capability, bench.connection())).isNotNull();
            }
        }
    }

    @Test
    void settings_coverTheConnection_andItsSecretsAreNotInItsText() {
        Connection connection = bench.connection();

        assertThat(channelUnderTest().settings())
                .filteredOn(Setting::required)
                .allSatisfy(setting -> assertThat(connection.settings()).containsKey(setting.name()));
        assertThat(secrets(connection)).isNotEmpty();
        secrets(connection).forEach(secret -> assertThat(connection.toString()).doesNotContain(secret));
    }

    @Test
    void shop_sellsNoMoreThanItHas_whenManyAskAtOnce() throws Exception {
        needsSales();
        List<Future<Boolean>> asked = new ArrayList<>();
        try (var shoppers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int shopper = 0; shopper < 40; shopper++) {
                asked.add(shoppers.submit(this::buysOne));
            }
        }
        int sold = 0;
        for (Future<Boolean> answer : asked) {
            sold += answer.get() ? 1 : 0;
        }

        assertThat(sold).isEqualTo(10);
        assertThat(bench.platform().stock()).containsEntry(TEE, 0);
    }

    @Test
    void shop_refusesASaleItCannotMake_sayingWhy() {
        needsSales();
        assertThatThrownBy(() -> bench.platform().buy(MUG, 6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(MUG.value(), "6", "5");
        assertThatThrownBy(() -> bench.platform().buy(MUG, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bench.platform().buy(new Sku("NO-SUCH-SKU"), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(bench.platform().stock()).containsEntry(MUG, 5);
    }
}
