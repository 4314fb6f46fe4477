package dev.weir.orders.internal;

import dev.weir.orders.OrderBook;
import dev.weir.orders.OrderView;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which orders come next? Keyset pages by placement and id: stable while orders arrive. */
final class OrderPages {
    private static final int MAX_LIMIT = 200;
    private static final Cursor START = new Cursor(Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1));

    private final OrderStore store;

    OrderPages(OrderStore store) {
        this.store = store;
    }

    OrderBook.Page list(
            String brand,
            @Nullable UUID showId,
            @Nullable String channel,
            @Nullable String state,
            @Nullable String cursor,
            int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1.." + MAX_LIMIT + ")");
        }
        checkState(state);
        Cursor after = cursor == null ? START : Cursor.parse(cursor);
        List<OrderView> found = store.views(
                """
                where brand = :brand and (placed_at, id) < (:at, :id)
                  and (cast(:show as uuid) is null or show_id = cast(:show as uuid))
                  and (cast(:channel as text) is null or channel = :channel)
                  and (cast(:state as text) is null or state = :state)
                order by placed_at desc, id desc limit :limit""",
                spec -> spec.param("brand", brand)
                        .param("at", Sql.at(after.placedAt()))
                        .param("id", after.id())
                        .param("show", showId)
                        .param("channel", channel)
                        .param("state", state)
                        .param("limit", limit + 1));
        if (found.size() <= limit) {
            return new OrderBook.Page(found, null);
        }
        OrderView last = found.get(limit - 1);
        return new OrderBook.Page(found.subList(0, limit), new Cursor(last.placedAt(), last.id()).text());
    }

    private static void checkState(@Nullable String state) {
        List<String> known =
                Arrays.stream(OrderView.State.values()).map(Enum::name).toList();
        if (state != null && !known.contains(state)) {
            throw new IllegalArgumentException(
                    "state: " + state + " (expected: " + known.stream().collect(Collectors.joining(", ")) + ")");
        }
    }

    private record Cursor(Instant placedAt, UUID id) {
        String text() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((placedAt + "|" + id).getBytes(StandardCharsets.UTF_8));
        }

        static Cursor parse(String text) {
            try {
                String[] parts =
                        new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", 2);
                if (parts.length == 2 && parts[0].length() <= 30 && parts[0].startsWith("2")) {
                    return new Cursor(Instant.parse(parts[0]), UUID.fromString(parts[1]));
                }
            } catch (IllegalArgumentException | DateTimeException e) {
                throw bad(text, e);
            }
            throw bad(text, null);
        }

        private static IllegalArgumentException bad(String text, @Nullable Exception cause) {
            String shown = text.length() > 80 ? text.substring(0, 80) + "…" : text;
            return new IllegalArgumentException("cursor: " + shown + " (expected: next of the page before)", cause);
        }
    }
}
