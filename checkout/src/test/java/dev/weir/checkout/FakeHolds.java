package dev.weir.checkout;

import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.reservation.Attribution;
import dev.weir.reservation.CommitOutcome;
import dev.weir.reservation.Hold;
import dev.weir.reservation.HoldOutcome;
import dev.weir.reservation.HoldRequest;
import dev.weir.reservation.PayingOutcome;
import dev.weir.reservation.Reservations;
import dev.weir.reservation.Sale;
import dev.weir.reservation.SaleOutcome;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Holds in a table of the test, so that they share the fate of the checkout's transaction. */
final class FakeHolds implements Reservations {
    static final String TABLE =
            "create table test_hold (id uuid primary key, token text, state text, created_at timestamptz, expires_at timestamptz)";
    private static final Money PRICE = Money.of("12.90", "EUR");

    private final JdbcClient sql;
    private final Clock clock;

    FakeHolds(DataSource dataSource, Clock clock) {
        this.sql = JdbcClient.create(dataSource);
        this.clock = clock;
    }

    String holdFor(java.time.Duration time) {
        String token = "token-" + UUID.randomUUID();
        sql.sql("insert into test_hold values (?, ?, 'HELD', ?, ?)")
                .params(
                        UUID.randomUUID(),
                        token,
                        at(clock.instant()),
                        at(clock.instant().plus(time)))
                .update();
        return token;
    }

    @Override
    public Optional<HoldOutcome.SoldOut> soldOut(String brand, String idempotencyKey, Map<Sku, Integer> units) {
        return Optional.empty();
    }

    @Override
    public Optional<Hold> find(UUID id) {
        return sql.sql("select * from test_hold where id = ?")
                .param(id)
                .query((row, n) -> hold(
                        row.getObject("id", UUID.class),
                        Hold.State.valueOf(row.getString("state")),
                        row.getTimestamp("created_at").toInstant(),
                        row.getTimestamp("expires_at").toInstant()))
                .optional();
    }

    @Override
    public Optional<Hold> findByToken(String token) {
        return sql.sql("select id from test_hold where token = ?")
                .param(token)
                .query(UUID.class)
                .optional()
                .flatMap(this::find);
    }

    private Hold hold(UUID id, Hold.State state, Instant createdAt, Instant expiresAt) {
        boolean late = (state == Hold.State.HELD || state == Hold.State.PAYING)
                && !clock.instant().isBefore(expiresAt);
        Attribution attribution =
                new Attribution(Attribution.PLAYER, null, null, null, null, false, Map.of(), createdAt, "hold/1");
        return new Hold(
                id,
                "brand",
                new UUID(0, 1),
                late ? Hold.State.EXPIRED : state,
                createdAt,
                expiresAt,
                List.of(new HoldRequest.Line(new Sku("MUG-1"), 2, PRICE)),
                attribution);
    }

    @Override
    public boolean release(UUID id) {
        return sql.sql("update test_hold set state = 'RELEASED' where id = ? and state in ('HELD', 'PAYING')")
                        .param(id)
                        .update()
                == 1;
    }

    @Override
    public PayingOutcome pay(UUID id) {
        boolean started = sql.sql("update test_hold set state = 'PAYING', expires_at = expires_at + interval '180 s'"
                                + " where id = ? and state = 'HELD' and expires_at > ?")
                        .params(id, at(clock.instant()))
                        .update()
                == 1;
        return started ? new PayingOutcome.Started(clock.instant()) : new PayingOutcome.NotHeld();
    }

    private static Timestamp at(Instant instant) {
        return Timestamp.from(instant);
    }

    @Override
    public HoldOutcome hold(HoldRequest request) {
        throw new UnsupportedOperationException("the checkout never holds");
    }

    @Override
    public CommitOutcome commit(UUID id, String cause) {
        throw new UnsupportedOperationException("the order book commits");
    }

    @Override
    public SaleOutcome sell(Sale sale) {
        throw new UnsupportedOperationException("the checkout never sells without a hold");
    }

    @Override
    public void giveBack(Sale back, String sold) {
        throw new UnsupportedOperationException("the order book gives back");
    }

    @Override
    public void restock(Sale sale) {
        throw new UnsupportedOperationException("the order book restocks");
    }

    @Override
    public void calledOff(String brand, String cause) {
        throw new UnsupportedOperationException("the order book calls off");
    }
}
