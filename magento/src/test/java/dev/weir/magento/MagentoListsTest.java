package dev.weir.magento;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.Listing;
import dev.weir.connectors.Money;
import dev.weir.connectors.Order;
import dev.weir.connectors.PriceWrite;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How lists are walked at shops of both generations, what a poll sees of rows that come late, and prices. */
class MagentoListsTest extends MagentoStories {
    @Test
    void listsOfAnOldShop_whichRepeatTheirLastPage_end() {
        flip("repeat-last-page");
        seed(bench, "OLD-", 197);
        Instant start = clock().instant();
        IntStream.range(0, 5).forEach(at -> bench.platform().buy(new Sku("OLD-" + at), 1));

        assertThat(bench.listings()).hasSize(200);
        assertThat(channelUnderTest().orderPoll(bench.connection()).changedSince(start))
                .hasSize(5);
    }

    @Test
    void listsThatSayNull_areEmpty() {
        flip("null-items");

        assertThat(channelUnderTest().orderPoll(bench.connection()).changedSince(clock().instant()))
                .isEmpty();
        assertThat(bench.listings()).hasSize(3);
    }

    @Test
    void orderThatIsCommittedLate_isSeenByAPollThatOverlaps() {
        Instant cursor = clock().instant();
        flip("late-rows");
        String late = bench.platform().buy(TEE, 1).orderId();

        var port = channelUnderTest().orderPoll(bench.connection());

        assertThat(port.changedSince(cursor)).isEmpty();
        assertThat(port.changedSince(cursor.minus(Duration.ofSeconds(120))))
                .extracting(Order::externalId)
                .containsExactly(late);
    }

    @Test
    void poll_whileTheShopsZoneLeapsForward_missesNothing() {
        Instant before = clock().instant();
        String first = bench.platform().buy(TEE, 1).orderId();
        pass(Duration.ofMinutes(1));
        String second = bench.platform().buy(TEE, 1).orderId();

        List<Order> changed = channelUnderTest().orderPoll(bench.connection()).changedSince(before);

        assertThat(changed).extracting(Order::externalId).containsExactly(first, second);
        assertThat(changed.getLast().updatedAt()).isEqualTo("2026-03-29T01:00:30Z");
    }

    @Test
    void poll_ofMoreThanAPage_isTheOldestHundred_unlessTheyAreOfOneSecond() {
        seed(bench, "MANY-", 1);
        bench.platform().seed(List.of(dev.weir.connectors.ChannelBench.product("BULK", "Bulk", 100, 500)));
        Instant start = clock().instant();
        IntStream.range(0, 150).forEach(at -> bench.platform().buy(new Sku("BULK"), 1));
        pass(Duration.ofSeconds(1));
        IntStream.range(0, 120).forEach(at -> bench.platform().buy(new Sku("BULK"), 1));
        var port = channelUnderTest().orderPoll(bench.connection());

        assertThat(port.changedSince(start)).hasSize(150);
        assertThat(port.changedSince(start.plusSeconds(1))).hasSize(120);
        pass(Duration.ofSeconds(1));
        bench.platform().buy(new Sku("BULK"), 1);
        IntStream.range(0, 120).forEach(at -> {
            pass(Duration.ofSeconds(1));
            bench.platform().buy(new Sku("BULK"), 1);
        });
        assertThat(port.changedSince(start.plusSeconds(2))).hasSize(100);
    }

    @Test
    void poll_ofOneWebsite_asksForItsStoreViewsAlone() {
        Instant start = clock().instant();
        bench.platform().buy(TEE, 1);

        assertThat(channelUnderTest().orderPoll(with("orderScope", "website")).changedSince(start))
                .hasSize(1);
        assertThat(channelUnderTest()
                        .orderPoll(with("orderScope", "website", "storeCode", "us"))
                        .changedSince(start))
                .isEmpty();
    }

    @Test
    void changes_areThoseSinceTheLastReading_withItsOverlap() {
        var port = channelUnderTest().catalogueChanges(bench.connection());
        List<Sku> changed = new ArrayList<>();
        Instant next = port.readSince(clock().instant().minusSeconds(1), listing -> {});
        assertThat(next).isEqualTo(clock().instant().minus(Duration.ofMinutes(2)));
        pass(Duration.ofMinutes(10));
        Instant quiet = port.readSince(clock().instant().minusSeconds(60), listing -> changed.add(listing.sku()));
        assertThat(changed).isEmpty();

        channelUnderTest()
                .priceWrite(bench.connection())
                .write(List.of(new PriceWrite.Target(
                        Money.of("9.90", "EUR"), bench.listings().get(MUG))));
        port.readSince(quiet, listing -> changed.add(listing.sku()));

        assertThat(changed).containsExactly(MUG);
    }

    @Test
    void prices_ofUnknownSkus_areRefusedAmongTheOthers_queuedOrNot() {
        seed(bench, "BULK-", 25);
        Map<Sku, Listing> listings = bench.listings();
        List<PriceWrite.Target> prices = new ArrayList<>();
        listings.values().forEach(listing -> prices.add(new PriceWrite.Target(Money.of("3.33", "EUR"), listing)));
        prices.add(new PriceWrite.Target(Money.of("3.33", "EUR"), unknown(listings.get(TEE))));

        for (String queued : List.of("off", "on")) {
            List<StockWrite.Outcome> outcomes =
                    channelUnderTest().priceWrite(with("bulkWrites", queued)).write(prices);
            assertThat(outcomes)
                    .hasSize(29)
                    .filteredOn(outcome -> outcome.refusal() != null)
                    .singleElement()
                    .satisfies(outcome ->
                            assertThat(outcome.refusal()).hasMessageContaining("Requested product doesn't exist"));
        }
        assertThat(bench.listings().get(TEE).price()).isEqualTo(Money.of("3.33", "EUR"));
    }

    @Test
    void price_thatNoRowCanBeReadFrom_isFoundByAskingOneByOne() {
        Map<Sku, Listing> listings = bench.listings();

        List<StockWrite.Outcome> outcomes = channelUnderTest()
                .priceWrite(bench.connection())
                .write(List.of(
                        new PriceWrite.Target(Money.of("-1.00", "EUR"), listings.get(TEE)),
                        new PriceWrite.Target(Money.of("5.00", "EUR"), listings.get(MUG))));

        assertThat(outcomes).extracting(outcome -> outcome.refusal() == null).containsExactly(false, true);
    }

    @Test
    void order_thatWasShipped_saysSoInItsEvidence() {
        Instant start = clock().instant();
        String id = bench.platform().buy(TEE, 2).orderId();
        bench.platform().ship(id);

        Order order = channelUnderTest()
                .orderPoll(bench.connection())
                .changedSince(start)
                .getFirst();

        assertThat(order.evidence()).containsEntry("shipped", "all").doesNotContainKey("refunded");
    }
}
