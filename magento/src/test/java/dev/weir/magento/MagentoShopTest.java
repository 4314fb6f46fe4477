package dev.weir.magento;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.Check;
import dev.weir.connectors.ContractBase;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderCancel;
import dev.weir.connectors.OrderPush;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockWrite;
import dev.weir.connectors.sandbox.SandboxAnswer;
import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxRequest;
import dev.weir.connectors.sandbox.SandboxServer;
import dev.weir.connectors.sandbox.SandboxStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is particular about a Magento shop: reservations, guest carts, polling, batches refused as a whole. */
class MagentoShopTest extends ContractBase {
    @Override
    protected String channel() {
        return "magento";
    }

    @Test
    void stock_writtenWhileOrdersAreOpen_becomesTheSalableNumber() {
        Listing tee = bench.listings().get(TEE);
        bench.platform().buy(TEE, 3);

        write(target(tee, 6, 1));
        write(target(tee, 6, 2));

        assertThat(bench.platform().stock()).containsEntry(TEE, 6);
    }

    @Test
    void stock_writtenToNoneAndBack_countsOpenOrdersStill() {
        Listing tee = bench.listings().get(TEE);
        bench.platform().buy(TEE, 3);

        write(target(tee, 0, 1));
        assertThat(bench.platform().stock()).containsEntry(TEE, 0);
        write(target(tee, 4, 2));

        assertThat(bench.platform().stock()).containsEntry(TEE, 4);
    }

    @Test
    void stock_ofMoreThanABatch_isWrittenInSeveral() {
        List<dev.weir.connectors.sandbox.SandboxProduct> many = IntStream.range(0, 45)
                .mapToObj(at -> ChannelBench.product("BULK-" + at, "Bulk " + at, 100 + at, 1))
                .toList();
        bench.platform().seed(many);
        Map<Sku, Listing> listings = bench.listings();
        StockWrite port = channelUnderTest().stockWrite(bench.connection());

        List<StockWrite.Outcome> outcomes = port.write(many.stream()
                .map(product -> target(listings.get(product.sku()), 9, 1))
                .toList());

        assertThat(outcomes)
                .hasSize(45)
                .allSatisfy(outcome -> assertThat(outcome.refusal()).isNull());
        assertThat(bench.platform().stock()).containsEntry(new Sku("BULK-44"), 9);
    }

    @Test
    void push_ofTheLastUnits_findsThem_thoughThePublishedNumberIsNone() {
        Listing mug = bench.listings().get(MUG);
        write(target(mug, 0, 1));

        String id = channelUnderTest().orderPush(bench.connection()).push(request("weir-1", mug, 2));

        assertThat(id).isNotBlank();
        assertThat(bench.platform().stock()).containsEntry(MUG, 0);
    }

    @Test
    void push_thatTheShopRefuses_leavesItsStockAsItWas() {
        Listing mug = bench.listings().get(MUG);
        write(target(mug, 0, 1));
        OrderPush.Request order = request("weir-1", mug, 2);
        OrderPush.Request nowhere = new OrderPush.Request(
                order.key(), order.lines(), order.total(), order.email(), Map.of("name", "Ada"), Map.of(), null);

        assertFault(
                Fault.REJECTED,
                () -> channelUnderTest().orderPush(bench.connection()).push(nowhere));

        assertThat(bench.platform().stock()).containsEntry(MUG, 0);
        assertThat(bench.platform().orders()).isEmpty();
    }

    @Test
    void push_isNotAnOrderOfTheShop_whenPolled() {
        Instant start = clock().instant().minusSeconds(5);
        Listing tee = bench.listings().get(TEE);
        channelUnderTest().orderPush(bench.connection()).push(request("weir-1", tee, 1));
        SandboxPlatform.Sale sale = bench.platform().buy(TEE, 1);

        List<Order> changed = channelUnderTest().orderPoll(bench.connection()).changedSince(start);

        assertThat(changed).extracting(Order::externalId).containsExactly(sale.orderId());
    }

    @Test
    void push_carriesItsMarkAndFacts() {
        Listing tee = bench.listings().get(TEE);

        channelUnderTest().orderPush(bench.connection()).push(request("weir-1001", tee, 1));

        assertThat(bench.platform().orders())
                .singleElement()
                .asString()
                .containsPattern("\"po_number\":\"weir-[0-9a-f]{27}\"")
                .contains("Weir order weir-1001, paid 19.90 EUR by pi_test_1", "show: friday-drop");
    }

    @Test
    void cancel_givesTheUnitsBack_andOfAPaidOrderIsRejected() {
        OrderCancel port = channelUnderTest().orderCancel(bench.connection());
        String id = channelUnderTest()
                .orderPush(bench.connection())
                .push(request("weir-1", bench.listings().get(TEE), 2));

        port.cancel("k-1", id, "buyer asked");

        assertThat(bench.platform().stock()).containsEntry(TEE, 10);
        String paid = bench.platform().buy(TEE, 1).orderId();
        assertFault(Fault.REJECTED, () -> port.cancel("k-2", paid, "buyer asked"));
        assertFault(Fault.NOT_FOUND, () -> port.cancel("k-3", "999999", "buyer asked"));
    }

    @Test
    void poll_ofOrdersOfOneSecond_isAllOfThatSecond_soThatNobodyIsStuckInIt() {
        Instant start = clock().instant().minusSeconds(5);
        bench.platform().seed(List.of(ChannelBench.product("BULK", "Bulk", 100, 500)));
        List<String> ids = IntStream.range(0, 120)
                .mapToObj(at -> bench.platform().buy(new Sku("BULK"), 1).orderId())
                .toList();

        List<Order> changed = channelUnderTest().orderPoll(bench.connection()).changedSince(start);

        assertThat(changed)
                .extracting(Order::externalId)
                .containsExactlyElementsOf(ids.subList(0, changed.size()))
                .hasSizeGreaterThanOrEqualTo(100);
        Instant last = changed.getLast().updatedAt();
        assertThat(last.equals(changed.getFirst().updatedAt())).isEqualTo(changed.size() == 120);
    }

    @Test
    void check_ofAStoreViewThatIsNotThere_namesIt() {
        Map<String, String> settings = new HashMap<>(bench.connection().settings());
        settings.put("storeCode", "nowhere");

        Check check = channelUnderTest().check(bench.connection(settings));

        assertThat(check.ok()).isFalse();
        assertThat(check.detail()).contains("storeCode: nowhere");
    }

    @Test
    void sandbox_refusesABatchForItsFirstWrongRow_andTakesUnknownSkusSilently() {
        bench.platform().flip("bearer-allowed", true);
        SandboxAnswer wrong = bench.platform().answer("sourceItemsSave", post("""
                {"sourceItems":[{"sku":"TEE-RED-M","source_code":"default","quantity":1,"status":1},
                 {"sku":"MUG-01","source_code":"default","quantity":"test","status":1}]}"""));
        SandboxAnswer orphan = bench.platform()
                .answer(
                        "sourceItemsSave",
                        post(
                                "{\"sourceItems\":[{\"sku\":\"ORPHAN\",\"source_code\":\"default\",\"quantity\":1,\"status\":1}]}"));

        assertThat(wrong.status()).isEqualTo(400);
        assertThat(orphan.status()).isEqualTo(200);
        assertThat(bench.platform().stock()).containsEntry(TEE, 10).doesNotContainKey(new Sku("ORPHAN"));
    }

    @Test
    void sandbox_withoutATokenOrRoute_refusesAsMagentoDoes() throws Exception {
        URI shop = bench.server().url("magento");
        HttpResponse<String> anonymous = get(shop + "/rest/default/V1/orders?searchCriteria=");
        HttpResponse<String> nowhere = get(shop + "/rest/default/V1/nowhere");

        assertThat(anonymous.statusCode()).isEqualTo(401);
        assertThat(anonymous.body()).contains("The consumer isn't authorized to access %resources.");
        assertThat(nowhere.statusCode()).isEqualTo(404);
    }

    @Test
    void sandbox_startedAgain_hasItsStockAndOrders(@TempDir Path folder) {
        Path file = folder.resolve("magento.jsonl");
        try (SandboxServer first = server(file)) {
            first.platform(channel()).seed(ChannelBench.SHELVES);
            first.platform(channel()).buy(TEE, 4);
        }
        try (SandboxServer second = server(file)) {
            second.platform(channel()).seed(ChannelBench.SHELVES);
            assertThat(second.platform(channel()).stock()).containsEntry(TEE, 6);
            assertThat(second.platform(channel()).orders()).hasSize(1);
        }
    }

    private SandboxServer server(Path file) {
        return new SandboxServer(0, name -> new SandboxStore(file), clock());
    }

    private static SandboxRequest post(String body) {
        return new SandboxRequest(
                "POST",
                "/",
                Map.of(),
                Map.of("authorization", "Bearer magento_sandbox_token"),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> get(String address) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
