package dev.weir.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import redis.embedded.RedisServer;

/** Units to come, with Redis in front and without. */
class PreOrderTest {
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

    @Nested
    class WithRedis extends PreOrderContract {
        @Override
        protected Shop open() {
            Shop shop = new Shop(Servers.database(), Servers.redis(PORT));
            assertThat(shop.module.resync()).isTrue();
            return shop;
        }
    }

    @Nested
    class WithoutRedis extends PreOrderContract {
        @Override
        protected Shop open() {
            return new Shop(Servers.database(), null);
        }
    }
}
