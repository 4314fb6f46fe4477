package dev.weir.bench.fire;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.reservation.Attribution;
import dev.weir.reservation.CommitOutcome;
import dev.weir.reservation.HoldOutcome;
import dev.weir.reservation.HoldRequest;
import dev.weir.reservation.RedisAddress;
import dev.weir.reservation.ReservationModule;
import dev.weir.reservation.ReservationSettings;
import dev.weir.reservation.StockLedger;
import dev.weir.routes.JdbcOutbox;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** The shop whose promise is tested: the reservation module as a hub wires it, with nothing else beside it. */
final class WeirShop implements HubShop {
    private static final int CONNECTIONS = 12;
    private static final UUID SHOW = new UUID(0, 4);

    private final HikariDataSource database;
    private final ReservationModule module;
    private final WeirChannels channels;

    WeirShop(HubArgs args, Clock clock) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(args.jdbcUrl());
        config.setUsername("postgres");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(1_000);
        config.setValidationTimeout(500);
        config.setInitializationFailTimeout(-1);
        database = new HikariDataSource(config);
        DataSourceTransactionManager transactions = new DataSourceTransactionManager(database);
        module = ReservationModule.create(
                database,
                transactions,
                RedisAddress.parse("redis://127.0.0.1:" + args.redisPort()),
                "a secret of the fire, of 32 byte".getBytes(StandardCharsets.UTF_8),
                new JdbcOutbox(database, clock),
                clock,
                new ReservationSettings(
                        Duration.ofMillis(args.holdMillis()),
                        Duration.ofMillis(args.payingMillis()),
                        Duration.ofMillis(200),
                        Duration.ofMillis(1_500),
                        true));
        channels = new WeirChannels(module, database, transactions);
    }

    @Override
    public Answer hold(String brand, String key, List<Line> lines) {
        var attribution = new Attribution(
                Attribution.PLAYER,
                SHOW,
                "host",
                null,
                1L,
                false,
                Map.of(),
                Clock.systemUTC().instant(),
                "hold/1");
        List<HoldRequest.Line> asked = lines.stream()
                .map(line -> new HoldRequest.Line(new Sku(line.sku()), line.units(), Money.ofMinor(1290, "EUR")))
                .toList();
        HoldOutcome outcome = module.reservations().hold(new HoldRequest(brand, SHOW, key, key, asked, attribution));
        return switch (outcome) {
            case HoldOutcome.Granted granted ->
                new Answer(Answer.Word.GRANTED, granted.hold().id().toString());
            case HoldOutcome.SoldOut soldOut -> new Answer(Answer.Word.REFUSED, soldOut.toString());
            // The ledger may have granted it while its answer was lost: the same key would find it.
            case HoldOutcome.Unavailable unavailable -> new Answer(Answer.Word.UNSURE, unavailable.toString());
            case HoldOutcome.UnknownSku _, HoldOutcome.KeyReused _, HoldOutcome.OverCap _, HoldOutcome.BuyerNeeded _ ->
                throw new IllegalStateException("hold: " + outcome + " (expected: known SKUs and keys of our own)");
        };
    }

    @Override
    public Answer commit(String brand, String id) {
        CommitOutcome outcome = module.reservations().commit(UUID.fromString(id), "order/" + id);
        return switch (outcome) {
            case CommitOutcome.Committed _ -> Answer.of(Answer.Word.DONE);
            case CommitOutcome.AlreadyCommitted _ -> Answer.of(Answer.Word.ALREADY);
            case CommitOutcome.Lost lost -> new Answer(Answer.Word.REFUSED, lost.reason());
        };
    }

    @Override
    public Answer release(String brand, String id) {
        return Answer.doneIf(module.reservations().release(UUID.fromString(id)));
    }

    @Override
    public Answer pay(String brand, String id) {
        return Answer.doneIf(module.reservations().startPaying(UUID.fromString(id)));
    }

    @Override
    public Answer sell(String brand, String cause, Line line) {
        return channels.sell(brand, cause, line);
    }

    @Override
    public Answer restock(String brand, String cause, Line line) {
        return channels.restock(brand, cause, line);
    }

    @Override
    public Answer more(Event.Op op, String brand, String id, List<Line> lines) {
        return channels.answer(op, brand, id, lines);
    }

    @Override
    public Answer onHand(String brand, Line level) {
        module.stock().setOnHand(brand, new Sku(level.sku()), level.units(), "count");
        return Answer.of(Answer.Word.DONE);
    }

    @Override
    public Answer level(String brand, String sku) {
        StockLedger.Level level = module.stock().level(brand, new Sku(sku)).orElseThrow();
        int allocated = level.allocations().stream()
                .mapToInt(StockLedger.Allocation::units)
                .sum();
        return Answer.level(level.onHand(), level.held(), level.sold(), level.available(), allocated);
    }

    @Override
    public void tend() {
        module.sweeper().sweep();
        channels.tend();
    }

    @Override
    public void close() {
        module.close();
        database.close();
    }
}
