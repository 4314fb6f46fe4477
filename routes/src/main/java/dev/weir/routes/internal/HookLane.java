package dev.weir.routes.internal;

import dev.weir.routes.HookSettings;
import dev.weir.routes.WebhookEndpoints.Attempt;
import dev.weir.routes.WebhookEndpoints.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How does one event get to one endpoint, and what follows from the answer? 2xx is the end of it. Anything else is tried again, 11
 * times over a little more than 24 h; then the delivery is given up, and its endpoint is switched off when nothing else got through
 * either. 410 switches it off at once.
 */
final class HookLane {
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4),
            Duration.ofHours(6),
            Duration.ofHours(10).plusMinutes(20));
    private static final Duration TERM = Duration.ofHours(24);
    private static final Duration WRITING = Duration.ofSeconds(30);
    private static final int GONE = 410;

    private final HookRows rows;
    private final HookDeliveries deliveries;
    private final TransactionTemplate transaction;
    private final HookCall call;
    private final Duration hold;
    private final Clock clock;

    HookLane(
            HookRows rows,
            HookDeliveries deliveries,
            TransactionTemplate transaction,
            HookCall call,
            HookSettings settings,
            Clock clock) {
        this.rows = rows;
        this.deliveries = deliveries;
        this.transaction = transaction;
        this.call = call;
        this.hold = settings.answer().plus(WRITING);
        this.clock = clock;
    }

    /** Delivers the endpoint's next; false when there is none. */
    boolean next(UUID endpoint) {
        Optional<HookDeliveries.Due> taken = deliveries.take(endpoint, hold);
        if (taken.isEmpty()) {
            return false;
        }
        HookDeliveries.Due due = taken.get();
        Optional<HookRows.Target> target = rows.target(endpoint, true);
        if (target.isEmpty()) {
            deliveries.putBack(due);
            return false;
        }
        Tried tried = attempt(target.get(), due.eventId(), due.body());
        if (call.isClosed() && !tried.isTaken()) {
            // That was our doing: whoever looks when its time in hand is over tries again.
            return false;
        }
        transaction.executeWithoutResult(status -> settle(due, tried));
        return true;
    }

    /** One event, once, whatever the endpoint's standing; that is not changed by it either. */
    Attempt single(HookRows.Target target, PublicEvent event) {
        long delivery = deliveries.single(target.id(), event, hold);
        Tried tried = attempt(target, event.id(), event.body());
        transaction.executeWithoutResult(status -> {
            deliveries.note(delivery, tried.attempt());
            deliveries.move(delivery, tried.isTaken() ? State.DONE : State.FAILED, null);
        });
        return tried.attempt();
    }

    private record Tried(Attempt attempt, Duration later) {
        boolean isTaken() {
            return attempt.error() == null;
        }
    }

    private Tried attempt(HookRows.Target target, String eventId, String body) {
        Instant at = clock.instant();
        long began = System.nanoTime();
        HookCall.Answer answer = call.post(target, eventId, body, at);
        long millis = (System.nanoTime() - began) / 1_000_000;
        return switch (answer) {
            case HookCall.Answer.Said said ->
                new Tried(new Attempt(at, millis, said.status(), error(said), said.text()), said.later());
            case HookCall.Answer.Silent silent ->
                new Tried(new Attempt(at, millis, null, silent.reason(), ""), Duration.ZERO);
        };
    }

    private static @Nullable String error(HookCall.Answer.Said said) {
        if (said.isTaken()) {
            return null;
        }
        boolean isRedirect = said.status() >= 300 && said.status() < 400;
        return "answered " + said.status() + (isRedirect ? " (redirects are not followed)" : "");
    }

    private void settle(HookDeliveries.Due due, Tried tried) {
        deliveries.note(due.id(), tried.attempt());
        Integer status = tried.attempt().status();
        if (tried.isTaken()) {
            deliveries.move(due.id(), State.DONE, null);
            rows.gotThrough(due.endpoint());
        } else if (status != null && status == GONE) {
            deliveries.move(due.id(), State.FAILED, null);
            rows.switchOff(due.endpoint(), "It answered 410: gone for good.");
        } else {
            again(due, tried);
        }
    }

    private void again(HookDeliveries.Due due, Tried tried) {
        Instant now = clock.instant();
        if (due.attempts() < PAUSES.size()) {
            Duration pause = PAUSES.get(due.attempts());
            Duration wished = tried.later();
            deliveries.move(due.id(), State.DUE, now.plus(pause.compareTo(wished) < 0 ? wished : pause));
        } else {
            deliveries.move(due.id(), State.FAILED, null);
        }
        Optional<Instant> since = rows.failing(due.endpoint());
        if (since.isPresent() && !since.get().isAfter(now.minus(TERM))) {
            rows.switchOff(
                    due.endpoint(),
                    "Nothing got through since " + since.get() + ". Last: "
                            + tried.attempt().error());
        }
    }
}
