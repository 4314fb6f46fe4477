package dev.weir.routes;

import dev.weir.orders.Buyers;
import dev.weir.orders.OrderView;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Buyers with one order each, which is erased once. */
final class FakeBuyers implements Buyers {
    static final UUID ORDER = UUID.fromString("00000000-0000-4000-8000-000000000007");

    final List<Whom> erased = new CopyOnWriteArrayList<>();
    final List<OrderView> kept = new CopyOnWriteArrayList<>();

    @Override
    public List<OrderView> orders(Whom whom) {
        return kept;
    }

    @Override
    public List<UUID> erase(Whom whom) {
        if (erased.contains(whom)) {
            return List.of();
        }
        erased.add(whom);
        return List.of(ORDER);
    }
}
