package dev.weir.reservation;

import static dev.weir.reservation.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.dao.ConcurrencyFailureException;
import redis.embedded.RedisServer;

/** Everything at once, by chance; the seed of each run is in its message. */
class SoakTest {
    private static final int THREADS = 16;
    private static final int MOVES = 200;
    private static final Sku SET = new Sku("SET");

    private final ConcurrentLinkedQueue<UUID> holds = new ConcurrentLinkedQueue<>();
    private final Map<String, List<StockLevel>> published = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<UUID> line = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean flushed = new AtomicBoolean();
    private final AtomicInteger answers = new AtomicInteger();

    @Test
    void randomMovesOfManyThreads_keepEveryPromise() throws Exception {
        long seed = Long.getLong("weir.soak.seed", 20261124L);
        int port = Servers.freePort();
        RedisServer redis = Servers.startRedis(port);
        RedisClient client = Servers.client(port);
        try (Shop shop = new Shop(Servers.database(), Servers.redis(port))) {
            assertThat(shop.module.resync()).isTrue();
            List<Sku> skus = List.of(shop.stocked("A", 40), shop.stocked("B", 25), shop.stocked("C", 10));
            shop.allocate(skus.getFirst(), "tiktok-shop", 10);
            RedisCommands<String, String> commands = client.connect().sync();
            shop.jdbc.update("delete from lease where name = 'rebalance'");
            shop.module
                    .bundles()
                    .define(shop.brand, new Bundle(SET, new TreeMap<>(Map.of(skus.get(0), 1, skus.get(1), 2))));
            shop.module.fairness().setRules(shop.brand, skus.getLast(), new FairnessRules(true, 20, null, false));
            AtomicInteger thread = new AtomicInteger();
            Shop.atOnce(THREADS, () -> {
                Random random = new Random(seed + thread.getAndIncrement());
                for (int i = 0; i < MOVES; i++) {
                    move(shop, skus, random, commands);
                }
                return true;
            });
            assertThat(answers.get()).as("seed %s", seed).isEqualTo(THREADS * MOVES);
            shop.invariantHolds();
            nothingCommittedTwice(shop);
            while (!line.isEmpty()) {
                leave(shop);
            }
            everythingFreeCanBeHeld(shop, skus);
            shop.invariantHolds();
        } finally {
            client.shutdown();
            Servers.stop(redis);
        }
    }

    private void move(Shop shop, List<Sku> skus, Random random, RedisCommands<String, String> commands) {
        Sku sku = skus.get(random.nextInt(skus.size()));
        Optional<UUID> known = Optional.ofNullable(holds.poll());
        try {
            switch (random.nextInt(30)) {
                case 0 -> shop.module.sweeper().sweep();
                case 1 -> shop.clock.move(Duration.ofSeconds(random.nextInt(20)));
                case 2 -> known.ifPresent(id -> commit(shop, id, random.nextBoolean()));
                case 3, 4 -> known.ifPresent(id -> commit(shop, id, false));
                case 5, 6 -> known.ifPresent(shop.reservations::release);
                case 7 -> known.ifPresent(shop.reservations::startPaying);
                case 8 ->
                    shop.reservations.sell(new Sale(
                            shop.brand,
                            random.nextBoolean() ? "tiktok-shop" : "instagram",
                            Map.of(sku, 1),
                            "order/" + UUID.randomUUID()));
                case 9 -> restock(shop, sku);
                case 10 -> setOnHand(shop, sku, random.nextInt(60));
                case 11 -> {
                    if (random.nextInt(10) == 0) {
                        flushed.set(true);
                        commands.flushall();
                    }
                }
                case 12, 13 -> resize(shop, sku, random);
                case 14, 15 -> confirm(shop, sku, random);
                case 16 -> shop.module.allocations().settle();
                case 17 -> policy(shop, sku, random);
                case 18 ->
                    shop.module.rebalancer().rebalance(Map.of(shop.brand, Set.copyOf(List.of(skus.get(0), sku))));
                case 19, 20 -> join(shop, skus.getLast(), random);
                case 21 -> leave(shop);
                default -> hold(shop, skus, random);
            }
        } catch (ConcurrencyFailureException e) {
            // PostgreSQL may pick a victim between two callers' transactions; it says so and nothing moved.
            assertThat(e).hasMessageContaining("deadlock");
        }
        known.ifPresent(holds::add);
        answers.incrementAndGet();
    }

    private void hold(Shop shop, List<Sku> skus, Random random) {
        HoldRequest.Line[] lines = random.ints(1 + random.nextInt(3), 0, skus.size())
                .mapToObj(i -> line(random.nextInt(5) == 0 ? SET : skus.get(i), 1 + random.nextInt(3)))
                .toArray(HoldRequest.Line[]::new);
        HoldRequest request = shop.ask("key-" + random.nextInt(), lines);
        if (shop.reservations.hold(request) instanceof HoldOutcome.Granted granted) {
            holds.add(granted.hold().id());
            HoldOutcome again = shop.reservations.hold(request);
            // A flushed gate no longer knows which taps it has seen: the repeat may read sold out, but takes nothing
            // more.
            if (!(flushed.get() && again instanceof HoldOutcome.SoldOut)) {
                assertThat(Shop.granted(again).hold().id())
                        .isEqualTo(granted.hold().id());
            }
        }
    }

    private void join(Shop shop, Sku sku, Random random) {
        HoldRequest any = shop.ask("wait-" + random.nextInt(), line(sku, 1 + random.nextInt(3)));
        Waitlist.JoinOutcome outcome = shop.module
                .waitlist()
                .join(new HoldRequest(
                        any.brand(), any.showId(), any.idempotencyKey(), null, any.lines(), any.attribution()));
        if (outcome instanceof Waitlist.JoinOutcome.Joined joined) {
            line.add(joined.entry().id());
        }
    }

    /** Whoever was served in the meantime has a hold like everyone else. */
    private void leave(Shop shop) {
        Optional.ofNullable(line.poll()).ifPresent(id -> {
            shop.module.waitlist().leave(id);
            shop.module.waitlist().find(id).map(Waitlist.Entry::hold).ifPresent(holds::add);
        });
    }

    private static String channel(Random random) {
        return random.nextBoolean() ? "tiktok-shop" : "instagram";
    }

    private static void resize(Shop shop, Sku sku, Random random) {
        Allocations allocations = shop.module.allocations();
        switch (random.nextInt(4)) {
            case 0 -> allocations.clamp(shop.brand, sku, channel(random), random.nextInt(8), "pin/x");
            case 1 -> allocations.returnAll(shop.brand, List.of(sku), "show/x");
            default -> allocations.resize(shop.brand, sku, channel(random), random.nextInt(12), "operator/x");
        }
    }

    /** Sometimes late: what was published a while ago is confirmed after newer numbers were asked for. */
    private void confirm(Shop shop, Sku sku, Random random) {
        String channel = channel(random);
        List<StockLevel> now = List.copyOf(shop.module
                .channelLevels()
                .published(shop.brand, channel, List.of(sku))
                .values());
        List<StockLevel> earlier = published.put(channel + sku, now);
        shop.module
                .channelLevels()
                .confirmed(shop.brand, channel, earlier != null && random.nextBoolean() ? earlier : now);
    }

    private static void policy(Shop shop, Sku sku, Random random) {
        ChannelPolicy policy = random.nextBoolean()
                ? new ChannelPolicy.Mirror(random.nextInt(3))
                : new ChannelPolicy.Allocate(
                        random.nextInt(2), 1, 1 + random.nextInt(10), new ChannelPolicy.Aim.Share(random.nextInt(60)));
        shop.module.allocations().setPolicy(shop.brand, sku, channel(random), policy, "operator/x");
    }

    private static void commit(Shop shop, UUID id, boolean rollBack) {
        shop.transactions.executeWithoutResult(status -> {
            shop.reservations.commit(id, "order/" + id);
            if (rollBack) {
                status.setRollbackOnly();
            }
        });
    }

    private static void restock(Shop shop, Sku sku) {
        try {
            shop.reservations.restock(new Sale(shop.brand, "instagram", Map.of(sku, 1), "refund/x"));
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("at most the 0 sold");
        }
    }

    private static void setOnHand(Shop shop, Sku sku, int onHand) {
        try {
            shop.stock.setOnHand(shop.brand, sku, onHand, "count/x");
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("or more, which are held, sold or allocated");
        }
    }

    private static void nothingCommittedTwice(Shop shop) {
        assertThat(shop.jdbc.queryForList(
                        "select hold_id, sku from stock_movement where brand = ? and kind in ('COMMIT', 'RELEASE', 'EXPIRE')"
                                + " group by hold_id, sku having count(*) > 1",
                        shop.brand))
                .isEmpty();
    }

    private static void everythingFreeCanBeHeld(Shop shop, List<Sku> skus) {
        shop.clock.move(Duration.ofSeconds(300));
        shop.module.sweeper().sweep();
        for (Sku sku : skus) {
            int available = shop.level(sku).available();
            if (available > 0) {
                assertThat(shop.hold(sku, available)).isInstanceOf(HoldOutcome.Granted.class);
            }
            assertThat(shop.hold(sku, 1)).isEqualTo(new HoldOutcome.SoldOut(sku, 1, 0));
        }
    }
}
