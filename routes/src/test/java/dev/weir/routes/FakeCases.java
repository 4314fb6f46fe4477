package dev.weir.routes;

import dev.weir.reservation.Shortfall;
import dev.weir.reservation.Shortfalls;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Cases that keep only why a channel would not call an order off. */
final class FakeCases implements Shortfalls {
    final Map<String, String> refused = new ConcurrentHashMap<>();

    @Override
    public boolean cancelRefused(String brand, String cause, String reason) {
        return refused.putIfAbsent(cause, reason) == null;
    }

    @Override
    public List<Shortfall> list(String brand, boolean open, int limit) {
        return List.of();
    }

    @Override
    public Optional<Shortfall> find(String brand, String cause) {
        return Optional.empty();
    }

    @Override
    public boolean resolve(String brand, String cause, Shortfall.Remedy remedy, String from, String by, String note) {
        throw new UnsupportedOperationException("routes decide nothing");
    }

    @Override
    public List<Waiting> ready(int limit) {
        return List.of();
    }
}
