package dev.weir.routes.internal;

import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.routes.CommentOrders;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who asked for what in a comment, and was not answered yet? The table {@code comment_order}; a claim is a lease. */
final class CommentRows {
    static final Duration LEASE = Duration.ofSeconds(60);

    private final JdbcClient jdbc;
    private final Clock clock;

    CommentRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** In the caller's transaction; a repeat changes nothing. */
    void add(CommentOrder order) {
        Sku pinned = order.pinned();
        Instant now = clock.instant();
        boolean due = order.state() == CommentOrders.State.DUE;
        jdbc.sql("""
                        insert into comment_order (id, connection_id, external_id, brand, channel, show_id, author, sku,
                            title, quantity, price_minor, currency, pin_sku, said_at, state, reason, next_try_at,
                            created_at, done_at)
                        values (:id, :connection, :external, :brand, :channel, :show, :author, :sku, :title, :quantity,
                            :price, :currency, :pin, :said, :state, :reason, :now, :now, :done)
                        on conflict (connection_id, external_id) do nothing""")
                .param("id", order.id())
                .param("connection", order.connectionId())
                .param("external", order.externalId())
                .param("brand", order.brand())
                .param("channel", order.channel())
                .param("show", order.showId())
                .param("author", order.author())
                .param("sku", order.sku().value())
                .param("title", Sql.cut(order.title(), 500))
                .param("quantity", order.quantity())
                .param("price", order.unitPrice().minor())
                .param("currency", order.unitPrice().currency().getCurrencyCode())
                .param("pin", pinned == null ? null : pinned.value())
                .param("said", Sql.at(order.saidAt()))
                .param("state", order.state().name())
                .param("reason", order.reason())
                .param("now", Sql.at(now))
                .param("done", Sql.orNull(due ? null : now))
                .update();
    }

    /** What the author asked for in the show so far, newest first; at most 100. */
    List<CommentOrder> of(UUID showId, String channel, String author) {
        return jdbc.sql("""
                        select * from comment_order where show_id = :show and channel = :channel and author = :author
                        order by seq desc limit 100""")
                .param("show", showId)
                .param("channel", channel)
                .param("author", author)
                .query(CommentRows::order)
                .list();
    }

    List<CommentOrder> newest(UUID showId, int limit) {
        return jdbc.sql("select * from comment_order where show_id = :show order by seq desc limit :limit")
                .param("show", showId)
                .param("limit", limit)
                .query(CommentRows::order)
                .list();
    }

    Optional<CommentOrder> find(UUID showId, UUID id) {
        return jdbc.sql("select * from comment_order where id = :id and show_id = :show")
                .param("id", id)
                .param("show", showId)
                .query(CommentRows::order)
                .optional();
    }

    List<String> dueBrands() {
        return jdbc.sql("select distinct brand from comment_order where state = 'DUE' and next_try_at <= :now")
                .param("now", Sql.at(clock.instant()))
                .query(String.class)
                .list();
    }

    /** Takes the brand's earliest due comment for {@link #LEASE}; a hub that dies gives it up by that. */
    Optional<Claim> claim(String brand) {
        return jdbc.sql("""
                        update comment_order set next_try_at = :lease, attempts = attempts + 1 where id = (
                            select id from comment_order
                            where brand = :brand and state = 'DUE' and next_try_at <= :now
                            order by next_try_at, seq limit 1 for update skip locked)
                        returning *""")
                .param("lease", Sql.at(clock.instant().plus(LEASE)))
                .param("brand", brand)
                .param("now", Sql.at(clock.instant()))
                .query((row, n) -> new Claim(order(row, n), row.getInt("attempts")))
                .optional();
    }

    /** Notes what is held for it. */
    void held(UUID id, UUID holdId, Instant until) {
        jdbc.sql("update comment_order set hold_id = :hold, held_until = :until where id = :id")
                .param("hold", holdId)
                .param("until", Sql.at(until))
                .param("id", id)
                .update();
    }

    void tryLater(UUID id, Duration after, String reason) {
        jdbc.sql("update comment_order set next_try_at = :next, reason = :reason where id = :id and state = 'DUE'")
                .param("next", Sql.at(clock.instant().plus(after)))
                .param("reason", Sql.cut(reason, 500))
                .param("id", id)
                .update();
    }

    void end(UUID id, CommentOrders.State state, @Nullable String reason) {
        jdbc.sql("update comment_order set state = :state, reason = :reason, done_at = :now"
                        + " where id = :id and state = 'DUE'")
                .param("state", state.name())
                .param("reason", reason == null ? null : Sql.cut(reason, 500))
                .param("now", Sql.at(clock.instant()))
                .param("id", id)
                .update();
    }

    private static CommentOrder order(ResultSet row, int n) throws SQLException {
        String pinned = row.getString("pin_sku");
        return new CommentOrder(
                row.getObject("id", UUID.class),
                row.getObject("connection_id", UUID.class),
                row.getString("external_id"),
                row.getString("brand"),
                row.getString("channel"),
                row.getObject("show_id", UUID.class),
                row.getString("author"),
                new Sku(row.getString("sku")),
                row.getString("title"),
                row.getInt("quantity"),
                Money.ofMinor(row.getLong("price_minor"), row.getString("currency")),
                pinned == null ? null : new Sku(pinned),
                Sql.instant(row, "said_at"),
                CommentOrders.State.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getObject("hold_id", UUID.class),
                Sql.instantOrNull(row, "held_until"));
    }

    /** A comment to serve, and which attempt this is. */
    record Claim(CommentOrder order, int attempt) {}
}
