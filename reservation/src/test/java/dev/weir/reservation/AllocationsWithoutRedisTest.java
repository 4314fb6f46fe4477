package dev.weir.reservation;

/** The ledger alone. */
class AllocationsWithoutRedisTest extends AllocationsContract {
    @Override
    protected Shop open() {
        return new Shop(Servers.database(), null);
    }
}
