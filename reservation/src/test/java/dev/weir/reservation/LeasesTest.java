package dev.weir.reservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real time: a lease ends by the database's clock, whatever a hub thinks. */
class LeasesTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(100);

    private final String job = "job-" + UUID.randomUUID();
    private Shop shop;
    private Leases leases;

    @BeforeEach
    void openShop() {
        shop = new Shop(Servers.database(), null);
        leases = shop.module.leases();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void ofManyHubsAtOnce_oneHasIt() throws Exception {
        AtomicInteger hub = new AtomicInteger();
        long taken = Shop.atOnce(8, () -> leases.take(job, "hub-" + hub.incrementAndGet(), LONG)).stream()
                .filter(Optional::isPresent)
                .count();
        assertThat(taken).isEqualTo(1);
    }

    @Test
    void holder_prolongsItsOwn_inTheSameTerm() {
        Leases.Lease first = leases.take(job, "a", SHORT).orElseThrow();
        assertThat(leases.take(job, "a", LONG)).contains(first);
        assertThat(leases.take(job, "b", LONG)).isEmpty();
        assertThat(stands(first)).isTrue();
    }

    @Test
    void hubThatWakesUpPastItsEnd_findsThatItNoLongerStands_evenWithAClockThatStoodStill() {
        Leases.Lease old = leases.take(job, "a", SHORT).orElseThrow();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> leases.take(job, "b", SHORT).isPresent());
        assertThat(stands(old)).isFalse();

        await().atMost(Duration.ofSeconds(20))
                .until(() -> leases.take(job, "a", LONG).isPresent());
        assertThat(stands(old)).isFalse();
        leases.release(old);
        assertThat(leases.take(job, "b", LONG)).isEmpty();
    }

    @Test
    void whileWorkThatAskedIsUnderWay_nobodyElseTakesOver() throws Exception {
        Leases.Lease lease = leases.take(job, "a", SHORT).orElseThrow();
        AtomicInteger takenMeanwhile = new AtomicInteger();
        Thread other = Thread.ofVirtual().unstarted(() -> {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> leases.take(job, "b", LONG).isPresent());
            takenMeanwhile.set(1);
        });
        boolean stood = Boolean.TRUE.equals(shop.transactions.execute(status -> {
            if (!leases.stands(lease)) {
                return false;
            }
            other.start();
            shop.jdbc.queryForList("select pg_sleep(0.3)");
            assertThat(takenMeanwhile.get()).isZero();
            return true;
        }));
        if (stood) {
            other.join();
            assertThat(takenMeanwhile.get()).isEqualTo(1);
        }
    }

    @Test
    void released_isAnyonesAtOnce() {
        Leases.Lease lease = leases.take(job, "a", LONG).orElseThrow();
        leases.release(lease);
        assertThat(leases.take(job, "b", LONG))
                .get()
                .extracting(Leases.Lease::term)
                .isEqualTo(2L);
    }

    @Test
    void lengthOutOfRange_isRefused() {
        assertThatThrownBy(() -> leases.take(job, "a", Duration.ofHours(1)))
                .hasMessage("lasts: PT1H (expected: PT0.1S..PT10M)");
    }

    private boolean stands(Leases.Lease lease) {
        return Boolean.TRUE.equals(shop.transactions.execute(status -> leases.stands(lease)));
    }
}
