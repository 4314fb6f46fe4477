package dev.weir.reservation;

/** Redis in front of the ledger. */
class AllocationsWithRedisTest extends AllocationsContract {
    @Override
    protected Shop open() {
        return Shop.behindRedis();
    }
}
