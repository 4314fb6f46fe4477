package dev.weir.routes;

import static dev.weir.routes.DriftBench.BOWL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.connectors.Capability;
import dev.weir.routes.Drifts.Cause;
import dev.weir.routes.Drifts.Entry;
import dev.weir.routes.Drifts.Mode;
import dev.weir.routes.Drifts.State;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Shops that say what they were told must not be told again because of it. */
class EchoTest {
    private final DriftBench drift = new DriftBench(Capability.ORDER_POLL, Capability.ORDER_WEBHOOK);
    private final FakeShop shop = drift.shop;

    @AfterEach
    void close() {
        drift.close();
    }

    @Test
    void saleAtOneShop_isOneWriteAtEachOther_howeverOftenTheyEchoIt() {
        FakeShop other = drift.bench.shop("other", Capability.STOCK_WRITE, Capability.STOCK_READ);
        drift.bench.list(other, BOWL);
        drift.tell(BOWL, 12);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(other.levels).containsEntry(BOWL, 12));
        int before = other.writes.size();

        // The shop has sold one, and says so; the books take one away.
        shop.levels.put(BOWL, 11);
        drift.bench.shelves.tell(drift.bench.brand, BOWL, 11, 2);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(other.levels).containsEntry(BOWL, 11));
        for (int round = 1; round <= 3; round++) {
            echo(shop, "s" + round, 11);
            echo(other, "o" + round, 11);
        }
        drift.bench.shelves.tell(drift.bench.brand, BOWL, 11, 2);
        drift.run(Mode.HEAL);

        assertThat(other.writes.subList(before, other.writes.size())).containsExactly(BOWL + "=11");
        assertThat(shop.writes.stream().filter((BOWL + "=11")::equals).count()).isLessThanOrEqualTo(1);
        assertThat(drift.module().drifts().alive(drift.bench.brand)).isEmpty();
    }

    @Test
    void peerThatSetsItsOwnNumberAgain_isHealedTwice_thenShownAndLeftAlone() {
        drift.tell(BOWL, 12);
        shop.insists.put(BOWL, 7);
        shop.levels.put(BOWL, 7);

        assertThat(drift.only(drift.run(Mode.HEAL)).state()).isEqualTo(State.HEALED);
        echo(shop, "s1", 7);
        assertThat(drift.only(drift.run(Mode.HEAL)).state()).isEqualTo(State.HEALED);
        Entry third = drift.only(drift.run(Mode.HEAL));
        Entry fourth = drift.only(drift.run(Mode.HEAL));

        assertThat(third.cause()).isEqualTo(Cause.OTHER_WRITER);
        assertThat(third.state()).isEqualTo(State.ASKS);
        assertThat(third.words()).contains("healed 2 times within a day");
        assertThat(fourth.id()).isEqualTo(third.id());
        assertThat(fourth.times()).isEqualTo(2);
        assertThat(shop.writes).containsExactly(BOWL + "=12", BOWL + "=12", BOWL + "=12");
    }

    private void echo(FakeShop of, String delivery, int units) {
        UUID id = drift.bench
                .deliver(drift.module(), of, delivery, "stock ref-" + BOWL + " " + units)
                .id();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(drift.bench.entry(drift.module(), id).state())
                                .isIn(WebhookLog.State.IGNORED, WebhookLog.State.PROCESSED));
    }
}
