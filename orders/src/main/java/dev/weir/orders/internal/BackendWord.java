package dev.weir.orders.internal;

import dev.weir.connectors.Order;
import dev.weir.orders.OrderBook.Intake;
import dev.weir.orders.OrderView;
import java.time.Clock;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What does a backend's word change of an order that was handed over to it? It called the order off, or a part of it: each once, however
 * often it says so. The order is called off here at once, because its goods are not sent; whoever took the buyer's money is told.
 */
final class BackendWord {
    private static final String ALL = "";

    private final JdbcClient jdbc;
    private final Cancellation cancellation;
    private final OrderNews news;
    private final Clock clock;

    BackendWord(JdbcClient jdbc, Cancellation cancellation, OrderNews news, Clock clock) {
        this.jdbc = jdbc;
        this.cancellation = cancellation;
        this.news = news;
        this.clock = clock;
    }

    /** {@code known} is locked by the caller. */
    Intake take(StoredOrder known, UUID backend, Order stated) {
        boolean isWhole = stated.state() == Order.State.CANCELLED;
        String part = isWhole ? ALL : stated.evidence().get(Order.CALLED_OFF_PART);
        if (part == null || known.state() == OrderView.State.CANCELLED || !isNews(known.id(), backend, part)) {
            return new Intake.Unchanged(known.id());
        }
        if (isWhole) {
            return wholly(known, backend, stated);
        }
        news.calledOffInPart(known.view(), backend, part);
        return new Intake.Done(known.id(), "called off in part at the backend, which is shown: " + part);
    }

    private Intake wholly(StoredOrder known, UUID backend, Order stated) {
        boolean isOurs = known.view().connectionId() == null;
        boolean isSettled = known.state() == OrderView.State.REFUNDED;
        if (isOurs && isSettled) {
            // Whoever gave the money back said which units came back with it; only the money is counted again.
            news.calledOffElsewhere(known.view(), backend);
            return new Intake.Done(known.id(), "called off at the backend after it was refunded");
        }
        Intake done = cancellation.cancel(
                known, ChannelIntake.calledOffAt(stated.channel()), ChannelIntake.clockOf(stated), backend);
        if (!isSettled) {
            news.calledOffElsewhere(known.view(), backend);
        }
        return done;
    }

    private boolean isNews(UUID order, UUID backend, String part) {
        return jdbc.sql("""
                        insert into order_called_off (order_id, connection_id, part, recorded_at)
                        values (:order, :connection, :part, :now) on conflict do nothing""")
                        .param("order", order)
                        .param("connection", backend)
                        .param("part", part)
                        .param("now", Sql.at(Sql.now(clock)))
                        .update()
                == 1;
    }
}
