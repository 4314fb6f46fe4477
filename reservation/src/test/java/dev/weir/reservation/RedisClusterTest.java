package dev.weir.reservation;

import static dev.weir.reservation.Shop.granted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.connectors.Sku;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A cluster in front of the ledger: what is promised, what a node's loss costs, and a slot that moves meanwhile. */
class RedisClusterTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static RedisClusterRig cluster;

    @BeforeAll
    static void start() throws IOException {
        cluster = new RedisClusterRig(RedisProcess.embedded());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Nested
    class InFront extends ReservationsContract {
        @Override
        protected Shop open() {
            Shop opened = new Shop(Servers.database(), cluster.address());
            await().atMost(SOON).until(opened.module::resync);
            return opened;
        }
    }

    @Nested
    class Losses {
        private final SwitchedDatabase database = new SwitchedDatabase(Servers.database());

        @Test
        void replicaThatLags_takesOver_andIsNotBelieved_whileOtherNodesGoOn() {
            try (Shop lost = shop(0);
                    Shop other = shop(1)) {
                Sku sku = lost.stocked("A", 4);
                Sku beside = other.stocked("B", 1);
                other.held(beside, 1);
                untilGateAnswers(other, beside);
                lost.held(sku, 1);
                untilGateAnswers(lost, sku);
                String epoch = cluster.commands(0).hget(pool(lost), "epoch");
                cluster.cutReplicaOff();
                lost.held(sku, 1);
                cluster.killFirstMaster();
                lost.held(sku, 1);
                assertThat(lost.hold(sku, 2)).isEqualTo(new HoldOutcome.SoldOut(sku, 2, 1));
                assertThat(isAnsweredByTheGate(other, beside)).isTrue();
                await().atMost(SOON).until(cluster::replicaHasTakenOver);
                untilGateAnswers(lost, sku);
                assertThat(Long.parseLong(cluster.replica().hget(pool(lost), "epoch")))
                        .isGreaterThan(Long.parseLong(epoch));
                lost.held(sku, 1);
                assertThat(lost.hold(sku, 1)).isEqualTo(new HoldOutcome.SoldOut(sku, 1, 0));
                lost.invariantHolds();
            }
        }

        @Test
        void slotThatMoves_isDecidedByTheLedger_andFollowed() throws Exception {
            try (Shop shop = shop(1)) {
                Sku sku = shop.stocked("A", 10);
                shop.held(sku, 1);
                untilGateAnswers(shop, sku);
                cluster.beginToMove(shop.brand, 1, 2, "weir:{" + shop.brand + "}:stock:A");
                assertThat(granted(Shop.atOnce(20, () -> shop.hold(sku, 1)))).isEqualTo(9);
                cluster.finishMove(shop.brand, 1, 2);
                untilGateAnswers(shop, sku);
                assertThat(cluster.commands(2).hget(pool(shop), "ready")).isEqualTo("1");
                shop.invariantHolds();
            }
        }

        private Shop shop(int master) {
            Shop shop = new Shop(database, cluster.address(), RedisClusterRig.brandOf(master));
            await().atMost(SOON).until(shop.module::resync);
            return shop;
        }

        private void untilGateAnswers(Shop shop, Sku sku) {
            await().atMost(SOON).until(() -> {
                shop.module.sweeper().sweep();
                return isAnsweredByTheGate(shop, sku);
            });
        }

        private boolean isAnsweredByTheGate(Shop shop, Sku sku) {
            int before = database.asked.get();
            shop.hold(sku, 999);
            return database.asked.get() == before;
        }
    }

    private static String pool(Shop shop) {
        return "weir:{" + shop.brand + "}:pool";
    }
}
