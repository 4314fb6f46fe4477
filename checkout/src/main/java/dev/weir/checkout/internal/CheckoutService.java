package dev.weir.checkout.internal;

import dev.weir.checkout.Checkouts;
import dev.weir.checkout.PaymentGateway;
import dev.weir.checkout.PaymentGateway.PaymentEvent;
import dev.weir.checkout.PaymentResult;
import dev.weir.connectors.Money;
import dev.weir.connectors.Outbox;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookVerdict;
import dev.weir.orders.OrderBook;
import dev.weir.reservation.Hold;
import dev.weir.reservation.Reservations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The checkout: asks holds and gateways, keeps rows, and leaves to {@link Settler} what a payment's state means. */
public final class CheckoutService implements Checkouts {
    private static final Logger LOG = LoggerFactory.getLogger(CheckoutService.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);
    private static final int BATCH = 100;
    private static final int SILENCES = 3;

    private final CheckoutTable table;
    private final Reservations reservations;
    private final Gateways gateways;
    private final Settler settler;
    private final Books books;
    private final TransactionTemplate transaction;

    /** Joins the parts; the transaction manager is the data source's. */
    public CheckoutService(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            Reservations reservations,
            OrderBook orders,
            Outbox outbox,
            List<PaymentGateway> gateways,
            Clock clock) {
        this.table = new CheckoutTable(dataSource, clock);
        this.reservations = reservations;
        this.gateways = new Gateways(gateways);
        this.transaction = new TransactionTemplate(transactions);
        this.books = new Books(transaction, table, reservations, orders, outbox, clock);
        this.settler = new Settler(this.gateways, books, reservations);
    }

    @Override
    public Opened open(Request request) {
        Requests.check(request);
        PaymentGateway gateway = gateways.named(request.gateway());
        Optional<Hold> found = reservations.findByToken(request.holdToken());
        if (found.isEmpty()) {
            return new Opened.UnknownHold();
        }
        Hold hold = found.get();
        Optional<CheckoutRow> before = table.ofHold(hold.id());
        if (before.isPresent() && before.get().ended()) {
            return answer(before.get());
        }
        String lost = lost(hold.state());
        if (lost != null) {
            return new Opened.HoldLost(lost);
        }
        if (before.isEmpty()) {
            CheckoutRow row = Requests.row(request, hold, gateway.name());
            transaction.executeWithoutResult(status -> table.insert(row));
        }
        CheckoutRow row = table.ofHold(hold.id()).orElseThrow();
        return row.reference() == null || row.clientSecret() == null ? create(row) : answer(row);
    }

    private Opened create(CheckoutRow row) {
        PaymentResult opened = settler.create(row);
        CheckoutRow now = table.find(row.id()).orElseThrow();
        if (now.reference() != null && now.clientSecret() != null) {
            return answer(now);
        }
        Duration wait = opened.retryAfter() == null ? TRY_AGAIN : opened.retryAfter();
        return new Opened.GatewayDown(Objects.requireNonNullElse(opened.reason(), "no answer"), wait);
    }

    private Opened answer(CheckoutRow row) {
        return switch (row.state()) {
            case OPEN, AUTHORISED, PAID -> new Opened.Ready(view(row));
            case CANCELLED, EXPIRED -> new Opened.HoldLost(Objects.requireNonNullElse(row.reason(), "lost"));
            case FAILED -> new Opened.GatewayDown(Objects.requireNonNullElse(row.reason(), "refused"), TRY_AGAIN);
        };
    }

    private static @org.jspecify.annotations.Nullable String lost(Hold.State state) {
        return switch (state) {
            case HELD, PAYING, COMMITTED -> null;
            case RELEASED -> "The hold was given back.";
            case EXPIRED -> "The hold's time ran out.";
        };
    }

    @Override
    public Optional<CheckoutView> find(UUID id) {
        Optional<CheckoutRow> row = table.find(id);
        if (row.isEmpty() || row.get().ended()) {
            return row.map(this::view);
        }
        boolean ask = Boolean.TRUE.equals(transaction.execute(status -> table.claimCheck(id, PATIENCE)));
        if (ask) {
            refresh(row.get());
        }
        return table.find(id).map(this::view);
    }

    @Override
    public WebhookVerdict verify(String gateway, RawWebhook webhook) {
        return gateways.named(gateway).verify(webhook);
    }

    @Override
    public String take(String gateway, RawWebhook webhook) {
        Optional<PaymentEvent> parsed = gateways.named(gateway).parse(webhook);
        if (parsed.isEmpty()) {
            return "left out: not about a payment";
        }
        PaymentEvent event = parsed.get();
        String reference = Objects.requireNonNullElse(event.payment().reference(), "");
        Optional<CheckoutRow> found =
                event.checkoutId() == null ? table.ofReference(reference) : table.find(event.checkoutId());
        if (found.isEmpty() || !found.get().gateway().equals(gateway)) {
            return "left out: no checkout of ours";
        }
        CheckoutRow row = found.get();
        if (row.reference() == null) {
            books.reference(row.id(), event.payment());
            row = table.find(row.id()).orElseThrow();
        }
        return reference.equals(row.reference())
                ? settler.settle(row, event.payment())
                : "left out: the checkout has another payment";
    }

    @Override
    public int recover() {
        List<CheckoutRow> due =
                Objects.requireNonNullElse(transaction.execute(status -> table.claimDue(BATCH)), List.of());
        int moved = 0;
        int silences = 0;
        for (CheckoutRow row : due) {
            silences = refresh(row) ? 0 : silences + 1;
            if (table.find(row.id()).orElseThrow().state() != row.state()) {
                moved++;
            }
            if (silences == SILENCES) {
                LOG.warn("The gateway stays silent; {} checkouts wait for the next round", due.size());
                break;
            }
        }
        return moved;
    }

    @Override
    public PaymentResult refund(UUID orderId, Money amount, String key) {
        Optional<CheckoutRow> paid = table.ofOrder(orderId).filter(row -> row.state() == State.PAID);
        if (paid.isEmpty()) {
            return PaymentResult.failed(null, "order: " + orderId + " (expected: one that was paid here)");
        }
        CheckoutRow row = paid.get();
        return gateways.named(row.gateway())
                .refund(Objects.requireNonNull(row.reference()), amount, "refund-" + row.id() + "-" + key);
    }

    @Override
    public void forget(Collection<UUID> orders) {
        if (!orders.isEmpty()) {
            table.forget(orders);
        }
    }

    /** Asks the gateway and acts on the answer; false when there was none. */
    private boolean refresh(CheckoutRow before) {
        try {
            CheckoutRow row = before;
            if (row.reference() == null) {
                settler.create(row);
                row = table.find(row.id()).orElseThrow();
            }
            if (row.reference() == null || row.ended()) {
                return row.ended();
            }
            PaymentResult seen = gateways.named(row.gateway()).find(row.reference());
            String effect = settler.settle(row, seen);
            LOG.debug("{}: {}", row, effect);
            return seen.status() != PaymentResult.Status.UNKNOWN;
        } catch (RuntimeException e) {
            LOG.warn("{} is tried again later", before, e);
            return true;
        }
    }

    private CheckoutView view(CheckoutRow row) {
        Instant expiresAt = reservations.find(row.holdId()).map(Hold::expiresAt).orElse(row.expiresAt());
        return new CheckoutView(
                row.id(),
                row.holdId(),
                row.state(),
                row.total(),
                row.gateway(),
                Objects.requireNonNullElse(row.reference(), ""),
                Objects.requireNonNullElse(row.clientSecret(), ""),
                gateways.named(row.gateway()).publishableKey(),
                expiresAt,
                row.orderId(),
                row.ended() ? row.reason() : null);
    }
}
