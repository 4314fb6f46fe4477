package dev.weir.instagram.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.ContractBase;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Money;
import dev.weir.connectors.PriceWrite;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockWrite;
import dev.weir.connectors.StockWrite.Outcome;
import dev.weir.connectors.sandbox.SandboxPlatform.Quirk;
import dev.weir.connectors.sandbox.SandboxProduct;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What becomes of a batch whose end is slow, half told, or never told at all? */
class BatchStoriesTest extends ContractBase {
    @Override
    protected String channel() {
        return "instagram";
    }

    @Test
    void errorWithoutAnItem_isFoundByReadingBack() {
        Map<Sku, Listing> listings = bench.listings();
        on(Habit.NAMELESS_ERRORS);

        List<Outcome> outcomes = write(target(unknown(listings.get(TEE)), 3, 1), target(listings.get(MUG), 2, 1));

        assertThat(outcomes.get(0).refusal())
                .isInstanceOfSatisfying(
                        ChannelException.class,
                        refusal -> assertThat(refusal.fault()).isEqualTo(Fault.NOT_FOUND));
        assertThat(outcomes.get(1).refusal()).isNull();
        assertThat(bench.platform().stock()).containsEntry(MUG, 2);
    }

    @Test
    void errorsOfWhichOnlyTheFirstIsListed_areAllFound() {
        Listing tee = bench.listings().get(TEE);
        on(Habit.CAPPED_ERRORS);

        List<Outcome> outcomes =
                write(target(stranger(tee, "GONE-1"), 3, 1), target(stranger(tee, "GONE-2"), 3, 1), target(tee, 4, 1));

        assertThat(outcomes).extracting(outcome -> outcome.refusal() != null).containsExactly(true, true, false);
        assertThat(faults(outcomes)).containsExactly(Fault.REJECTED, Fault.NOT_FOUND);
    }

    @Test
    void handleThatExpired_isNoFailure_becauseTheItemsAreRead() {
        Listing tee = bench.listings().get(TEE);
        on(Habit.HANDLES_EXPIRE);

        assertThat(write(target(tee, 4, 1)))
                .allSatisfy(outcome -> assertThat(outcome.refusal()).isNull());
        assertThat(bench.platform().stock()).containsEntry(TEE, 4);
    }

    @Test
    void batchWithoutAHandle_tookNothing() {
        Listing tee = bench.listings().get(TEE);
        on(Habit.ACCEPTS_NOTHING);

        List<Outcome> outcomes = write(target(tee, 4, 1));

        assertThat(faults(outcomes)).containsExactly(Fault.REJECTED);
        assertThat(bench.platform().stock()).containsEntry(TEE, 10);
    }

    @Test
    void answerLostAfterTheWrite_isAskedForAgain() {
        Listing tee = bench.listings().get(TEE);
        on(Habit.LOSES_ANSWERS);

        assertThat(write(target(tee, 4, 1)))
                .allSatisfy(outcome -> assertThat(outcome.refusal()).isNull());
        assertThat(bench.platform().stock()).containsEntry(TEE, 4);
    }

    @Test
    void itemInAnOpenBatch_waitsForItsEnd_andTheNewestNumberStands_whileOtherItemsDoNotWait() throws Exception {
        Map<Sku, Listing> listings = bench.listings();
        on(Habit.SLOW_BATCHES);
        CompletableFuture<List<Outcome>> first = apart(() -> write(target(listings.get(TEE), 3, 1)));
        awaitBatches(1);
        CompletableFuture<List<Outcome>> second = apart(() -> write(target(listings.get(TEE), 8, 2)));
        CompletableFuture<List<Outcome>> other = apart(() -> write(target(listings.get(MUG), 1, 1)));
        awaitBatches(2);

        assertThat(second).isNotDone();
        off(Habit.SLOW_BATCHES);

        assertThat(other.get(30, TimeUnit.SECONDS)).singleElement().satisfies(BatchStoriesTest::taken);
        assertThat(first.get(30, TimeUnit.SECONDS)).singleElement().satisfies(BatchStoriesTest::taken);
        assertThat(second.get(30, TimeUnit.SECONDS)).singleElement().satisfies(BatchStoriesTest::taken);
        assertThat(bench.platform().stock()).containsEntry(TEE, 8).containsEntry(MUG, 1);
    }

    @Test
    void listingThatCannotBeTaken_keepsNoOtherBack_andIsToldByItsSku() {
        Listing fit = ChannelBench.listing(ChannelBench.product("NEW-1", "New one", 1200, 3));
        Listing unfit = ChannelBench.listing(ChannelBench.product("NEW,2", "New two", 1200, 3));
        Map<Sku, ChannelException> refused = new LinkedHashMap<>();

        List<Listing> written =
                channelUnderTest().catalogueWrite(bench.connection()).write(List.of(unfit, fit), refused::put);

        assertThat(written).extracting(Listing::sku).containsExactly(fit.sku());
        assertThat(refused).containsOnlyKeys(unfit.sku());
    }

    @Test
    void levelsThatNobodyWaitsFor_areRefusedRatherThanWait_andLeaveTheNextBatchesToNews() {
        Listing tee = bench.listings().get(TEE);
        Map<String, String> settings = new LinkedHashMap<>(bench.connection().settings());
        settings.put("batchCallsPerMinute", "8");
        StockWrite port = channelUnderTest().stockWrite(bench.connection(settings));
        port.catchUp(List.of(target(tee, 9, 1)));

        assertThatThrownBy(() -> port.catchUp(List.of(target(tee, 8, 2))))
                .isInstanceOfSatisfying(
                        ChannelException.class,
                        refusal -> assertThat(refusal.fault()).isEqualTo(Fault.THROTTLED));
        port.write(List.of(target(tee, 7, 3)));
        port.write(List.of(target(tee, 6, 4)));

        assertThat(bench.platform().stock()).containsEntry(TEE, 6);
    }

    @Test
    void levelsOfOneSku_inOneCall_endAtTheNewest() {
        Listing tee = bench.listings().get(TEE);

        assertThat(write(target(tee, 8, 7), target(tee, 3, 6))).hasSize(1);
        assertThat(bench.platform().stock()).containsEntry(TEE, 8);
    }

    @Test
    void spentBudget_isAWaitOfTheMinutesNamed_andWithoutAnyOfOneMinute() {
        Listing tee = bench.listings().get(TEE);
        for (Habit habit : List.of(Habit.THROTTLED, Habit.ABRUPT_VOLUME)) {
            on(habit);
            var port = channelUnderTest()
                    .stockWrite(bench.connection(bench.connection().settings()));
            ChannelException refusal =
                    catchThrowableOfType(ChannelException.class, () -> port.write(List.of(target(tee, 4, 1))));
            off(habit);

            assertThat(refusal.fault()).isEqualTo(Fault.THROTTLED);
            assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMinutes(1));
        }
        assertThat(bench.platform().stock()).containsEntry(TEE, 10);
    }

    @Test
    void tokenThatEndedOrWasRevoked_needsTheOperator() {
        Listing tee = bench.listings().get(TEE);
        for (Map.Entry<Habit, String> habit : Map.of(Habit.TOKENS_ENDED, "190/463", Habit.TOKENS_REVOKED, "190/460")
                .entrySet()) {
            on(habit.getKey());
            assertThatThrownBy(() -> write(target(tee, 4, 1)))
                    .isInstanceOfSatisfying(
                            ChannelException.class,
                            refusal -> assertThat(refusal.fault()).isEqualTo(Fault.UNAUTHORISED))
                    .hasMessageContaining(habit.getValue());
            off(habit.getKey());
        }
    }

    @Test
    void price_isWrittenAlone_andAStrangersIsRefused() {
        Map<Sku, Listing> listings = bench.listings();
        Money price = Money.of("1499.50", "EUR");
        PriceWrite port = channelUnderTest().priceWrite(bench.connection());

        List<Outcome> outcomes = port.write(List.of(
                new PriceWrite.Target(price, listings.get(TEE)),
                new PriceWrite.Target(price, unknown(listings.get(TEE)))));

        assertThat(outcomes.getFirst().refusal()).isNull();
        assertThat(faults(outcomes)).containsExactly(Fault.REJECTED);
        assertThat(bench.listings().get(TEE).price()).isEqualTo(price);
        assertThat(bench.platform().stock()).containsEntry(TEE, 10);
    }

    @Test
    void price_whoseBatchTellsNothing_isReadBack() {
        Map<Sku, Listing> listings = bench.listings();
        on(Habit.NAMELESS_ERRORS);

        List<Outcome> outcomes = channelUnderTest()
                .priceWrite(bench.connection())
                .write(List.of(
                        new PriceWrite.Target(Money.of("14.95", "EUR"), listings.get(TEE)),
                        new PriceWrite.Target(Money.of("14.95", "EUR"), unknown(listings.get(TEE)))));

        assertThat(outcomes.getFirst().refusal()).isNull();
        assertThat(faults(outcomes)).containsExactly(Fault.NOT_FOUND);
    }

    @Test
    void catalogue_ofSeveralPages_isReadFromAnyCursorOn() {
        bench.platform().seed(products(250));
        List<Integer> sizes = new ArrayList<>();
        List<String> cursors = new ArrayList<>();
        channelUnderTest().catalogueRead(bench.connection()).read(null, (page, next) -> {
            sizes.add(page.size());
            cursors.add(Objects.requireNonNull(next));
        });
        List<Sku> rest = new ArrayList<>();
        channelUnderTest()
                .catalogueRead(bench.connection())
                .read(cursors.get(1), (page, next) -> page.forEach(listing -> rest.add(listing.sku())));

        assertThat(sizes).containsExactly(100, 100, 53);
        assertThat(rest).hasSize(53).last().isEqualTo(new Sku("P-249"));
    }

    @Test
    void catalogueWrite_ofManyItems_isFewBatches_andNamesTheFailedAloneThoughErrorsAreNameless() {
        List<Listing> all = new ArrayList<>();
        products(60).forEach(product -> all.add(ChannelBench.listing(product)));
        Listing untitled = new Listing(
                new Sku("BAD-1"), " ", Money.of("1.00", "EUR"), all.getFirst().imageUrl(), "", null, 1);
        all.add(untitled);
        on(Habit.NAMELESS_ERRORS);

        assertThatThrownBy(() ->
                        channelUnderTest().catalogueWrite(bench.connection()).write(all))
                .hasMessageContaining("1 of 61 listings")
                .hasMessageContaining("BAD-1");
        assertThat(bench.platform().stock()).hasSize(63).containsKey(new Sku("P-59"));
    }

    @Test
    void quirks_areAllOff_untilFlipped_andAnUnknownOneIsNamed() {
        assertThat(bench.platform().quirks()).hasSize(Habit.values().length).noneMatch(Quirk::on);
        on(Habit.LATE);
        assertThat(bench.platform().quirks())
                .filteredOn(Quirk::on)
                .extracting(Quirk::name)
                .containsExactly("late-deliveries");
        assertThatThrownBy(() -> bench.platform().flip("kindness", true)).hasMessageContaining("quirk: kindness");
    }

    @Test
    void newCatalogue_takesEightBatchesAMinute() {
        Map<Sku, Listing> listings = bench.listings();
        on(Habit.NEW_CATALOGUE);
        int taken = 0;
        ChannelException refusal = null;
        // Twice as many, and one more: a minute may begin anew in between.
        for (int at = 0; at < 17 && refusal == null; at++) {
            StockWrite.Target level = target(listings.get(TEE), at, at);
            refusal = catchThrowableOfType(ChannelException.class, () -> write(level));
            taken += refusal == null ? 1 : 0;
        }

        // The eighth fills the budget, so that its end may have to wait to be asked for.
        assertThat(taken).isBetween(7, 16);
        assertThat(refusal.fault()).isEqualTo(Fault.THROTTLED);
    }

    private static List<SandboxProduct> products(int count) {
        List<SandboxProduct> products = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            products.add(ChannelBench.product("P-" + at, "Product " + at, 100, 1));
        }
        return products;
    }

    private static Listing stranger(Listing like, String sku) {
        return new Listing(new Sku(sku), like.title(), like.price(), like.imageUrl(), "0", null, 1);
    }

    private static List<Fault> faults(List<Outcome> outcomes) {
        return outcomes.stream()
                .map(Outcome::refusal)
                .filter(Objects::nonNull)
                .map(ChannelException::fault)
                .toList();
    }

    private static void taken(Outcome outcome) {
        assertThat(outcome.refusal()).isNull();
    }

    private static CompletableFuture<List<Outcome>> apart(Supplier<List<Outcome>> write) {
        return CompletableFuture.supplyAsync(write, task -> Thread.ofVirtual().start(task));
    }

    private void awaitBatches(int count) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (((InstagramSandbox) bench.platform()).waitingBatches() < count) {
            assertThat(System.nanoTime()).as("batches taken").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private void on(Habit habit) {
        bench.platform().flip(habit.text(), true);
    }

    private void off(Habit habit) {
        bench.platform().flip(habit.text(), false);
    }
}
