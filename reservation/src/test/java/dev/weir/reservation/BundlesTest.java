package dev.weir.reservation;

import org.junit.jupiter.api.Nested;

/** Bundles, with Redis in front and without. */
class BundlesTest {
    @Nested
    class WithRedis extends BundlesContract {
        @Override
        protected Shop open() {
            return Shop.behindRedis();
        }
    }

    @Nested
    class WithoutRedis extends BundlesContract {
        @Override
        protected Shop open() {
            return new Shop(Servers.database(), null);
        }
    }
}
