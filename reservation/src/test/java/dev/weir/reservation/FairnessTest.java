package dev.weir.reservation;

import org.junit.jupiter.api.Nested;

/** The rules of a hot drop, with Redis in front and without. */
class FairnessTest {
    @Nested
    class WithRedis extends FairnessContract {
        @Override
        protected Shop open() {
            return Shop.behindRedis();
        }
    }

    @Nested
    class WithoutRedis extends FairnessContract {
        @Override
        protected Shop open() {
            return new Shop(Servers.database(), null);
        }
    }
}
