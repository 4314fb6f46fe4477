package dev.weir.routes.internal;

import dev.weir.connectors.Capability;
import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.CommentReply;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.live.Show;
import dev.weir.live.ShowEvents;
import dev.weir.reservation.Hold;
import dev.weir.reservation.HoldOutcome;
import dev.weir.routes.CommentOrders;
import dev.weir.routes.RoutesModule;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How does a commenter come to what they asked for? The comment's row is claimed, its units are held like those of a tap, under
 * the same rules and for the same 90 s, and the channel answers with the link to pay at. The hold is keyed by the comment and
 * the answer is given once, so both may be tried again. Steps of {@code comment-orders}.
 */
public final class CommentSteps implements CommentOrders {
    private static final int SIDE_BY_SIDE = 4;
    private static final int MOST = 200;

    /** Nobody waits longer for an answer to a comment; older ones are left from a hub that was away. */
    private static final Duration MOST_AGE = Duration.ofMinutes(5);

    private static final int MAX_TITLE = 80;

    private final Wiring wiring;
    private final RoutesModule.OnAir onAir;
    private final CommentRows rows;
    private final Meter meter;
    private final Drain drain;

    CommentSteps(Wiring wiring, RoutesModule.OnAir onAir, CommentRows rows) {
        this.wiring = wiring;
        this.onAir = onAir;
        this.rows = rows;
        this.meter = wiring.meter("comment-answers", "Holds what commenters ask for, and answers them");
        this.drain = new Drain("comment-orders", SIDE_BY_SIDE, this::one);
    }

    /** Step: starts with every brand that has unanswered comments. */
    public void drain() {
        rows.dueBrands().forEach(drain::start);
    }

    void close() {
        drain.close();
    }

    @Override
    public List<Entry> list(UUID showId, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1.." + MOST + ")");
        }
        return rows.newest(showId, limit).stream().map(CommentOrder::entry).toList();
    }

    @Override
    public Optional<URI> link(UUID showId, UUID id) {
        Optional<CommentOrder> order = rows.find(showId, id).filter(found -> found.holdId() != null);
        if (order.isEmpty() || !isHeld(order.get().holdId())) {
            return Optional.empty();
        }
        Show show = show(order.get());
        // Asked for again under the comment's key: the token is not kept anywhere.
        return onAir.reservations().hold(order.get().request(show)) instanceof HoldOutcome.Granted granted
                        && granted.repeated()
                ? Optional.of(onAir.links().to(show, granted.hold(), granted.token()))
                : Optional.empty();
    }

    private boolean one(String brand) {
        Optional<CommentRows.Claim> claim = rows.claim(brand);
        claim.ifPresent(this::serve);
        return claim.isPresent();
    }

    private void serve(CommentRows.Claim claim) {
        CommentOrder order = claim.order();
        try {
            serve(claim, order, show(order), wiring.connection(order.connectionId()));
            meter.ok(1);
        } catch (RuntimeException e) {
            meter.fail("comment " + order.externalId() + ": " + FaultPolicy.reason(e));
            switch (FaultPolicy.ORDERS.decide(e, claim.attempt())) {
                case FaultPolicy.Verdict.Retry retry -> rows.tryLater(order.id(), retry.after(), retry.reason());
                case FaultPolicy.Verdict.Park park -> end(order, State.REFUSED, park.reason());
            }
        }
    }

    private void serve(CommentRows.Claim claim, CommentOrder order, Show show, Connection connection) {
        boolean tooLate =
                show.state() == Show.State.ENDED || now().isAfter(order.saidAt().plus(MOST_AGE));
        if (tooLate && order.holdId() == null) {
            end(order, State.REFUSED, "too late: the show had gone on by the time that this hub came to it");
            return;
        }
        switch (onAir.reservations().hold(order.request(show))) {
            case HoldOutcome.Granted granted -> held(claim, show, connection, granted);
            case HoldOutcome.SoldOut gone ->
                refuse(order, show, connection, "sold out: " + gone.available() + " left", "is sold out just now");
            case HoldOutcome.OverCap over ->
                refuse(
                        order,
                        show,
                        connection,
                        order.author() + " has " + over.has() + " (expected: at most " + over.cap() + " in this show)",
                        "is limited to " + over.cap() + " for each buyer, and you have yours");
            case HoldOutcome.UnknownSku unknown -> end(order, State.REFUSED, "no stock of " + unknown.sku());
            case HoldOutcome.BuyerNeeded needed -> end(order, State.REFUSED, needed.sku() + " needs a known buyer");
            case HoldOutcome.KeyReused reused ->
                end(order, State.REFUSED, "the comment asked for something else before");
            case HoldOutcome.Unavailable away ->
                rows.tryLater(order.id(), away.retryAfter(), "holds cannot be granted right now");
        }
    }

    private void held(CommentRows.Claim claim, Show show, Connection connection, HoldOutcome.Granted granted) {
        CommentOrder order = claim.order();
        Hold hold = granted.hold();
        if (!isHeld(hold.id())) {
            end(order, State.UNANSWERED, "what was held lapsed before its buyer could be told");
            return;
        }
        rows.held(order.id(), hold.id(), hold.expiresAt());
        Channel channel = wiring.channel(connection);
        if (!channel.capabilities().contains(Capability.COMMENT_REPLY)) {
            end(order, State.SHOWN, channel.title() + " has no way to answer: tell " + order.author() + " yourself");
            return;
        }
        try {
            channel.commentReply(connection).answer(order.externalId(), paying(order, show, granted));
            end(order, State.ANSWERED, null);
        } catch (RuntimeException e) {
            meter.fail("comment " + order.externalId() + ": " + FaultPolicy.reason(e));
            FaultPolicy.Verdict verdict = FaultPolicy.ORDERS.decide(e, claim.attempt());
            if (verdict instanceof FaultPolicy.Verdict.Retry retry
                    && now().plus(retry.after()).isBefore(hold.expiresAt())) {
                rows.tryLater(order.id(), retry.after(), retry.reason());
            } else {
                end(order, State.UNANSWERED, verdict.reason());
            }
        }
    }

    /** Nothing is held; the buyer hears why once, if the channel can say it. */
    private void refuse(CommentOrder order, Show show, Connection connection, String reason, String toBuyer) {
        Channel channel = wiring.channel(connection);
        String told = "";
        if (channel.capabilities().contains(Capability.COMMENT_REPLY)) {
            CommentReply reply = channel.commentReply(connection);
            String text = "%s %s. The show goes on here: %s"
                    .formatted(
                            Sql.cut(order.title(), MAX_TITLE),
                            toBuyer,
                            onAir.links().to(show));
            try {
                reply.answer(order.externalId(), text);
                told = "; told so";
            } catch (ChannelException e) {
                told = "; not told: " + FaultPolicy.reason(e);
            }
        }
        end(order, State.REFUSED, reason + told);
    }

    private String paying(CommentOrder order, Show show, HoldOutcome.Granted granted) {
        long seconds =
                Math.max(1, Duration.between(now(), granted.hold().expiresAt()).toSeconds());
        return "%d x %s held for you for %d seconds. Pay here: %s"
                .formatted(
                        order.quantity(),
                        Sql.cut(order.title(), MAX_TITLE),
                        seconds,
                        onAir.links().to(show, granted.hold(), granted.token()));
    }

    private void end(CommentOrder order, State state, @Nullable String reason) {
        rows.end(order.id(), state, reason);
        rows.find(order.showId(), order.id())
                .ifPresent(ended -> onAir.events()
                        .publish(order.showId(), new ShowEvents.Event("comment-order", data(ended), true)));
    }

    private static Map<String, Object> data(CommentOrder order) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", order.id().toString());
        data.put("channel", order.channel());
        data.put("author", order.author());
        data.put("sku", order.sku().value());
        data.put("quantity", order.quantity());
        data.put("state", order.state().name());
        data.put("reason", order.reason());
        data.put("saidAt", order.saidAt().toString());
        data.put(
                "heldUntil",
                order.heldUntil() == null ? null : order.heldUntil().toString());
        return data;
    }

    private Show show(CommentOrder order) {
        return onAir.shows()
                .find(order.showId().toString())
                .orElseThrow(() -> new ChannelException(
                        Fault.REJECTED, "show: " + order.showId() + " (expected: one that exists)"));
    }

    private boolean isHeld(@Nullable UUID hold) {
        return hold != null
                && onAir.reservations()
                        .find(hold)
                        .filter(now -> now.state() == Hold.State.HELD)
                        .isPresent();
    }

    private Instant now() {
        return wiring.clock().instant();
    }
}
