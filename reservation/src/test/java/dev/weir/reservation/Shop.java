package dev.weir.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A brand of its own with the module in front, and short words for what tests do with it. */
final class Shop implements AutoCloseable {
    /** A Redis on a busy test machine may be slow; it must not count as lost for that. */
    static final Duration REDIS_TIMEOUT = Duration.ofSeconds(2);

    static final byte[] SECRET = "a secret of the tests, 32 bytes.".getBytes(StandardCharsets.UTF_8);

    final String brand;
    final UUID show = UUID.randomUUID();
    final TestClock clock = new TestClock();
    final JdbcTemplate jdbc;
    final TransactionTemplate transactions;
    final RecordingOutbox outbox;
    private final Supplier<ReservationModule> hub;
    final ReservationModule module;
    final Reservations reservations;
    final StockLedger stock;

    Shop(DataSource database, @Nullable RedisAddress redis) {
        this(database, redis, "brand-" + UUID.randomUUID());
    }

    /** With Redis in front, which knows the brand when this returns. */
    static Shop behindRedis() {
        Shop shop = new Shop(Servers.database(), Servers.redis());
        assertThat(shop.module.resync()).isTrue();
        return shop;
    }

    /** Another hub of a brand that has a shop already. */
    Shop(DataSource database, @Nullable RedisAddress redis, String brand) {
        this.brand = brand;
        DataSourceTransactionManager manager = new DataSourceTransactionManager(database);
        ReservationSettings defaults = ReservationSettings.defaults();
        ReservationSettings settings = new ReservationSettings(
                defaults.holdFor(), defaults.payingFor(), REDIS_TIMEOUT, Duration.ofSeconds(10), false);
        jdbc = new JdbcTemplate(database);
        transactions = new TransactionTemplate(manager);
        outbox = new RecordingOutbox(database);
        hub = () -> ReservationModule.create(database, manager, redis, SECRET, outbox, clock, settings);
        module = hub.get();
        reservations = module.reservations();
        stock = module.stock();
    }

    /** Another hub over the same servers. */
    ReservationModule hub() {
        ReservationModule other = hub.get();
        assertThat(other.resync()).isTrue();
        return other;
    }

    Sku stocked(String sku, int units) {
        stock.setOnHand(brand, new Sku(sku), units, "test");
        return new Sku(sku);
    }

    static HoldRequest.Line line(Sku sku, int quantity) {
        return new HoldRequest.Line(sku, quantity, Money.ofMinor(1290, "EUR"));
    }

    HoldRequest ask(String key, HoldRequest.Line... lines) {
        Attribution attribution = new Attribution(
                Attribution.PLAYER,
                show,
                "Mia",
                null,
                61_000L,
                false,
                Map.of("utm_source", "mail"),
                clock.instant(),
                "hold/1");
        return new HoldRequest(brand, show, key, "buyer-1", List.of(lines), attribution);
    }

    HoldOutcome hold(Sku sku, int quantity) {
        return reservations.hold(ask(UUID.randomUUID().toString(), line(sku, quantity)));
    }

    Hold held(Sku sku, int quantity) {
        return granted(hold(sku, quantity)).hold();
    }

    static HoldOutcome.Granted granted(HoldOutcome outcome) {
        assertThat(outcome).isInstanceOf(HoldOutcome.Granted.class);
        return (HoldOutcome.Granted) outcome;
    }

    static long granted(List<HoldOutcome> outcomes) {
        return outcomes.stream().filter(HoldOutcome.Granted.class::isInstance).count();
    }

    StockLedger.Level level(Sku sku) {
        return stock.level(brand, sku).orElseThrow();
    }

    void allocate(Sku sku, String channel, int units) {
        jdbc.update(
                "insert into allocation (brand, sku, channel, units) values (?, ?, ?, ?)",
                brand,
                sku.value(),
                channel,
                units);
        jdbc.update(
                "update stock set allocated = allocated + ? where brand = ? and sku = ?", units, brand, sku.value());
        jdbc.update(
                "insert into stock_movement (brand, sku, kind, allocated, version, cause, at)"
                        + " values (?, ?, 'ALLOCATE', ?, 0, 'test', now())",
                brand,
                sku.value(),
                units);
    }

    /** Starts {@code count} of {@code task} at one moment and waits for all. */
    static <T> List<T> atOnce(int count, Callable<T> task) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            start.countDown();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
        }
        return results;
    }

    /** The movements of every SKU sum to its counters, at no point of them was a unit promised twice. */
    void invariantHolds() {
        assertThat(jdbc.queryForList(
                        "select s.sku from stock s left join lateral (select coalesce(sum(m.on_hand), 0) as on_hand,"
                                + " coalesce(sum(m.held), 0) as held, coalesce(sum(m.sold), 0) as sold,"
                                + " coalesce(sum(m.allocated), 0) as allocated,"
                                + " coalesce(sum(m.pre_order), 0) as pre_order from stock_movement m"
                                + " where m.brand = s.brand and m.sku = s.sku) m on true where s.brand = ? and"
                                + " (s.on_hand, s.held, s.sold, s.allocated, s.pre_order)"
                                + " is distinct from (m.on_hand, m.held, m.sold, m.allocated, m.pre_order)",
                        brand))
                .isEmpty();
        assertThat(jdbc.queryForList(
                        "select * from (select sku, id, sum(on_hand + pre_order - held - sold - allocated)"
                                + " over (partition by sku order by id)"
                                + " as free from stock_movement where brand = ?) prefix where free < 0",
                        brand))
                .isEmpty();
        assertThat(jdbc.queryForList(
                        "select s.sku from stock s where s.brand = ? and s.held <> (select coalesce(sum(l.quantity), 0)"
                                + " from hold h , unnest(h.skus, h.units) as l (sku, quantity) where h.brand = s.brand"
                                + " and l.sku = s.sku and h.state in ('HELD', 'PAYING'))",
                        brand))
                .isEmpty();
        assertThat(jdbc.queryForList(
                        "select s.sku from stock s where s.brand = ? and s.allocated <> (select coalesce(sum(a.units), 0)"
                                + " from allocation a where a.brand = s.brand and a.sku = s.sku)",
                        brand))
                .isEmpty();
    }

    @Override
    public void close() {
        module.close();
    }
}
