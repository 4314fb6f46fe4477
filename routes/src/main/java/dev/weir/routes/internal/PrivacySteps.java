package dev.weir.routes.internal;

import dev.weir.checkout.Checkouts;
import dev.weir.orders.Buyers;
import dev.weir.orders.OrderView;
import dev.weir.routes.PrivacyRequests;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * How is a buyer erased? Step of the route {@code privacy}: orders and checkouts first, then the deliveries that told of them, a few
 * hundred a transaction; answered when nothing is left. A hub that dies in between has done what it committed, and the next goes on.
 */
public final class PrivacySteps implements PrivacyRequests {
    private static final String HUB = "hub";

    private final Wiring wiring;
    private final PrivacyRows rows;
    private final InboxEraser inbox;
    private final Buyers buyers;
    private final Checkouts checkouts;
    private final Meter meter;

    PrivacySteps(Wiring wiring, PrivacyRows rows, InboxEraser inbox, Buyers buyers, Checkouts checkouts) {
        this.wiring = wiring;
        this.rows = rows;
        this.inbox = inbox;
        this.buyers = buyers;
        this.checkouts = checkouts;
        this.meter = wiring.meter("privacy", "Erases buyers who asked for it, or whose shop left");
    }

    /** Step: does what is due. */
    public void drain() {
        Optional<PrivacyRows.Claim> claim = rows.claim();
        while (claim.isPresent()) {
            handle(claim.get());
            claim = rows.claim();
        }
    }

    private void handle(PrivacyRows.Claim claim) {
        Request request = claim.request();
        try {
            erase(claim);
            int left = inbox.unhandled(claim);
            if (left > 0) {
                rows.tryLater(
                        request.id(),
                        FaultPolicy.LATER,
                        left + " deliveries that speak of the buyer are still to be handled, see the webhook log");
            } else {
                rows.answer(request.id(), claim.brand(), false, HUB);
            }
            meter.ok(1);
        } catch (RuntimeException e) {
            meter.fail("privacy request " + request.id() + ": " + FaultPolicy.reason(e));
            rows.tryLater(request.id(), Duration.ofMinutes(1), FaultPolicy.reason(e));
        }
    }

    private void erase(PrivacyRows.Claim claim) {
        Buyers.Whom whom = whom(claim.request());
        int orders;
        do {
            orders = Objects.requireNonNull(wiring.transaction().execute(status -> {
                List<UUID> erased = buyers.erase(whom);
                checkouts.forget(erased);
                rows.erased(claim.request().id(), erased.size(), 0);
                return erased.size();
            }));
        } while (orders > 0);
        int deliveries;
        do {
            deliveries = Objects.requireNonNull(wiring.transaction().execute(status -> {
                int erased = inbox.erase(claim);
                rows.erased(claim.request().id(), 0, erased);
                return erased;
            }));
        } while (deliveries > 0);
    }

    private static Buyers.Whom whom(Request request) {
        return request.kind() == Kind.ERASE_SHOP
                ? Buyers.Whom.everyone(request.connectionId())
                : Buyers.Whom.buyer(request.connectionId(), request.email(), request.orderExternalIds());
    }

    @Override
    public List<Request> list(String brand, boolean open, int limit) {
        return rows.list(brand, open, limit);
    }

    @Override
    public Optional<Request> find(String brand, UUID id) {
        return rows.find(brand, id);
    }

    @Override
    public List<OrderView> data(String brand, UUID id) {
        return rows.find(brand, id)
                .filter(request -> request.kind() == Kind.DISCLOSE && request.answeredAt() == null)
                .map(request -> buyers.orders(whom(request)))
                .orElse(List.of());
    }

    @Override
    public boolean answer(String brand, UUID id, String by) {
        return rows.answer(id, brand, true, by);
    }
}
