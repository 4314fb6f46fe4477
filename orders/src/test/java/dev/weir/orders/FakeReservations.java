package dev.weir.orders;

import dev.weir.connectors.Sku;
import dev.weir.reservation.CommitOutcome;
import dev.weir.reservation.Hold;
import dev.weir.reservation.HoldOutcome;
import dev.weir.reservation.HoldRequest;
import dev.weir.reservation.PayingOutcome;
import dev.weir.reservation.Reservations;
import dev.weir.reservation.Sale;
import dev.weir.reservation.SaleOutcome;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stock in a map. Switches: {@link #stock} for what is there, {@link #lost} for holds that came too late. */
final class FakeReservations implements Reservations {
    final Map<Sku, Integer> stock = new ConcurrentHashMap<>();
    final Map<UUID, Hold> holds = new ConcurrentHashMap<>();
    final Set<UUID> lost = ConcurrentHashMap.newKeySet();
    final List<String> causes = new CopyOnWriteArrayList<>();
    final List<String> calledOff = new CopyOnWriteArrayList<>();
    private final Set<UUID> committed = new HashSet<>();

    @Override
    public synchronized SaleOutcome sell(Sale sale) {
        for (Map.Entry<Sku, Integer> line : sale.quantities().entrySet()) {
            int there = stock.getOrDefault(line.getKey(), 0);
            if (there < line.getValue()) {
                return new SaleOutcome.Shortfall(line.getKey(), line.getValue(), there);
            }
        }
        causes.add(sale.cause());
        sale.quantities().forEach((sku, units) -> stock.merge(sku, -units, Integer::sum));
        return new SaleOutcome.Taken();
    }

    @Override
    public synchronized void giveBack(Sale back, String sold) {
        if (!back.cause().startsWith(sold + "/") || causes.stream().noneMatch(sold::equals)) {
            throw new IllegalArgumentException("sold: " + sold + " of " + back.cause()
                    + " (expected: the cause of a sale, one of " + causes + ")");
        }
        restock(back);
    }

    @Override
    public synchronized void restock(Sale sale) {
        causes.add(sale.cause());
        sale.quantities().forEach((sku, units) -> stock.merge(sku, units, Integer::sum));
    }

    @Override
    public void calledOff(String brand, String cause) {
        calledOff.add(cause);
    }

    @Override
    public synchronized CommitOutcome commit(UUID id, String cause) {
        Hold hold = holds.get(id);
        if (hold == null || lost.contains(id)) {
            return new CommitOutcome.Lost("hold " + id + " has expired");
        }
        causes.add(cause);
        return committed.add(id) ? new CommitOutcome.Committed(hold) : new CommitOutcome.AlreadyCommitted(hold);
    }

    @Override
    public Optional<HoldOutcome.SoldOut> soldOut(String brand, String idempotencyKey, Map<Sku, Integer> units) {
        return Optional.empty();
    }

    @Override
    public Optional<Hold> find(UUID id) {
        return Optional.ofNullable(holds.get(id));
    }

    @Override
    public HoldOutcome hold(HoldRequest request) {
        throw new UnsupportedOperationException("orders never hold");
    }

    @Override
    public Optional<Hold> findByToken(String token) {
        return Optional.empty();
    }

    @Override
    public boolean release(UUID id) {
        return false;
    }

    @Override
    public PayingOutcome pay(UUID id) {
        return new PayingOutcome.NotHeld();
    }
}
