package dev.weir.reservation;

import static dev.weir.reservation.Shop.granted;
import static dev.weir.reservation.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.connectors.Sku;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import redis.embedded.RedisServer;

/** What a loss costs: speed, never a unit. */
class LossTest {
    /** Longer than one answer may take, shorter than two. */
    private static final Duration PAUSE = Shop.REDIS_TIMEOUT.multipliedBy(3).dividedBy(2);

    private final int port = Servers.freePort();
    private final SwitchedDatabase database = new SwitchedDatabase(Servers.database());
    private RedisServer redis;
    private RedisClient client;
    private RedisCommands<String, String> commands;
    private Shop shop;

    @BeforeEach
    void start() {
        redis = Servers.startRedis(port);
        client = Servers.client(port);
        commands = client.connect().sync();
        shop = new Shop(database, Servers.redis(port));
        assertThat(shop.module.resync()).isTrue();
    }

    @AfterEach
    void stop() {
        database.away = false;
        shop.invariantHolds();
        shop.close();
        client.shutdown();
        Servers.stop(redis);
    }

    @Test
    void flushInTheMiddle_neverOversells_andSellsOut() throws Exception {
        Sku sku = shop.stocked("A", 60);
        AtomicInteger turn = new AtomicInteger();
        List<HoldOutcome> outcomes = Shop.atOnce(200, () -> {
            if (turn.incrementAndGet() % 40 == 0) {
                commands.flushall();
            }
            return shop.hold(sku, 1);
        });
        assertThat(granted(outcomes)).isEqualTo(60);
        untilGateKnows(sku);
        assertThat(shop.hold(sku, 1)).isEqualTo(new HoldOutcome.SoldOut(sku, 1, 0));
        shop.clock.move(Duration.ofSeconds(90));
        assertThat(shop.hold(sku, 60)).isInstanceOf(HoldOutcome.Granted.class);
    }

    @Test
    void gate_saysWhetherItsAnswersCount() {
        Sku sku = shop.stocked("A", 2);
        untilGateKnows(sku);
        assertThat(shop.module.gateState()).isEqualTo(GateState.OPEN);

        Servers.stop(redis);

        assertThat(shop.hold(sku, 1)).isInstanceOf(HoldOutcome.Granted.class);
        assertThat(shop.module.gateState()).isEqualTo(GateState.CLOSED);
    }

    @Test
    void flushWhileANewSkuIsBeingLearnt_isNoticedByTheNextTaps_withoutTheSweeper() {
        for (int i = 0; i < 20; i++) {
            Sku sku = shop.stocked("N" + i, 3);
            commands.flushall();
            await().untilAsserted(() -> {
                assertThat(shop.hold(sku, 5)).isEqualTo(new HoldOutcome.SoldOut(sku, 5, 3));
                assertThat(cap(sku)).isEqualTo("3");
            });
        }
    }

    @Test
    void redisStopped_holdsComeFromTheLedger_andTheGateReopensWhenItIsBack() throws Exception {
        Sku sku = shop.stocked("A", 10);
        shop.held(sku, 4);
        Servers.stop(redis);
        assertThat(granted(Shop.atOnce(20, () -> shop.hold(sku, 1)))).isEqualTo(6);
        shop.stock.setOnHand(shop.brand, sku, 12, "count");
        redis = Servers.startRedis(port);
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            shop.module.sweeper().sweep();
            return "12".equals(cap(sku));
        });
        assertThat(granted(Shop.atOnce(20, () -> shop.hold(sku, 1)))).isEqualTo(2);
    }

    @Test
    void redisThatBelievesInTooMuch_isCorrectedByTheLedger() {
        Sku sku = shop.stocked("A", 3);
        untilGateKnows(sku);
        shop.held(sku, 2);
        commands.hset(stockKey(sku), "cap", "999");
        assertThat(shop.hold(sku, 2)).isEqualTo(new HoldOutcome.SoldOut(sku, 2, 1));
        await().until(() -> "3".equals(cap(sku)));
        shop.held(sku, 1);
    }

    @Test
    void redisRestartedWithOldNumbers_isNotBelieved() {
        Sku sku = shop.stocked("A", 3);
        untilGateKnows(sku);
        Servers.stop(redis);
        redis = Servers.startRedis(port);
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> commands.ping().equals("PONG"));
        commands.hset(stockKey(sku), Map.of("cap", "0", "held", "0", "v", "999"));
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            shop.module.sweeper().sweep();
            return "3".equals(cap(sku));
        });
        shop.held(sku, 3);
    }

    @Test
    void redisThatWentBackInTime_saysSoAtTheNextTap_andIsRebuilt() {
        Sku sku = shop.stocked("A", 3);
        untilGateKnows(sku);
        shop.held(sku, 1);
        shop.held(sku, 1);
        String epoch = commands.hget(poolKey(), "epoch");
        // A replica took over that never heard of the second hold.
        commands.hset(poolKey(), "seq", "1");
        commands.hset(stockKey(sku), "held", "3");
        shop.held(sku, 1);
        await().until(() -> {
            String now = commands.hget(poolKey(), "epoch");
            return now != null
                    && Long.parseLong(now) > Long.parseLong(epoch)
                    && "1".equals(commands.hget(poolKey(), "ready"));
        });
        untilGateKnows(sku);
        assertThat(shop.hold(sku, 1)).isEqualTo(new HoldOutcome.SoldOut(sku, 1, 0));
    }

    /** While all is sold out nothing is admitted, but sales are taken back and stock is counted. */
    @Test
    void replicaThatMissedOnlyAChange_saysSoAtTheNextTap_andIsRebuilt() {
        Sku sku = shop.stocked("A", 3);
        untilGateKnows(sku);
        Map<String, String> pool = commands.hgetall(poolKey());
        Map<String, String> stock = commands.hgetall(stockKey(sku));
        shop.stock.setOnHand(shop.brand, sku, 5, "count");
        commands.hset(poolKey(), pool);
        commands.hset(stockKey(sku), stock);
        shop.held(sku, 5);
    }

    @Test
    void changeOfAHubThatDiedBeforeItToldRedis_isToldByTheSweeper() {
        Sku sku = shop.stocked("A", 3);
        untilGateKnows(sku);
        try (ReservationModule mute = ReservationModule.create(
                database,
                new DataSourceTransactionManager(database),
                null,
                Shop.SECRET,
                shop.outbox,
                shop.clock,
                ReservationSettings.defaults().atModuleTime())) {
            mute.stock().setOnHand(shop.brand, sku, 5, "count");
        }
        assertThat(shop.hold(sku, 5)).isEqualTo(new HoldOutcome.SoldOut(sku, 5, 3));
        shop.module.sweeper().sweep();
        await().until(() -> "5".equals(cap(sku)));
        shop.held(sku, 5);
    }

    @Test
    void holdThatTheGateKnowsInPart_isCountedOnceWhenItIsAskedForAgain() {
        Sku a = shop.stocked("A", 3);
        Sku b = shop.stocked("B", 3);
        untilGateKnows(a);
        untilGateKnows(b);
        HoldRequest tap = shop.ask("tap", line(a, 1), line(b, 1));
        UUID id = granted(shop.reservations.hold(tap)).hold().id();
        // Its hub died before the gate was told, and another has read one of both SKUs again since.
        commands.del("weir:{" + shop.brand + "}:hold:" + id);
        commands.zrem("weir:{" + shop.brand + "}:holds:" + a, id + "|1");
        commands.hset(stockKey(a), "held", "0");
        assertThat(granted(shop.reservations.hold(tap)).repeated()).isTrue();
        shop.reservations.release(id);
        untilGateKnows(b);
        assertThat(commands.hget(stockKey(b), "held")).isEqualTo("0");
        shop.held(b, 3);
    }

    @Test
    void secondHub_takesThePoolAsTheFirstHasBuiltIt() {
        Sku sku = shop.stocked("A", 3);
        untilGateKnows(sku);
        String epoch = commands.hget(poolKey(), "epoch");
        try (ReservationModule second = hub()) {
            assertThat(second.resync()).isTrue();
            assertThat(commands.hget(poolKey(), "epoch")).isEqualTo(epoch);
            int before = database.asked.get();
            assertThat(second.reservations().hold(shop.ask("tap", line(sku, 4))))
                    .isEqualTo(new HoldOutcome.SoldOut(sku, 4, 3));
            assertThat(database.asked.get()).isEqualTo(before);
        }
    }

    @Test
    void hubThatSleptThroughARebuild_learnsTheNewEpoch_andOversellsNothing() {
        Sku sku = shop.stocked("A", 3);
        untilGateKnows(sku);
        try (ReservationModule awake = hub()) {
            assertThat(awake.resync()).isTrue();
            assertThat(awake.rebuild(shop.brand)).isTrue();
            assertThat(granted(awake.reservations().hold(shop.ask("awake", line(sku, 2))))
                            .repeated())
                    .isFalse();
            assertThat(shop.hold(sku, 2)).isEqualTo(new HoldOutcome.SoldOut(sku, 2, 1));
            shop.held(sku, 1);
            untilGateKnows(sku);
            assertThat(shop.hold(sku, 1)).isEqualTo(new HoldOutcome.SoldOut(sku, 1, 0));
        }
    }

    @Test
    void admissionFromBeforeANewEpoch_isDecidedByTheLedgerAlone() {
        Sku sku = shop.stocked("A", 1);
        untilGateKnows(sku);
        // The ledger's epoch moves on between the gate's yes and the grant.
        shop.jdbc.update("update pool set epoch = epoch + 1 where brand = ?", shop.brand);
        Hold hold = shop.held(sku, 1);
        assertThat(shop.jdbc.queryForMap("select epoch, seq from hold where id = ?", hold.id()))
                .containsEntry("epoch", 0L)
                .containsEntry("seq", 0L);
        untilGateKnows(sku);
        assertThat(shop.hold(sku, 1)).isEqualTo(new HoldOutcome.SoldOut(sku, 1, 0));
    }

    @Test
    void serversTime_givesLapsedUnitsBackByItself() {
        Sku sku = shop.stocked("A", 1);
        Duration second = Duration.ofSeconds(1);
        ReservationSettings brief =
                new ReservationSettings(second, second, Duration.ofSeconds(2), Duration.ofSeconds(10), true);
        try (ReservationModule module = ReservationModule.create(
                database,
                new DataSourceTransactionManager(database),
                Servers.redis(port),
                Shop.SECRET,
                shop.outbox,
                Clock.systemUTC(),
                brief)) {
            assertThat(module.resync()).isTrue();
            Reservations hub = module.reservations();
            Hold first = granted(hub.hold(shop.ask("first", line(sku, 1)))).hold();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> hub.hold(shop.ask(UUID.randomUUID().toString(), line(sku, 1)))
                            instanceof HoldOutcome.Granted);
            assertThat(hub.find(first.id()).map(Hold::state)).contains(Hold.State.EXPIRED);
        }
    }

    @Test
    void soldOut_isAnsweredWithoutTheDatabase() {
        Sku sku = shop.stocked("A", 1);
        untilGateKnows(sku);
        shop.held(sku, 1);
        int before = database.asked.get();
        for (int i = 0; i < 50; i++) {
            assertThat(shop.hold(sku, 1)).isEqualTo(new HoldOutcome.SoldOut(sku, 1, 0));
        }
        assertThat(database.asked.get()).isEqualTo(before);
    }

    @Test
    void redisThatWasSlowOnce_isStillAsked_soThatARushDoesNotReachTheDatabase() {
        Sku sku = shop.stocked("A", 1);
        shop.held(sku, 1);
        untilGateKnows(sku);

        commands.clientPause(PAUSE.toMillis());
        assertThat(shop.hold(sku, 1)).isInstanceOf(HoldOutcome.SoldOut.class);
        untilGateKnows(sku);
        database.away = true;

        assertThat(shop.hold(sku, 1)).isInstanceOf(HoldOutcome.SoldOut.class);
    }

    @Test
    void lookingBeforeAsking_takesNothing_andLetsARepeatThrough() {
        Sku sku = shop.stocked("A", 2);
        untilGateKnows(sku);
        int before = database.asked.get();
        assertThat(shop.reservations.soldOut(shop.brand, "tap", Map.of(sku, 2))).isEmpty();
        assertThat(shop.reservations.soldOut(shop.brand, "tap", Map.of(sku, 3)))
                .contains(new HoldOutcome.SoldOut(sku, 3, 2));
        assertThat(database.asked.get()).isEqualTo(before);
        shop.reservations.hold(shop.ask("tap", line(sku, 2)));
        assertThat(shop.reservations.soldOut(shop.brand, "tap", Map.of(sku, 2))).isEmpty();
        assertThat(shop.reservations.soldOut(shop.brand, "other", Map.of(sku, 1)))
                .contains(new HoldOutcome.SoldOut(sku, 1, 0));
    }

    @Test
    void manyReleasesAtOnce_shareTheirCommits_andEachUnitComesBackOnce() throws Exception {
        Sku sku = shop.stocked("A", 40);
        List<UUID> held = new CopyOnWriteArrayList<>();
        Shop.atOnce(40, () -> held.add(shop.held(sku, 1).id()));
        AtomicInteger turn = new AtomicInteger();
        List<Boolean> released =
                Shop.atOnce(80, () -> shop.reservations.release(held.get(turn.getAndIncrement() % held.size())));
        assertThat(released).containsOnly(true);
        assertThat(shop.level(sku).available()).isEqualTo(40);
        untilGateKnows(sku);
        assertThat(shop.hold(sku, 40)).isInstanceOf(HoldOutcome.Granted.class);
    }

    @Test
    void hubWhoseClockIsWrong_endsHoldsWhenTheServersDo() {
        Sku sku = shop.stocked("A", 1);
        Duration second = Duration.ofSeconds(1);
        ReservationSettings brief =
                new ReservationSettings(second, second, Duration.ofSeconds(2), Duration.ofSeconds(10), true);
        Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-2));
        try (ReservationModule module = ReservationModule.create(
                database,
                new DataSourceTransactionManager(database),
                Servers.redis(port),
                Shop.SECRET,
                shop.outbox,
                wrong,
                brief)) {
            assertThat(module.resync()).isTrue();
            Reservations hub = module.reservations();
            Hold first = granted(hub.hold(shop.ask("first", line(sku, 1)))).hold();
            assertThat(first.expiresAt()).isAfter(wrong.instant().plus(Duration.ofMinutes(1)));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> hub.find(first.id()).map(Hold::state).equals(Optional.of(Hold.State.EXPIRED)));
            assertThat(hub.commit(first.id(), "order/late")).isInstanceOf(CommitOutcome.Lost.class);
        }
    }

    @Test
    void databaseAway_grantsNothing_andLosesNothing() throws Exception {
        Sku sku = shop.stocked("A", 10);
        untilGateKnows(sku);
        database.away = true;
        HoldRequest tap = shop.ask("tap", line(sku, 1));
        assertThat(shop.reservations.hold(tap))
                .isInstanceOfSatisfying(
                        HoldOutcome.Unavailable.class,
                        away -> assertThat(away.retryAfter()).isPositive());
        assertThat(granted(Shop.atOnce(30, () -> shop.hold(sku, 1)))).isZero();
        assertThat(shop.module.sweeper().sweep()).isZero();
        database.away = false;
        assertThat(granted(shop.reservations.hold(tap)).repeated()).isFalse();
        assertThat(granted(Shop.atOnce(30, () -> shop.hold(sku, 1)))).isEqualTo(9);
    }

    @Test
    void twoHubs_shareOneStock_andOneKeyIsOneHold() throws Exception {
        Sku sku = shop.stocked("A", 10);
        Sku other = shop.stocked("B", 10);
        try (ReservationModule second = ReservationModule.create(
                database,
                new DataSourceTransactionManager(database),
                null,
                Shop.SECRET,
                shop.outbox,
                shop.clock,
                ReservationSettings.defaults().atModuleTime())) {
            AtomicInteger turn = new AtomicInteger();
            List<HoldOutcome> outcomes = Shop.atOnce(100, () -> {
                Reservations hub = turn.incrementAndGet() % 2 == 0 ? shop.reservations : second.reservations();
                return hub.hold(shop.ask(UUID.randomUUID().toString(), line(sku, 1)));
            });
            assertThat(granted(outcomes)).isEqualTo(10);
            List<HoldOutcome> sameKey = Shop.atOnce(
                    10,
                    () -> turn.incrementAndGet() % 2 == 0
                            ? shop.reservations.hold(shop.ask("k", line(other, 1)))
                            : second.reservations().hold(shop.ask("k", line(other, 2))));
            assertThat(granted(sameKey)).isEqualTo(5);
            assertThat(sameKey)
                    .filteredOn(HoldOutcome.KeyReused.class::isInstance)
                    .hasSize(5);
        }
    }

    private void untilGateKnows(Sku sku) {
        await().until(() -> {
            if (cap(sku) == null) {
                shop.module.sweeper().sweep();
            }
            return cap(sku) != null;
        });
        // A repair under way still counts as not knowing.
        await().until(() -> {
            int before = database.asked.get();
            shop.reservations.hold(shop.ask(UUID.randomUUID().toString(), line(sku, 999)));
            return database.asked.get() == before;
        });
    }

    private ReservationModule hub() {
        ReservationSettings atModuleTime = new ReservationSettings(
                Duration.ofSeconds(90), Duration.ofSeconds(180), Duration.ofSeconds(2), Duration.ofSeconds(10), false);
        return ReservationModule.create(
                database,
                new DataSourceTransactionManager(database),
                Servers.redis(port),
                Shop.SECRET,
                shop.outbox,
                shop.clock,
                atModuleTime);
    }

    private String poolKey() {
        return "weir:{" + shop.brand + "}:pool";
    }

    private String stockKey(Sku sku) {
        return "weir:{" + shop.brand + "}:stock:" + sku;
    }

    private String cap(Sku sku) {
        try {
            return commands.hget(stockKey(sku), "cap");
        } catch (RedisException e) {
            return null;
        }
    }
}
