package dev.weir.routes.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.Outbox;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The newest level of a round stands for the older ones of its key; everything else is told row by row. */
class OutboxRoundTest {
    @Test
    void newestLevelOfAKey_isTold_andStandsForTheOthers() {
        OutboxRound round = new OutboxRound(
                List.of(level(1, "TEE", 4), level(2, "MUG", 1), level(3, "TEE", 5), level(4, "TEE", 6)));
        assertThat(round.outgoing()).extracting(one -> one.row().id()).containsExactly(2L, 4L);
        assertThat(round.told(List.of(2L, 4L))).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void whatStandsForOthers_andIsNotSent_leavesThemUnsentToo() {
        OutboxRound round = new OutboxRound(List.of(level(1, "TEE", 4), level(2, "MUG", 1), level(3, "TEE", 5)));
        assertThat(round.told(List.of(2L))).containsExactly(2L);
        assertThat(round.told(List.of())).isEmpty();
    }

    @Test
    void levelThatComesLate_doesNotHideANewerOne() {
        OutboxRound round = new OutboxRound(List.of(level(1, "TEE", 9), level(2, "TEE", 8)));
        assertThat(round.outgoing()).extracting(one -> one.row().id()).containsExactly(1L);
        assertThat(round.told(List.of(1L))).containsExactly(1L, 2L);
    }

    @Test
    void whatIsNoLevel_isToldRowByRow() {
        OutboxRound round = new OutboxRound(List.of(
                row(1, Outbox.STOCK, "TEE", "WaitlistServed", 0),
                row(2, Outbox.STOCK, "TEE", "WaitlistServed", 0),
                row(3, "weir.internal.orders.v1", "TEE", "StockChanged", 0)));
        assertThat(round.outgoing()).hasSize(3);
    }

    private static OutboxRow level(long id, String key, long version) {
        return row(id, Outbox.STOCK, key, "StockChanged", version);
    }

    private static OutboxRow row(long id, String topic, String key, String type, long version) {
        return new OutboxRow(
                id,
                "brand",
                topic,
                key,
                type,
                Instant.EPOCH,
                Json.read("{\"sku\":\"" + key + "\",\"version\":" + version + "}"));
    }
}
