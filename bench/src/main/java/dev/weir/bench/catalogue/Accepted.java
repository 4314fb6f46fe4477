package dev.weir.bench.catalogue;

import dev.weir.connectors.Channel;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockWrite;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * How long from a change of stock until a shop has accepted it? Measured to the moment at which the hub has the shop's word for it, which
 * is later than the shop's own.
 */
final class Accepted {
    private final Map<String, Changed> open = new ConcurrentHashMap<>();
    private final Map<String, ConcurrentLinkedQueue<Long>> latencies = new ConcurrentHashMap<>();

    private record Changed(long version, long at) {}

    /** A SKU was changed at {@code at} (nanoseconds), and the shop has to be told of this version or a newer one. */
    void expect(Connection shop, Sku sku, long version, long at) {
        open.put(key(shop, sku), new Changed(version, at));
    }

    /** Changes that no shop has accepted yet. */
    int open() {
        return open.size();
    }

    long[] latencies(Connection shop) {
        return latencies.getOrDefault(shop.channel(), new ConcurrentLinkedQueue<>()).stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    /** The channel, whose stock port is listened to. */
    Channel watched(Channel channel) {
        return (Channel) Proxy.newProxyInstance(
                Channel.class.getClassLoader(), new Class<?>[] {Channel.class}, (self, method, values) -> {
                    try {
                        Object result = method.invoke(channel, values);
                        return result instanceof StockWrite port
                                        && method.getName().equals("stockWrite")
                                ? new Port((Connection) values[0], port)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private final class Port implements StockWrite {
        private final Connection shop;
        private final StockWrite port;

        Port(Connection shop, StockWrite port) {
            this.shop = shop;
            this.port = port;
        }

        @Override
        public int batchSize() {
            return port.batchSize();
        }

        @Override
        public int levelsPerCall() {
            return port.levelsPerCall();
        }

        @Override
        public Duration gather() {
            return port.gather();
        }

        @Override
        public List<Outcome> write(List<Target> levels) {
            return heard(levels, port.write(levels));
        }

        @Override
        public List<Outcome> catchUp(List<Target> levels) {
            return heard(levels, port.catchUp(levels));
        }

        private List<Outcome> heard(List<Target> levels, List<Outcome> outcomes) {
            long now = System.nanoTime();
            List<Sku> taken = new ArrayList<>();
            outcomes.stream().filter(each -> each.refusal() == null).forEach(each -> taken.add(each.sku()));
            for (Target target : levels) {
                Sku sku = target.level().sku();
                Changed changed = open.get(key(shop, sku));
                if (changed != null && target.level().version() >= changed.version() && taken.contains(sku)) {
                    open.remove(key(shop, sku), changed);
                    latencies
                            .computeIfAbsent(shop.channel(), any -> new ConcurrentLinkedQueue<>())
                            .add(now - changed.at());
                }
            }
            return outcomes;
        }
    }

    private static String key(Connection shop, Sku sku) {
        return shop.channel() + "/" + sku;
    }
}
