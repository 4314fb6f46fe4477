package dev.weir.reservation;

import org.junit.jupiter.api.Nested;

/** Units to come, with Redis in front and without. */
class PreOrderTest {
    @Nested
    class WithRedis extends PreOrderContract {
        @Override
        protected Shop open() {
            return Shop.behindRedis();
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
