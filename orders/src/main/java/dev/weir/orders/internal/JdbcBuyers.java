package dev.weir.orders.internal;

import dev.weir.orders.Buyers;
import dev.weir.orders.OrderView;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Buyers' data in the table {@code orders}. */
public final class JdbcBuyers implements Buyers {
    private static final String MEANT = """
            (connection_id = :connection or backend_connection_id = :connection)
              and (:everyone
                or (connection_id = :connection and external_id in (:ids))
                or (backend_connection_id = :connection and backend_order_id in (:ids))
                or (:byEmail and lower(email) = lower(cast(:email as text))))""";

    private final JdbcClient jdbc;
    private final OrderStore store;
    private final Clock clock;

    /** Wired by {@link dev.weir.orders.OrdersModule}. */
    public JdbcBuyers(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.store = new OrderStore(jdbc);
        this.clock = clock;
    }

    @Override
    public List<OrderView> orders(Whom whom) {
        return store.views(
                "where " + MEANT + " order by placed_at desc, id desc limit :most", spec -> meant(spec, whom));
    }

    @Override
    public List<UUID> erase(Whom whom) {
        StatementSpec spec = jdbc.sql("update orders set email = null, address = '{}', erased_at = :now where id in ("
                + "select id from orders where erased_at is null and " + MEANT
                + " order by id limit :most for update) returning id");
        return meant(spec, whom)
                .param("now", Sql.at(clock.instant()))
                .query(UUID.class)
                .list();
    }

    private static StatementSpec meant(StatementSpec spec, Whom whom) {
        boolean anyIds = !whom.orderExternalIds().isEmpty();
        return spec.param("connection", whom.connectionId())
                .param("everyone", whom.everyone())
                .param("byEmail", !anyIds && whom.email() != null)
                .param("email", whom.email())
                // An empty list is no SQL; no shop calls an order by the empty word.
                .param("ids", anyIds ? whom.orderExternalIds() : List.of(""))
                .param("most", MOST);
    }
}
