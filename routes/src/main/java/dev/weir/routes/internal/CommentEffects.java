package dev.weir.routes.internal;

import dev.weir.connectors.ChannelEvent.CommentMade;
import dev.weir.connectors.Connection;
import dev.weir.live.ChatRoom;
import dev.weir.live.CommentSales;
import dev.weir.live.Show;
import dev.weir.reservation.Hold;
import dev.weir.routes.CommentOrders;
import dev.weir.routes.RoutesModule;
import dev.weir.routes.internal.InboxStore.Conclusion;
import dev.weir.routes.internal.InboxStore.Conclusion.State;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What does a comment under a live change? It is said in the chat of the show that ran then, and what it asks for becomes a row
 * that {@link CommentSteps} serves. Called inside the transaction that ends the delivery; repeatable by the comment's id.
 */
final class CommentEffects {
    private static final int MAX_ID = 64;
    private static final int MAX_AUTHOR = 80;

    /** Most that one author can ask for in one show, whether it was held or not. */
    private static final int MOST_OF_AN_AUTHOR = 20;

    private final RoutesModule.OnAir onAir;
    private final CommentRows rows;

    CommentEffects(RoutesModule.OnAir onAir, CommentRows rows) {
        this.onAir = onAir;
        this.rows = rows;
    }

    Conclusion hear(Connection connection, CommentMade comment) {
        String what = "comment " + Sql.cut(comment.externalId(), MAX_ID);
        if (comment.externalId().isBlank() || comment.externalId().length() > MAX_ID) {
            return ignored(
                    "comment's id: " + comment.externalId().length() + " characters (expected: 1.." + MAX_ID + ")");
        }
        Optional<Show> show = onAir.shows().liveAt(connection.brand(), comment.at());
        if (show.isEmpty()) {
            return ignored(what + ": no show of " + connection.brand() + " was on air at " + comment.at());
        }
        ChatRoom.Comment said = new ChatRoom.Comment(
                connection.id(),
                connection.channel(),
                comment.externalId(),
                comment.author(),
                comment.text(),
                comment.at());
        return switch (onAir.chat().hear(show.get().id(), said)) {
            case ChatRoom.Heard.Known known -> ignored(what + " was known already");
            case ChatRoom.Heard.Refused refused -> ignored(what + ": " + refused.reason());
            case ChatRoom.Heard.Said done ->
                new Conclusion(
                        State.PROCESSED,
                        what + " is in the chat of " + show.get().slug() + asked(show.get(), connection, comment),
                        null,
                        null);
        };
    }

    private String asked(Show show, Connection connection, CommentMade comment) {
        Optional<CommentSales.Ask> ask = onAir.sales().ask(show.id(), comment.text(), comment.at());
        if (ask.isEmpty()) {
            return "";
        }
        String wish =
                ", and asks for " + ask.get().quantity() + " x " + ask.get().sku();
        String author = Sql.cut(comment.author(), MAX_AUTHOR);
        List<CommentOrder> before = rows.of(show.id(), connection.channel(), author);
        if (before.size() >= MOST_OF_AN_AUTHOR) {
            return wish + ": not held, " + author + " asked " + before.size()
                    + " times in this show (expected: at most " + MOST_OF_AN_AUTHOR + ")";
        }
        if (before.stream().anyMatch(one -> one.sku().equals(ask.get().sku()) && isUnderWay(one))) {
            return wish + ": not held twice, what " + author + " asked for before is not paid yet";
        }
        rows.add(order(show, connection, comment, author, ask.get()));
        return wish;
    }

    /** Whoever writes the same again and again would hold units that they cannot pay for. */
    private boolean isUnderWay(CommentOrder order) {
        UUID hold = order.holdId();
        if (order.state() == CommentOrders.State.DUE || hold == null) {
            return order.state() == CommentOrders.State.DUE;
        }
        return onAir.reservations()
                .find(hold)
                .map(Hold::state)
                .filter(state -> state == Hold.State.HELD || state == Hold.State.PAYING)
                .isPresent();
    }

    private static CommentOrder order(
            Show show, Connection connection, CommentMade comment, String author, CommentSales.Ask ask) {
        @Nullable
        String tooMany = ask.quantity() <= ask.most()
                ? null
                : "asked for " + ask.quantity() + " (expected: at most " + ask.most() + " in a comment)";
        return new CommentOrder(
                UUID.randomUUID(),
                connection.id(),
                comment.externalId(),
                connection.brand(),
                connection.channel(),
                show.id(),
                author,
                ask.sku(),
                ask.title(),
                ask.quantity(),
                ask.unitPrice(),
                ask.pinned(),
                comment.at(),
                tooMany == null ? CommentOrders.State.DUE : CommentOrders.State.REFUSED,
                tooMany,
                null,
                null);
    }

    private static Conclusion ignored(String reason) {
        return new Conclusion(State.IGNORED, reason, null, null);
    }
}
