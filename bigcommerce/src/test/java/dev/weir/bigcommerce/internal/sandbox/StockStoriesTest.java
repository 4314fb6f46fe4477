package dev.weir.bigcommerce.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import dev.weir.connectors.StockWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Are levels set where the store counts them, and refused alone where it does not? */
class StockStoriesTest extends Stories {
    @Test
    void listings_countedByVariantOrByProduct_sayWhich() {
        assertThat(listing(TEE).stockRef()).isEqualTo("variant:501");
        assertThat(listing(MUG).stockRef()).isEqualTo("product:2");
        assertThat(listing(MUG).onHand()).isEqualTo(5);
    }

    @Test
    void refusedLevels_amongFifty_standAlone_andTheOthersAreTaken() {
        shop.seed(IntStream.range(0, 48)
                .mapToObj(at -> ChannelBench.product("MANY-" + at, "Many " + at, 100, 1))
                .toList());
        List<StockWrite.Target> batch = new ArrayList<>();
        bench.listings().values().stream()
                .filter(each -> each.sku().value().startsWith("MANY"))
                .forEach(each -> batch.add(target(each, 9)));
        batch.add(7, target(counted(listing(TEE), "product:1"), 3));
        batch.add(target(counted(listing(MUG), "variant:999999"), 3));

        List<StockWrite.Outcome> outcomes =
                bench.channel().stockWrite(bench.connection()).write(batch);

        assertThat(outcomes).hasSize(50);
        assertThat(outcomes.stream().filter(each -> each.refusal() != null)).hasSize(2);
        assertThat(Objects.requireNonNull(outcomes.get(7).refusal()))
                .hasMessageContaining("tracked by variant, please update stock by variant id");
        assertThat(Objects.requireNonNull(outcomes.get(49).refusal())).hasMessageContaining("variant_id 999999");
        assertThat(shop.stock()).containsEntry(new Sku("MANY-47"), 9).containsEntry(TEE, 10);
    }

    @Test
    void listing_thatTheStoreDoesNotCountByItself_isRefusedWithoutACall() {
        StockWrite.Target uncounted = target(counted(listing(TEE), null), 3);
        shop.flip("load-shed", true);

        assertThat(bench.channel().stockWrite(bench.connection()).write(List.of(uncounted)))
                .singleElement()
                .satisfies(outcome -> assertThat(Objects.requireNonNull(outcome.refusal()))
                        .hasMessageContaining("inventory of TEE-RED-M: not counted by itself"));
    }

    @Test
    void level_whoseWriteIsAnswered502_isTriedAgain_andStandsOnce() {
        shop.flip("error-after-write", true);

        refused(
                Fault.TRANSIENT,
                () -> bench.channel().stockWrite(bench.connection()).write(List.of(target(listing(TEE), 4))));

        assertThat(shop.stock()).containsEntry(TEE, 4);
    }

    @Test
    void location_thatIsNotThere_isNamedByTheCheck_andHasNoLevels() {
        Map<String, String> elsewhere = Map.of("locationId", "7");

        assertThat(bench.channel().check(with(elsewhere)).detail())
                .isEqualTo("locationId: 7 (expected: one of [1 Default location])");
        refused(
                Fault.NOT_FOUND,
                () -> bench.channel().stockRead(with(elsewhere)).read(List.of(listing(TEE))));
    }

    private static Listing counted(Listing known, @Nullable String stockRef) {
        return new Listing(known.sku(), known.title(), known.price(), null, known.externalId(), stockRef, null);
    }

    private static StockWrite.Target target(Listing listing, int available) {
        return new StockWrite.Target(new StockLevel(listing.sku(), available, 1), listing);
    }
}
