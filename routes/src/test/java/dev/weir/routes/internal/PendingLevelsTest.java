package dev.weir.routes.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far a shop is behind the stock. */
class PendingLevelsTest {
    private static final Sku MUG = new Sku("MUG");
    private static final Sku BOWL = new Sku("BOWL");

    private Instant now = Instant.EPOCH;
    private final PendingLevels pending = new PendingLevels(() -> now);

    @Test
    void newsOfNews_doesNotMakeItYounger() {
        pending.offer(new StockLevel(MUG, 5, 1));
        pass(10);
        pending.offer(new StockLevel(MUG, 4, 2));
        pass(10);

        assertThat(pending.behind()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void whatIsBeingWritten_countsUntilItIs() {
        pending.offer(new StockLevel(MUG, 5, 1));
        List<StockLevel> batch = pending.take(10);
        pass(3);
        pending.offer(new StockLevel(MUG, 4, 2));
        pass(2);
        assertThat(pending.behind()).isEqualTo(Duration.ofSeconds(5));

        pending.told(batch);
        pending.written();

        assertThat(pending.behind()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void whatCouldNotBeWritten_isAsOldAsItWas() {
        pending.offer(new StockLevel(MUG, 5, 1));
        List<StockLevel> batch = pending.take(10);
        pass(7);

        pending.putBack(batch);

        assertThat(pending.behind()).isEqualTo(Duration.ofSeconds(7));
        assertThat(pending.take(10)).isEqualTo(batch);
    }

    @Test
    void whatTheShopShowsAlready_isNotBehind() {
        pending.offer(new StockLevel(MUG, 5, 1));
        pending.offer(new StockLevel(BOWL, 5, 1));
        pass(1);

        pending.told(List.of(new StockLevel(MUG, 5, 1)));
        assertThat(pending.behind()).isEqualTo(Duration.ofSeconds(1));
        pending.told(List.of(new StockLevel(BOWL, 5, 1)));
        pending.offer(new StockLevel(BOWL, 5, 1));
        pass(60);

        assertThat(pending.behind()).isZero();
        assertThat(pending.size()).isZero();
    }

    @Test
    void whatNobodyWaitsFor_isNotBehind() {
        pending.offerLater(new StockLevel(MUG, 5, 1));
        pass(60);

        assertThat(pending.behind()).isZero();
        assertThat(pending.size()).isEqualTo(1);
    }

    private void pass(int seconds) {
        now = now.plusSeconds(seconds);
    }
}
