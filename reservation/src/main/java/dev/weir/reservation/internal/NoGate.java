package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.GateState;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.UUID;

/** What if there is no Redis at all? The ledger decides everything. */
public final class NoGate implements Gate {
    @Override
    public Admission admit(Ask ask) {
        return new Admission.Unknown();
    }

    @Override
    public Optional<Admission.SoldOut> look(String brand, UUID hold, NavigableMap<Sku, Integer> units) {
        return Optional.empty();
    }

    @Override
    public void withdraw(Ask ask) {}

    @Override
    public void remember(Ask ask) {}

    @Override
    public void settle(String brand, List<Settled> changes) {}

    @Override
    public void learn(String brand, Collection<Sku> skus) {}

    @Override
    public boolean resync() {
        return true;
    }

    @Override
    public boolean rebuild(String brand) {
        return true;
    }

    @Override
    public void distrust(String brand) {}

    @Override
    public void tend() {}

    @Override
    public GateState state() {
        return GateState.LEDGER_ONLY;
    }

    @Override
    public void close() {}
}
