package dev.weir.live;

import dev.weir.connectors.Outbox;
import dev.weir.live.internal.InProcessShowEvents;
import dev.weir.live.internal.JdbcCatalogue;
import dev.weir.live.internal.JdbcChatRoom;
import dev.weir.live.internal.JdbcCommentSales;
import dev.weir.live.internal.JdbcRunSheet;
import dev.weir.live.internal.JdbcShows;
import dev.weir.live.internal.ShowStore;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How is this folder put together? Every part over one PostgreSQL database that {@code db/migration/V2_*} prepared;
 * writes join the caller's Spring transaction. All parts are thread-safe.
 */
public record LiveModule(
        Shows shows,
        Catalogue catalogue,
        RunSheet runSheet,
        ChatRoom chat,
        CommentSales commentSales,
        ShowEvents events) {
    /** Wires the parts. {@code transactions} must manage {@code database}; {@code mediaClock} dates pins
     * on the picture; {@code seal} keeps stream keys at rest. */
    public static LiveModule create(
            DataSource database,
            PlatformTransactionManager transactions,
            Outbox outbox,
            Clock clock,
            MediaClock mediaClock,
            SecretSeal seal) {
        JdbcClient jdbc = JdbcClient.create(database);
        TransactionTemplate template = new TransactionTemplate(transactions);
        ShowEvents events = new InProcessShowEvents();
        ShowStore store = new ShowStore(jdbc);
        JdbcCatalogue catalogue = new JdbcCatalogue(jdbc, new NamedParameterJdbcTemplate(database), template, clock);
        JdbcRunSheet runSheet = new JdbcRunSheet(jdbc, template, store, events, outbox, clock, mediaClock);
        JdbcShows shows = new JdbcShows(template, store, runSheet, events, outbox, clock, seal);
        return new LiveModule(
                shows,
                catalogue,
                runSheet,
                new JdbcChatRoom(jdbc, template, events, clock),
                new JdbcCommentSales(jdbc, template, store, clock),
                events);
    }
}
