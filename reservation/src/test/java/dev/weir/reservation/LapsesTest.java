package dev.weir.reservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.weir.connectors.Sku;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When are lapsed holds looked for? In a database of its own: another brand's hold would be due as well. */
class LapsesTest {
    private static final HikariDataSource DATABASE = Servers.anotherDatabase("lapses");
    private static final Duration LONGEST = Duration.ofMillis(250);

    private final SwitchedDatabase database = new SwitchedDatabase(DATABASE);
    private final Shop shop = new Shop(database, null);
    private final Sweeper sweeper = shop.module.sweeper();
    private final Sku sku = shop.stocked("A", 2);

    @AfterEach
    void nothingIsLeftBehind() {
        shop.clock.move(Duration.ofDays(1));
        sweeper.sweep();
        shop.invariantHolds();
        shop.close();
    }

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    private Optional<Hold.State> stored(Hold hold) {
        return shop.jdbc.queryForList("select state from hold where id = ?", String.class, hold.id()).stream()
                .map(Hold.State::valueOf)
                .findFirst();
    }

    @Test
    void nextLook_isWhenTheNextHoldEnds_andNeverLaterThanAHoldOfOneSecondCanBeMissed() {
        assertThat(sweeper.lapse()).isEqualTo(LONGEST);
        Hold first = shop.held(sku, 1);
        shop.clock.move(Duration.ofMillis(120));
        Hold second = shop.held(sku, 1);
        assertThat(sweeper.lapse()).isEqualTo(LONGEST);
        shop.clock.move(Duration.ofMillis(89_800));
        assertThat(sweeper.lapse()).isEqualTo(Duration.ofMillis(80));
        shop.clock.move(Duration.ofMillis(80));
        assertThat(sweeper.lapse()).isZero();
        assertThat(stored(first)).contains(Hold.State.EXPIRED);
        assertThat(stored(second)).contains(Hold.State.HELD);
        assertThat(sweeper.lapse()).isEqualTo(Duration.ofMillis(120));
    }

    @Test
    void dueHoldThatAnotherHasInHand_isLookedAtAgainSoon() {
        Hold hold = shop.held(sku, 1);
        shop.clock.move(Duration.ofSeconds(90));
        shop.transactions.executeWithoutResult(status -> {
            shop.jdbc.queryForList("select 1 from hold where id = ? for update", hold.id());
            assertThat(java.util.concurrent.CompletableFuture.supplyAsync(sweeper::lapse)
                            .join())
                    .isPositive()
                    .isLessThan(LONGEST);
        });
        assertThat(stored(hold)).contains(Hold.State.HELD);
        sweeper.lapse();
        assertThat(stored(hold)).contains(Hold.State.EXPIRED);
    }

    @Test
    void databaseThatIsAway_isAskedAgainLater() {
        Hold hold = shop.held(sku, 1);
        shop.clock.move(Duration.ofSeconds(90));
        database.away = true;
        assertThat(sweeper.lapse()).isEqualTo(Duration.ofSeconds(1));
        database.away = false;
        assertThat(sweeper.lapse()).isZero();
        assertThat(stored(hold)).contains(Hold.State.EXPIRED);
    }

    @Test
    void watch_endsHoldsThatNobodyAsksFor_untilItIsClosed() {
        try (LapseWatch _ = LapseWatch.start(sweeper)) {
            Hold hold = shop.held(sku, 1);
            shop.clock.move(Duration.ofSeconds(90));
            await().until(() -> stored(hold).equals(Optional.of(Hold.State.EXPIRED)));
        }
        Hold later = shop.held(sku, 1);
        shop.clock.move(Duration.ofSeconds(90));
        await().during(Duration.ofMillis(300)).until(() -> stored(later).equals(Optional.of(Hold.State.HELD)));
    }
}
