package dev.weir.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.weir.connectors.Sku;
import dev.weir.reservation.StockProof.Proven;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StockProofTest {
    private static final HikariDataSource DATABASE = Servers.anotherDatabase("proof");

    private final Shop shop = new Shop(DATABASE, null);
    private final StockProof proof = shop.module.proof();

    @AfterEach
    void close() {
        shop.close();
    }

    private Instant now() {
        return shop.clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    /** What has moved is looked at by the next call after it. */
    private void prove() {
        shop.clock.move(Duration.ofMillis(1));
        proof.prove();
    }

    private Proven proven(Sku sku) {
        return proof.list(shop.brand, "", 500).stream()
                .filter(one -> one.sku().equals(sku))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aBrandWithoutStock_hasNothingToProve() {
        assertThat(proof.summary(shop.brand)).isEqualTo(new StockProof.Summary(0, 0, 0, 0, 0, 0, 0, null, null));
        assertThat(proof.list(shop.brand, "", 10)).isEmpty();
    }

    @Test
    void stockNotLookedAtYet_isBehind_andNothingIsClaimed() {
        Sku sku = shop.stocked("A", 10);
        assertThat(proof.summary(shop.brand)).isEqualTo(new StockProof.Summary(1, 0, 0, 1, 0, 0, 0, null, null));
        assertThat(proven(sku))
                .satisfies(one -> assertThat(one.behind()).isEqualTo(1))
                .satisfies(one -> assertThat(one.since()).isNull());
    }

    @Test
    void aPromiseThatAlwaysHeld_holdsSinceTheFirstMovement_alsoAfterMore() {
        Instant first = now();
        Sku sku = shop.stocked("A", 10);
        shop.clock.move(Duration.ofSeconds(5));
        shop.reservations.commit(shop.held(sku, 4).id(), "order/1");
        Hold lapsed = shop.held(sku, 6);
        prove();
        assertThat(proven(sku).tightest()).isZero();

        shop.clock.move(Duration.ofSeconds(95));
        shop.module.sweeper().sweep();
        prove();
        assertThat(lapsed.lines()).hasSize(1);
        assertThat(proven(sku))
                .isEqualTo(new Proven(sku, 5, 0, new StockHistory.Units(10, 0, 4, 0), 0L, first, 0, null, null, now()));
        assertThat(proof.summary(shop.brand)).isEqualTo(new StockProof.Summary(1, 1, 1, 5, 5, 5, 0, first, now()));
    }

    @Test
    void countersThatNoMovementExplains_areABreach_untilTheyAreExplained() {
        Sku sku = shop.stocked("A", 10);
        shop.stocked("B", 1);
        prove();
        shop.jdbc.update("update stock set held = 1, version = version + 1 where brand = ? and sku = 'A'", shop.brand);
        prove();
        assertThat(proven(sku).breach())
                .isEqualTo("version 1: movements sum to on hand 10, held 0, sold 0, allocated 0"
                        + " (expected: version 2, on hand 10, held 1, sold 0, allocated 0)");
        assertThat(proof.summary(shop.brand).since()).isNull();
        assertThat(proof.summary(shop.brand).holding()).isEqualTo(1);

        shop.clock.move(Duration.ofSeconds(7));
        shop.jdbc.update("update stock set held = 0, version = 1 where brand = ? and sku = 'A'", shop.brand);
        proof.again(shop.brand);
        prove();
        assertThat(proven(sku).breach()).isNull();
        assertThat(proof.summary(shop.brand).since()).isNotNull();
    }

    @Test
    void aMovementThatIsMissing_isABreach_evenWhenTheSumsAgree() {
        Sku sku = shop.stocked("A", 10);
        Hold hold = shop.held(sku, 2);
        shop.reservations.release(hold.id());
        shop.transactions.executeWithoutResult(status -> {
            shop.jdbc.execute("set local session_replication_role = replica");
            shop.jdbc.update("delete from stock_movement where hold_id = ?", hold.id());
        });
        shop.clock.move(Duration.ofSeconds(3));
        Instant back = now();
        shop.held(sku, 1);
        prove();
        assertThat(proven(sku).breach()).isEqualTo("version 4 follows 1 (expected: 2; movements are missing)");
        assertThat(proven(sku).since()).isEqualTo(back);
        assertThat(proof.summary(shop.brand).breaches()).isEqualTo(1);
    }

    @Test
    void unitsPromisedTwice_areFoundAtTheirVersion_thoughNothingIsWrongAtTheEnd() {
        Sku sku = shop.stocked("A", 1);
        move(2, 2);
        move(-2, 3);
        Instant over = now();
        shop.jdbc.update("update stock set version = 3 where brand = ? and sku = 'A'", shop.brand);
        prove();
        assertThat(proven(sku).breach())
                .startsWith("version 2: on hand 1, held 2, sold 0, allocated 0 (expected: none negative");
        assertThat(proven(sku).tightest()).isEqualTo(-1);
        assertThat(proven(sku).since()).isEqualTo(over);
        assertThat(proof.summary(shop.brand).since()).isEqualTo(over);
    }

    private void move(int held, long version) {
        shop.clock.move(Duration.ofSeconds(1));
        shop.jdbc.update(
                "insert into stock_movement (brand, sku, kind, held, version, cause, at)"
                        + " values (?, 'A', 'HOLD', ?, ?, 'test', cast(? as timestamptz))",
                shop.brand,
                held,
                version,
                now().toString());
    }

    @Test
    void manyHubsAtOnce_addEachMovementOnce() throws Exception {
        Sku sku = shop.stocked("A", 500);
        for (int round = 0; round < 5; round++) {
            Shop.atOnce(8, () -> shop.hold(sku, 1));
            shop.clock.move(Duration.ofMillis(1));
            Shop.atOnce(4, proof::prove);
        }
        prove();
        assertThat(proven(sku).sums().held()).isEqualTo(40);
        assertThat(proven(sku).breaches()).isZero();
    }
}
