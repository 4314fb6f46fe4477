package dev.weir.live.internal;

import dev.weir.live.ChatRoom;
import dev.weir.live.ShowEvents;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Chat in PostgreSQL, paced by {@link SenderRates}. */
public final class JdbcChatRoom implements ChatRoom {
    /** Control characters and the ones that turn the direction of text around; line breaks are let through. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\u202A-\\u202E\\u2066-\\u2069&&[^\\n]]");

    private static final int MAX_NAME = 40;
    private static final int MAX_TEXT = 500;

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
        Message message = new Message(
                UUID.randomUUID(),
                checked("name", name, MAX_NAME),
                checked("text", text, MAX_TEXT),
                Sql.now(clock),
                null);
        rates.spend(sender);
        transaction.executeWithoutResult(status -> {
            if (insert(showId, sender, message, null) == 0) {
                throw ShowStore.unknown(showId);
            }
            events.publish(showId, new ShowEvents.Event("chat", data(message), false));
        });
        return message;
    }

    @Override
    public Heard hear(UUID showId, Comment comment) {
        if (known(comment)) {
            return new Heard.Known();
        }
        Message message;
        String sender = comment.channel() + "/" + comment.author();
        try {
            // The same id at a repeat: listeners who heard it before its transaction was rolled back know it again.
            message = new Message(
                    idOf(comment),
                    checked("name", cut(comment.author(), MAX_NAME), MAX_NAME),
                    checked("text", cut(comment.text(), MAX_TEXT), MAX_TEXT),
                    comment.at().truncatedTo(ChronoUnit.MICROS),
                    comment.channel());
            rates.spend(sender);
        } catch (IllegalArgumentException | TooFast e) {
            return new Heard.Refused(String.valueOf(e.getMessage()));
        }
        return Objects.requireNonNull(transaction.execute(status -> {
            if (insert(showId, sender, message, comment) == 0) {
                return new Heard.Known();
            }
            events.publish(showId, new ShowEvents.Event("chat", data(message), true));
            return new Heard.Said(message);
        }));
    }

    @Override
    public List<Message> recent(UUID showId, int limit) {
        return newest("channel is null", showId, limit);
    }

    @Override
    public List<Message> recentEverywhere(UUID showId, int limit) {
        return newest("true", showId, limit);
    }

    private List<Message> newest(String which, UUID showId, int limit) {
        Sql.checkLimit(limit, 200);
        return jdbc.sql("select * from chat_message where show_id = :show and " + which
                        + " order by seq desc limit :limit")
                .param("show", showId)
                .param("limit", limit)
                .query((row, n) -> new Message(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("text"),
                        Sql.instant(row, "at"),
                        row.getString("channel")))
                .list()
                .reversed();
    }

    private boolean known(Comment comment) {
        return jdbc.sql("select 1 from chat_message where connection_id = :connection and external_id = :id")
                .param("connection", comment.connectionId())
                .param("id", comment.externalId())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    private int insert(UUID showId, String sender, Message message, @Nullable Comment from) {
        return jdbc.sql("""
                        insert into chat_message (id, show_id, sender, name, text, at, channel, connection_id, external_id)
                        select :id, s.id, :sender, :name, :text, :at, :channel, cast(:connection as uuid), :external
                        from show s where s.id = :show
                        on conflict (connection_id, external_id) where external_id is not null do nothing""")
                .param("id", message.id())
                .param("show", showId)
                .param("sender", sender)
                .param("name", message.name())
                .param("text", message.text())
                .param("at", Sql.at(message.at()))
                .param("channel", message.channel())
                .param("connection", from == null ? null : from.connectionId().toString())
                .param("external", from == null ? null : from.externalId())
                .update();
    }

    private static UUID idOf(Comment comment) {
        String source = comment.connectionId() + "/" + comment.externalId();
        return UUID.nameUUIDFromBytes(source.getBytes(StandardCharsets.UTF_8));
    }

    private static String cut(String text, int most) {
        String clean = text.strip();
        return clean.codePointCount(0, clean.length()) <= most
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, most - 1)) + "…";
    }

    private static Map<String, String> data(Message message) {
        Map<String, String> data = new HashMap<>();
        data.put("id", message.id().toString());
        data.put("name", message.name());
        data.put("text", message.text());
        data.put("at", message.at().toString());
        if (message.channel() != null) {
            data.put("channel", message.channel());
        }
        return data;
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
