package dev.weir.routes;

import dev.weir.connectors.Backlog;
import dev.weir.connectors.Backlog.Count;
import java.util.List;

/** What is still to be handled, sent on or told? */
public final class RouteBacklogs {
    /** One question each; every condition has an index, or its table is small. */
    public static final List<Backlog> ALL = List.of(
            Backlog.of(
                    "weir.inbox.deliveries",
                    "Deliveries that are not handled: waiting for their turn, parked until something comes, or dead until somebody acts",
                    new Count("waiting", "received_at", "inbox where next_try_at is not null and state = 'RECEIVED'"),
                    new Count("parked", "received_at", "inbox where state = 'PARKED'"),
                    new Count("dead", "received_at", "inbox where state = 'DEAD'")),
            Backlog.of(
                    "weir.outbox.events",
                    "Events that Kafka does not have yet",
                    new Count("waiting", "at", "outbox where sent_at is null")),
            Backlog.of(
                    "weir.order.pushes",
                    "Paid orders that the brand's backend does not have yet",
                    new Count("waiting", "created_at", "order_push where state = 'DUE'")),
            Backlog.of(
                    "weir.order.cancels",
                    "Orders that a shop is still to call off",
                    new Count("waiting", "created_at", "order_cancel where state = 'DUE'")),
            Backlog.of(
                    "weir.errands",
                    "What a shop is still to be told, or would not be",
                    new Count("waiting", "created_at", "channel_errand where state = 'DUE'"),
                    new Count("refused", "created_at", "channel_errand where state = 'REFUSED'")),
            Backlog.of(
                    "weir.conversions",
                    "Purchases that a platform is still to be told",
                    new Count("waiting", "created_at", "conversion where state = 'DUE' and next_try_at is not null")),
            Backlog.of(
                    "weir.comment.orders",
                    "Comments that ask for goods and have no hold yet",
                    new Count("waiting", "created_at", "comment_order where state = 'DUE'")),
            Backlog.of(
                    "weir.chores",
                    "Chores at shops whose last run failed",
                    new Count("failing", "error_at", "connection_chore where error is not null")),
            Backlog.of(
                    "weir.privacy.requests",
                    "Wishes of buyers that are not answered",
                    new Count("open", "asked_at", "privacy_request where answered_at is null")),
            Backlog.of(
                    "weir.drift",
                    "Differences at shops that are not gone: not healed yet, left to a person, or taken back by one",
                    new Count("open", "since", "drift where state = 'OPEN'"),
                    new Count("asks", "since", "drift where state = 'ASKS'"),
                    new Count("reverted", "since", "drift where state = 'REVERTED'")),
            Backlog.of(
                    "weir.hook.deliveries",
                    "Events that the brand's own systems are still to be told, or would not be for a day",
                    new Count("waiting", "at", "hook_delivery where state = 'DUE'"),
                    new Count("failed", "done_at", "hook_delivery where state = 'FAILED'")),
            Backlog.of(
                    "weir.hook.endpoints",
                    "The brand's own systems that take nothing, or that the hub switched off for it",
                    new Count("failing", "failing_since", "hook_endpoint where is_on and failing_since is not null"),
                    new Count("off", "off_at", "hook_endpoint where needs_you is not null")));

    private RouteBacklogs() {}
}
