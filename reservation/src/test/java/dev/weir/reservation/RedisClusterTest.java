package dev.weir.reservation;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A cluster of three masters and a replica in front of the ledger. */
class RedisClusterTest extends ReservationsContract {
    private static RedisClusterRig cluster;

    @BeforeAll
    static void start() throws IOException {
        cluster = new RedisClusterRig(RedisProcess.embedded());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Override
    protected Shop open() {
        Shop opened = new Shop(Servers.database(), cluster.address());
        await().atMost(Duration.ofSeconds(30)).until(opened.module::resync);
        return opened;
    }
}
