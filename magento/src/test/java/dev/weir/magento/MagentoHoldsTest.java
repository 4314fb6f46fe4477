package dev.weir.magento;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.BackendHold;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How units are taken off sale: by an order that is called off, or by a move to a source that nothing sells from. */
class MagentoHoldsTest extends MagentoStories {
    @Test
    void holdingOrder_isNoOrderOfTheShop_whenPolled() {
        Instant start = clock().instant();

        hold(bench.connection(), "h-1", 2);

        assertThat(channelUnderTest().orderPoll(bench.connection()).changedSince(start))
                .isEmpty();
        assertThat(bench.platform().orders()).singleElement().asString().contains("@example.com");
    }

    @Test
    void hold_whoseAnswerIsLost_holdsOnce() {
        bench.server().loseAnswer(Pattern.compile("payment-information"));

        hold(bench.connection(), "h-1", 2);
        hold(bench.connection(), "h-1", 2);

        assertThat(bench.platform().stock()).containsEntry(TEE, 8);
    }

    @Test
    void hold_repeatedAfterItsRelease_holdsNothing() {
        hold(bench.connection(), "h-1", 2);
        release(bench.connection(), "h-1", 2);

        hold(bench.connection(), "h-1", 2);

        assertThat(bench.platform().stock()).containsEntry(TEE, 10);
    }

    @Test
    void hold_byOrder_withoutAnAddress_tellsTheOperatorWhichSettingIsMissing() {
        assertThatThrownBy(() -> hold(with("holdAddress", ""), "h-1", 1)).hasMessageContaining("holdAddress");
        assertFault(Fault.REJECTED, () -> hold(with("holdAddress", "Berlin"), "h-1", 1));
        assertThat(bench.platform().stock()).containsEntry(TEE, 10);
    }

    @Test
    void release_ofAHoldThatWasInvoiced_isRejected() {
        hold(bench.connection(), "h-1", 2);
        bench.platform().ship("1");

        assertFault(Fault.REJECTED, () -> release(bench.connection(), "h-1", 2));
    }

    @Test
    void moveToTheHoldSource_takesUnitsOffSale_once_andBack_once() {
        Connection source = source();

        release(source, "h-1", 2);
        hold(source, "h-1", 2);
        hold(source, "h-1", 2);
        assertThat(bench.platform().stock()).containsEntry(TEE, 8);
        release(source, "h-1", 2);
        release(source, "h-1", 2);

        assertThat(bench.platform().stock()).containsEntry(TEE, 10);
        assertThat(bench.platform().orders()).isEmpty();
    }

    @Test
    void move_whoseAnswerIsLost_isReadBack() {
        Connection source = source();
        bench.server().loseAnswer(Pattern.compile("bulk-partial-source-transfer"));

        hold(source, "h-1", 3);
        hold(source, "h-1", 3);

        assertThat(bench.platform().stock()).containsEntry(TEE, 7);
    }

    @Test
    void move_thatWasNeitherHeardNorSeen_isOpenForAMinute_andThenDoneAnew() {
        Connection source = source();
        flip("next-write-deadlocks");

        assertFault(Fault.OUTCOME_UNKNOWN, () -> hold(source, "h-1", 3));
        assertFault(Fault.OUTCOME_UNKNOWN, () -> hold(source, "h-1", 3));
        pass(Duration.ofSeconds(61));
        hold(source, "h-1", 3);

        assertThat(bench.platform().stock()).containsEntry(TEE, 7);
    }

    @Test
    void move_ofMoreThanThereIs_isAConflict() {
        Connection source = source();

        assertFault(Fault.CONFLICT, () -> hold(source, "h-1", 11));
        assertThat(bench.platform().stock()).containsEntry(TEE, 10);
    }

    @Test
    void level_writtenWhileUnitsAreHeldByAMove_isThatLevel() {
        Connection source = source();
        hold(source, "h-1", 3);
        Listing tee = bench.listings().get(TEE);

        channelUnderTest().stockWrite(source).write(List.of(target(tee, 5, 1)));

        assertThat(bench.platform().stock()).containsEntry(TEE, 5);
    }

    private Connection source() {
        return with("holdMethod", "source", "holdSource", "hold");
    }

    private void hold(Connection connection, String key, int quantity) {
        channelUnderTest().backendHold(connection).hold(key, units(quantity));
    }

    private void release(Connection connection, String key, int quantity) {
        channelUnderTest().backendHold(connection).release(key, units(quantity));
    }

    private List<BackendHold.Units> units(int quantity) {
        Map<Sku, Listing> listings = bench.listings();
        return List.of(new BackendHold.Units(Objects.requireNonNull(listings.get(TEE)), quantity));
    }
}
