package dev.weir.routes.internal;

import dev.weir.connectors.Capability;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.Connection;
import dev.weir.orders.OrderBook.Intake;
import dev.weir.routes.ConnectionChores.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which goods left, and which money went back, at shops that do not push? Asked for every two minutes, each time from five minutes before
 * the last time; once an hour from three days before, because a parcel's number that is written later moves no clock of the shop's, and
 * what speaks of an order that is not known yet waits here for nothing else. What is known already changes nothing.
 */
final class AfterSaleReading implements Chore {
    private static final Duration OVERLAP = Duration.ofMinutes(5);
    private static final Duration REACH = Duration.ofDays(3);

    private final Wiring wiring;
    private final InboxEffects effects;

    AfterSaleReading(Wiring wiring, InboxEffects effects) {
        this.wiring = wiring;
        this.effects = effects;
    }

    @Override
    public Kind kind() {
        return Kind.AFTER_SALE;
    }

    @Override
    public Set<Capability> needs() {
        return Set.of(Capability.AFTER_SALE_POLL);
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(2);
    }

    @Override
    public Duration first() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Done run(Connection connection, Instant mark) {
        Instant now = wiring.clock().instant();
        boolean isNewHour = !mark.truncatedTo(ChronoUnit.HOURS).equals(now.truncatedTo(ChronoUnit.HOURS));
        Round round = new Round();
        Instant next = wiring.channel(connection)
                .afterSalePoll(connection)
                .readSince(mark.minus(isNewHour ? REACH : OVERLAP), event -> take(connection, event, round));
        if (round.failure != null) {
            throw round.failure;
        }
        return new Done(
                next, round.news + " shipments and refunds are news, " + round.early + " are of orders not known");
    }

    /** One that fails keeps the mark where it is, but nothing behind it from being taken. */
    private void take(Connection connection, ChannelEvent event, Round round) {
        try {
            switch (Objects.requireNonNull(
                    wiring.transaction().execute(status -> effects.afterSale(connection, event)))) {
                case Intake.Done done -> round.news++;
                case Intake.Unchanged same -> {}
                case Intake.NotYet notYet -> round.early++;
            }
        } catch (RuntimeException e) {
            if (round.failure == null) {
                round.failure = e;
            }
        }
    }

    private static final class Round {
        private int news;
        private int early;
        private @Nullable RuntimeException failure;
    }
}
