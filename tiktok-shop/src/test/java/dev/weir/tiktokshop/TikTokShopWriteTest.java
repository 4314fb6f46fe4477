package dev.weir.tiktokshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Money;
import dev.weir.connectors.PriceWrite;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import dev.weir.connectors.StockWrite;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of what we write, on the shop's good and bad days? */
class TikTokShopWriteTest {
    private static final Sku TEE = new Sku("TEE-RED-M");

    private final TestClock clock = new TestClock();
    private ChannelBench bench;

    @BeforeEach
    void open() {
        bench = new ChannelBench("tiktok-shop", clock);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void price_writtenAlone_isReadBack_andAStrangersIsRefusedAlone() {
        Listing tee = bench.listings().get(TEE);
        Listing lost = new Listing(new Sku("LOST"), "Lost", tee.price(), null, "9", "999999999999/999999999999", null);
        Listing without = new Listing(new Sku("NO-REF"), "No ref", tee.price(), null, "9", null, null);

        List<StockWrite.Outcome> outcomes = prices().write(List.of(
                new PriceWrite.Target(Money.of("17.50", "EUR"), tee),
                new PriceWrite.Target(tee.price(), lost),
                new PriceWrite.Target(tee.price(), without)));

        assertThat(bench.listings().get(TEE).price()).isEqualTo(Money.of("17.50", "EUR"));
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.refusal() != null)
                .extracting(outcome -> outcome.sku().value())
                .containsExactlyInAnyOrder("LOST", "NO-REF");
    }

    @Test
    void price_lockedByAPromotion_conflictsUntilItIsOver() {
        PriceWrite.Target price =
                new PriceWrite.Target(Money.of("17.50", "EUR"), bench.listings().get(TEE));
        bench.platform().flip("promotion", true);

        ChannelException refusal = prices().write(List.of(price)).getFirst().refusal();
        bench.platform().flip("promotion", false);

        assertThat(refusal).isNotNull();
        assertThat(refusal.fault()).isEqualTo(Fault.CONFLICT);
        assertThat(prices().write(List.of(price)).getFirst().refusal()).isNull();
    }

    @Test
    void stockInTwoWarehouses_isWrittenWhole_leavingTheOtherAsItIs() {
        bench.platform().flip("second-warehouse", true);

        assertThat(write(7).refusal()).isNull();

        assertThat(bench.platform().stock()).containsEntry(TEE, 7);
        assertThat(bench.channel()
                        .stockRead(bench.connection())
                        .read(List.of(bench.listings().get(TEE))))
                .containsEntry(TEE, 7);
    }

    @Test
    void stockBeyondWhatThePlatformTakes_isShownAsItsMost() {
        assertThat(write(1_000_000).refusal()).isNull();

        assertThat(bench.platform().stock()).containsEntry(TEE, 99_999);
    }

    @Test
    void stockRefusedInsideASuccess_isNotTaken() {
        bench.platform().flip("stock-refused", true);

        ChannelException refusal = write(7).refusal();

        assertThat(refusal).isNotNull().hasMessageContaining("12052901");
        assertThat(bench.platform().stock()).containsEntry(TEE, 10);
    }

    @Test
    void stockWrittenBeforeA500_isTakenWhenSentAgain() {
        Listing tee = bench.listings().get(TEE);
        bench.platform().flip("write-then-500", true);
        ChannelException failure = catchThrowableOfType(ChannelException.class, () -> write(tee, 7));
        bench.platform().flip("write-then-500", false);

        assertThat(failure.fault()).isEqualTo(Fault.TRANSIENT);
        assertThat(bench.platform().stock()).containsEntry(TEE, 7);
        assertThat(write(tee, 6).refusal()).isNull();
    }

    @Test
    void listing_createdBeforeA500_isOneProduct() {
        Listing made = made("NEW-01", "Written by the hub");
        bench.platform().flip("write-then-500", true);
        catchThrowableOfType(ChannelException.class, () -> list(made));
        bench.platform().flip("write-then-500", false);

        String id = list(made).externalId();

        assertThat(bench.listings().values())
                .filteredOn(listing -> listing.sku().equals(made.sku()))
                .singleElement()
                .satisfies(listing -> assertThat(listing.externalId()).isEqualTo(id));
    }

    @Test
    void listingWithoutAPicture_staysADraft_andIsOnSaleOnceThereIsOne() {
        Map<String, String> settings = new HashMap<>(bench.connection().settings());
        String picture = settings.remove("fallbackImageUrl");
        Listing made = made("NEW-01", "Written by the hub");
        String id = bench.channel()
                .catalogueWrite(bench.connection(settings))
                .write(List.of(made))
                .getFirst()
                .externalId();
        assertThat(bench.listings()).doesNotContainKey(made.sku());

        settings.put("fallbackImageUrl", picture);
        bench.channel().catalogueWrite(bench.connection(settings)).write(List.of(made));

        assertThat(bench.listings().get(made.sku()).externalId()).isEqualTo(id);
    }

    @Test
    void pictureThatThePlatformDoesNotTake_givesWayToTheOperatorsOwn() {
        URI noPicture = URI.create(bench.server().url() + "/sandbox/tiktok-shop/stock");
        Listing made = new Listing(new Sku("NEW-01"), "Mug", Money.of("7.00", "EUR"), noPicture, "", null, 4);

        list(made);

        assertThat(bench.listings()).containsKey(made.sku());
    }

    @Test
    void listingThatTheShopRefuses_keepsNoOtherFromIt() {
        Listing nameless = made("BAD-01", "\uD83D\uDD25");
        Listing good = made("GOOD-01", "Bud vase \uD83D\uDD25 &amp; stand");

        List<Listing> written =
                bench.channel().catalogueWrite(bench.connection()).write(List.of(nameless, good));

        assertThat(written).extracting(Listing::sku).containsExactly(good.sku());
        assertThat(bench.listings().get(good.sku()).title()).isEqualTo("Bud vase stand");
    }

    @Test
    void listingWithoutACategory_getsTheRecommendedOne() {
        Map<String, String> settings = new HashMap<>(bench.connection().settings());
        settings.remove("categoryId");

        bench.channel().catalogueWrite(bench.connection(settings)).write(List.of(made("NEW-01", "Mug")));

        assertThat(bench.listings()).containsKey(new Sku("NEW-01"));
    }

    @Test
    void changedTitleUnderAudit_isShownOnceItPassed_andIsAskedForWithoutHarm() {
        Listing tee = bench.listings().get(TEE);
        Listing renamed = new Listing(TEE, "Red tee", tee.price(), null, tee.externalId(), tee.stockRef(), 10);
        bench.platform().flip("audit", true);

        list(renamed);
        list(renamed);
        assertThat(bench.listings().get(TEE).title()).isEqualTo("Red tee, M");
        bench.platform().flip("audit", false);

        assertThat(bench.listings().get(TEE).title()).isEqualTo("Red tee");
    }

    @Test
    void changes_areThoseSinceThen_andTheNextQuestionMissesNone() {
        clock.pass(Duration.ofHours(1));
        Instant since = clock.instant();
        clock.pass(Duration.ofMinutes(5));
        prices().write(List.of(
                new PriceWrite.Target(Money.of("17.50", "EUR"), bench.listings().get(TEE))));

        List<Sku> first = new ArrayList<>();
        Instant next = bench.channel()
                .catalogueChanges(bench.connection())
                .readSince(since, listing -> first.add(listing.sku()));

        assertThat(first).containsExactly(TEE);
        assertThat(next).isAfter(since).isBefore(clock.instant());
        List<Sku> none = new ArrayList<>();
        clock.pass(Duration.ofHours(1));
        assertThat(bench.channel()
                        .catalogueChanges(bench.connection())
                        .readSince(clock.instant(), listing -> none.add(listing.sku())))
                .isEqualTo(clock.instant());
        assertThat(none).isEmpty();
    }

    private PriceWrite prices() {
        return bench.channel().priceWrite(bench.connection());
    }

    private StockWrite.Outcome write(int units) {
        return write(bench.listings().get(TEE), units);
    }

    private StockWrite.Outcome write(Listing listing, int units) {
        return bench.channel()
                .stockWrite(bench.connection())
                .write(List.of(new StockWrite.Target(new StockLevel(TEE, units, 1), listing)))
                .getFirst();
    }

    private Listing list(Listing listing) {
        return bench.channel()
                .catalogueWrite(bench.connection())
                .write(List.of(listing))
                .getFirst();
    }

    private static Listing made(String sku, String title) {
        return new Listing(new Sku(sku), title, Money.of("7.00", "EUR"), null, "", null, 4);
    }
}
