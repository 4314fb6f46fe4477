package dev.weir.magento;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockWrite;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How stock is counted by sources and without them, while the index lags, orders are open, and the queue fails in part. */
class MagentoStockTest extends MagentoStories {
    @Test
    void levels_writtenWhileTheIndexLags_areExactOnceItHasSettled() {
        Listing tee = bench.listings().get(TEE);
        bench.platform().buy(TEE, 3);
        pass(Duration.ofSeconds(61));
        flip("index-lag");

        write(target(tee, 2, 1));
        write(target(tee, 9, 2));
        write(target(tee, 6, 3));
        assertThat(bench.platform().stock()).containsEntry(TEE, 7);
        pass(Duration.ofSeconds(61));

        assertThat(bench.platform().stock()).containsEntry(TEE, 6);
    }

    @Test
    void level_ofAStockOfTwoSources_countsWhatTheOtherHolds() {
        Listing tee = bench.listings().get(TEE);
        Connection second = with("sourceCode", "second");
        channelUnderTest().stockWrite(second).write(List.of(target(tee, 14, 1)));

        write(target(tee, 9, 2));
        assertThat(bench.platform().stock()).containsEntry(TEE, 9);
        write(target(tee, 12, 3));

        assertThat(bench.platform().stock()).containsEntry(TEE, 12);
        List<StockWrite.Outcome> outcomes = write(target(tee, 3, 4));
        assertThat(outcomes)
                .singleElement()
                .satisfies(outcome ->
                        assertThat(outcome.refusal()).hasMessageContaining("other sources hold more than 3"));
    }

    @Test
    void source_thatTheShopDoesNotHave_isRefusedRowByRow() {
        Listing tee = bench.listings().get(TEE);

        List<StockWrite.Outcome> outcomes = channelUnderTest()
                .stockWrite(with("sourceCode", "nowhere"))
                .write(List.of(target(tee, 12, 1), target(bench.listings().get(MUG), 12, 1)));

        assertThat(outcomes)
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(
                                Objects.requireNonNull(outcome.refusal()).fault())
                        .isEqualTo(Fault.REJECTED));
    }

    @Test
    void sku_inAnotherCase_isTheSame() {
        Listing tee = bench.listings().get(TEE);
        Listing lower = new Listing(
                new Sku("tee-red-m"), tee.title(), tee.price(), tee.imageUrl(), tee.externalId(), null, null);

        write(target(lower, 4, 1));

        assertThat(bench.platform().stock()).containsEntry(TEE, 4).hasSize(3);
        assertThat(channelUnderTest().stockRead(bench.connection()).read(List.of(lower)))
                .containsEntry(lower.sku(), 4);
    }

    @Test
    void write_thatBrokeAfterItWasDone_isDoneAgain() {
        Listing tee = bench.listings().get(TEE);
        flip("next-write-breaks");

        List<StockWrite.Outcome> outcomes = write(target(tee, 4, 1));

        assertThat(outcomes)
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.refusal()).isNull());
        assertThat(bench.platform().stock()).containsEntry(TEE, 4);
    }

    @Test
    void shopWithoutSources_isCountedByItsOneNumber() {
        flip("legacy-stock");
        Listing tee = bench.listings().get(TEE);
        assertThat(tee.onHand()).isEqualTo(10);
        bench.platform().buy(TEE, 3);

        write(target(tee, 6, 1));

        assertThat(bench.platform().stock()).containsEntry(TEE, 6);
        assertThat(channelUnderTest().check(bench.connection()).detail()).endsWith("without inventory sources");
        List<StockWrite.Outcome> outcomes = write(target(unknown(tee), 1, 1), target(tee, 0, 2));
        assertThat(outcomes)
                .extracting(outcome ->
                        outcome.refusal() == null ? null : outcome.refusal().fault())
                .containsExactly(Fault.NOT_FOUND, null);
        assertThat(bench.platform().stock()).containsEntry(TEE, 0);
    }

    @Test
    void shopWithoutSources_takesOrdersAndGivesThemBack() {
        flip("legacy-stock");

        String id = push("weir-1", 2);
        assertThat(bench.platform().stock()).containsEntry(TEE, 8);
        channelUnderTest().orderCancel(bench.connection()).cancel("k", id, "sold out");

        assertThat(bench.platform().stock()).containsEntry(TEE, 10);
    }

    @Test
    void level_ofAShopThatKeepsUnitsBack_isWhatCanBeSold() {
        flip("threshold");
        Listing tee = bench.listings().get(TEE);
        assertThat(tee.onHand()).isEqualTo(8);

        write(target(tee, 6, 1));
        assertThat(bench.platform().stock()).containsEntry(TEE, 6);
        flip("legacy-stock");
        Connection legacy = with();
        channelUnderTest().stockWrite(legacy).write(List.of(target(tee, 5, 2)));

        assertThat(bench.platform().stock()).containsEntry(TEE, 5);
    }

    @Test
    void product_whoseStockIsNotManaged_hasNoNumber() {
        flip("unmanaged-stock");
        Listing tee = bench.listings().get(TEE);
        assertThat(tee.onHand()).isNull();
        flip("legacy-stock");
        Connection legacy = with();

        assertThat(channelUnderTest().stockRead(legacy).read(List.of(tee))).isEmpty();
        assertThat(channelUnderTest().stockWrite(legacy).write(List.of(target(tee, 5, 1))))
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.refusal()).hasMessageContaining("does not manage its stock"));
    }

    @Test
    void shopThatIsSaidToHaveSources_isNotAsked_andRefusesWithoutThem() {
        flip("legacy-stock");

        assertFault(
                Fault.REJECTED,
                () -> channelUnderTest()
                        .stockRead(with("inventory", "msi"))
                        .read(List.of(ChannelBench.listing(ChannelBench.SHELVES.getFirst()))));
    }

    @Test
    void queuedLevels_ofWhichHalfTheOperationsAreRefused_areAllWritten() {
        Map<Sku, Listing> listings = many();
        flip("bulk-fails-in-part");

        List<StockWrite.Outcome> outcomes =
                channelUnderTest().stockWrite(with("bulkWrites", "on")).write(targets(listings));

        assertThat(outcomes)
                .hasSize(45)
                .allSatisfy(outcome -> assertThat(outcome.refusal()).isNull());
        assertThat(bench.platform().stock()).containsEntry(new Sku("BULK-0"), 9).containsEntry(new Sku("BULK-44"), 9);
    }

    @Test
    void queuedLevels_thatTheShopRefuses_areToldOneByOne() {
        Map<Sku, Listing> listings = many();

        List<StockWrite.Outcome> outcomes = channelUnderTest()
                .stockWrite(with("bulkWrites", "on", "sourceCode", "nowhere"))
                .write(targets(listings));

        assertThat(outcomes)
                .hasSize(45)
                .allSatisfy(outcome -> assertThat(outcome.refusal()).isNotNull());
    }

    @Test
    void index_thatLagsBehindANewLevel_doesNotParkAnOrder_whichComesThroughLater() {
        Listing mug = bench.listings().get(MUG);
        write(target(mug, 0, 1));
        pass(Duration.ofSeconds(61));
        flip("index-lag");
        var port = channelUnderTest().orderPush(bench.connection());

        assertFault(Fault.TRANSIENT, () -> port.push(request("weir-1", mug, 2)));
        assertThat(bench.platform().orders()).isEmpty();
        pass(Duration.ofSeconds(61));
        port.push(request("weir-1", mug, 2));

        assertThat(bench.platform().orders()).hasSize(1);
        assertThat(bench.platform().stock()).containsEntry(MUG, 0);
    }

    private Map<Sku, Listing> many() {
        seed(bench, "BULK-", 45);
        return bench.listings();
    }

    private static List<StockWrite.Target> targets(Map<Sku, Listing> listings) {
        return IntStream.range(0, 45)
                .mapToObj(at -> target(Objects.requireNonNull(listings.get(new Sku("BULK-" + at))), 9, 1))
                .toList();
    }
}
