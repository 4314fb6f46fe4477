package dev.weir.routes.internal;

import dev.weir.connectors.Connection;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderPoll;
import dev.weir.orders.OrderBook;
import dev.weir.routes.RoutesSettings;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;

/**
 * How do orders of shops that cannot push come in? Step of {@code order-poll}: asks for what changed since the cursor, less
 * an overlap; taking an order twice changes nothing. The cursor never passes an order that was not taken.
 */
public final class PollSteps {
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 50;

    private final Wiring wiring;
    private final RoutesSettings settings;
    private final InboxEffects effects;
    private final Signal relay;

    PollSteps(Wiring wiring, RoutesSettings settings, InboxEffects effects, Signal relay) {
        this.wiring = wiring;
        this.settings = settings;
        this.effects = effects;
        this.relay = relay;
    }

    /** Step: one round of questions to one shop; throws what the shop or the first failing order threw. */
    public void poll(@Header("weirConnection") String connectionId) {
        Connection connection = wiring.connection(UUID.fromString(connectionId));
        OrderPoll port = wiring.channel(connection).orderPoll(connection);
        Instant cursor = cursor(connection.id());
        Round round = new Round(cursor);
        Instant since = cursor.minus(settings.pollOverlap());
        for (int page = 0; page < MOST_PAGES; page++) {
            List<Order> orders = port.changedSince(since);
            orders.forEach(order -> take(connection, order, round));
            Instant last = orders.isEmpty() ? since : orders.getLast().updatedAt();
            if (orders.size() < PAGE || !last.isAfter(since)) {
                break;
            }
            since = last;
        }
        remember(connection.id(), round.reached);
        relay.raise();
        if (round.failure != null) {
            throw round.failure;
        }
    }

    private void take(Connection connection, Order order, Round round) {
        try {
            OrderBook.Intake intake =
                    Objects.requireNonNull(wiring.transaction().execute(status -> effects.take(connection, order)));
            boolean isMarked = order.evidence().containsKey(Order.HANDED_OVER);
            // Ours, but not (yet) by the id that it has there: the comparison, which reads two days back, takes it up.
            if (intake instanceof OrderBook.Intake.NotYet notYet && !isMarked) {
                throw new IllegalStateException(notYet.reason());
            }
            if (round.failure == null && order.updatedAt().isAfter(round.reached)) {
                round.reached = order.updatedAt();
            }
        } catch (RuntimeException e) {
            if (round.failure == null) {
                round.failure = new IllegalStateException(
                        "order " + order.externalId() + " was not taken: " + FaultPolicy.reason(e), e);
            }
        }
    }

    private Instant cursor(UUID connectionId) {
        return wiring.jdbc()
                .sql("select since from poll_cursor where connection_id = :id and kind = 'orders'")
                .param("id", connectionId)
                .query((row, n) -> Sql.instant(row, "since"))
                .optional()
                .orElseGet(wiring.clock()::instant);
    }

    private void remember(UUID connectionId, Instant since) {
        wiring.jdbc()
                .sql("""
                        insert into poll_cursor as c (connection_id, kind, since) values (:id, 'orders', :since)
                        on conflict (connection_id, kind) do update set since = greatest(c.since, :since)""")
                .param("id", connectionId)
                .param("since", Sql.at(since))
                .update();
    }

    private static final class Round {
        private Instant reached;
        private @Nullable RuntimeException failure;

        Round(Instant reached) {
            this.reached = reached;
        }
    }
}
