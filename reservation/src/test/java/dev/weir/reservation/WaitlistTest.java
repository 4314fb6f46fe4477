package dev.weir.reservation;

import org.junit.jupiter.api.Nested;

/** The line, with Redis in front and without. */
class WaitlistTest {
    @Nested
    class WithRedis extends WaitlistContract {
        @Override
        protected Shop open() {
            return Shop.behindRedis();
        }
    }

    @Nested
    class WithoutRedis extends WaitlistContract {
        @Override
        protected Shop open() {
            return new Shop(Servers.database(), null);
        }
    }
}
