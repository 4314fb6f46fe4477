package dev.weir.live.internal;

import dev.weir.live.ChatRoom;
import dev.weir.live.ShowEvents;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Chat in PostgreSQL, paced by {@link SenderRates}. */
public final class JdbcChatRoom implements ChatRoom {
    /** Control characters and the ones that turn the direction of text around; line breaks are let through. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\u202A-\\u202E\\u2066-\\u2069&&[^\\n]]");

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ShowEvents events;
    private final Clock clock;
    private final SenderRates rates;

    /** Wired by {@link dev.weir.live.LiveModule}. */
    public JdbcChatRoom(JdbcClient jdbc, TransactionTemplate transaction, ShowEvents events, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
        this.rates = new SenderRates(clock);
    }

    @Override
    public Message post(UUID showId, String sender, String name, String text) {
        Message message =
                new Message(UUID.randomUUID(), checked("name", name, 40), checked("text", text, 500), Sql.now(clock));
        rates.spend(sender);
        transaction.executeWithoutResult(status -> {
            insert(showId, sender, message);
            events.publish(showId, new ShowEvents.Event("chat", data(message), false));
        });
        return message;
    }

    @Override
    public List<Message> recent(UUID showId, int limit) {
        Sql.checkLimit(limit, 200);
        return jdbc.sql("select * from chat_message where show_id = :show order by seq desc limit :limit")
                .param("show", showId)
                .param("limit", limit)
                .query((row, n) -> new Message(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("text"),
                        Sql.instant(row, "at")))
                .list()
                .reversed();
    }

    private void insert(UUID showId, String sender, Message message) {
        int rows = jdbc.sql("""
                        insert into chat_message (id, show_id, sender, name, text, at)
                        select :id, s.id, :sender, :name, :text, :at from show s where s.id = :show""")
                .param("id", message.id())
                .param("show", showId)
                .param("sender", sender)
                .param("name", message.name())
                .param("text", message.text())
                .param("at", Sql.at(message.at()))
                .update();
        if (rows == 0) {
            throw ShowStore.unknown(showId);
        }
    }

    private static Map<String, String> data(Message message) {
        return Map.of(
                "id", message.id().toString(),
                "name", message.name(),
                "text", message.text(),
                "at", message.at().toString());
    }

    private static String checked(String field, String value, int most) {
        String clean = value.strip();
        int length = clean.codePointCount(0, clean.length());
        if (length < 1 || length > most) {
            throw new IllegalArgumentException(field + ": " + length + " characters (expected: 1.." + most + ")");
        }
        if (UNPRINTABLE.matcher(clean).find()) {
            throw new IllegalArgumentException(field + ": has a control character (expected: printable text)");
        }
        return clean;
    }
}
