package dev.weir.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import redis.embedded.RedisServer;

/** Redis in front of the ledger. */
class AllocationsWithRedisTest extends AllocationsContract {
    private static final int PORT = Servers.freePort();
    private static RedisServer redis;

    @BeforeAll
    static void start() {
        redis = Servers.startRedis(PORT);
    }

    @AfterAll
    static void stop() {
        Servers.stop(redis);
    }

    @Override
    protected Shop open() {
        Shop shop = new Shop(Servers.database(), Servers.redis(PORT));
        assertThat(shop.module.resync()).isTrue();
        return shop;
    }
}
