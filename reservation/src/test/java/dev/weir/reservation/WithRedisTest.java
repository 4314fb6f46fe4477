package dev.weir.reservation;

/** Redis in front of the ledger. */
class WithRedisTest extends ReservationsContract {
    @Override
    protected Shop open() {
        return Shop.behindRedis();
    }
}
