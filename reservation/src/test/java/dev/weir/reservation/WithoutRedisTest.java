package dev.weir.reservation;

/** The ledger alone. */
class WithoutRedisTest extends ReservationsContract {
    @Override
    protected Shop open() {
        return new Shop(Servers.database(), null);
    }
}
