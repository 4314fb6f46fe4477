package dev.weir.routes.internal;

import dev.weir.routes.RoutesModule;
import java.util.List;

/** Which parts look after shops and orders once they are there? Chores, errands and buyers' wishes over their tables. */
final class Aftercare {
    private final Wiring wiring;
    private final RoutesModule.Parts parts;
    private final ChoreRows chores;
    private final ErrandRows errands;
    private final PrivacyRows privacy;
    private final PayoutRows payouts;
    private final CallOffRun callOffs;
    private final RefundRun refunds;
    private final BackendRefunds backendRefunds;

    Aftercare(Wiring wiring, RoutesModule.Parts parts) {
        this.wiring = wiring;
        this.parts = parts;
        chores = new ChoreRows(wiring.jdbc(), parts.clock());
        errands = new ErrandRows(wiring.jdbc(), parts.clock());
        privacy = new PrivacyRows(wiring.jdbc(), parts.clock());
        payouts = new PayoutRows(wiring, parts.outbox());
        refunds = new RefundRun(wiring, errands, new OrderPushes(wiring.jdbc(), parts.clock()), parts.checkouts());
        backendRefunds = new BackendRefunds(wiring, errands, refunds);
        callOffs = new CallOffRun(wiring, errands, backendRefunds);
    }

    BackendRefunds backendRefunds() {
        return backendRefunds;
    }

    NoticeEffects notices() {
        return new NoticeEffects(parts.shipments(), errands, chores, privacy, parts.access());
    }

    ErrandSteps errands() {
        return new ErrandSteps(
                wiring,
                errands,
                new ShipRun(wiring, parts.shipments(), errands),
                refunds,
                callOffs,
                List.of(new PriceRun(wiring)));
    }

    OrderSteps orders() {
        return new OrderSteps(wiring, new OrderPushes(wiring.jdbc(), parts.clock()), callOffs);
    }

    ChoreSteps chores(
            PollSteps polls, InboxEffects effects, CatalogueChanging changing, Reconciling drift, Following following) {
        return new ChoreSteps(
                wiring,
                chores,
                List.of(
                        new Subscribing(wiring, chores, parts.webhookAddress()),
                        new MissedOrders(polls),
                        new AfterSaleReading(wiring, effects),
                        changing,
                        new PayoutReading(wiring, payouts),
                        drift,
                        following));
    }

    CatalogueChanging changing(CatalogueIn catalogue, CatalogueNews news) {
        return new CatalogueChanging(wiring, catalogue, new PriceErrands(wiring, errands), news);
    }

    ChoreRows choreRows() {
        return chores;
    }

    PayoutRows payouts() {
        return payouts;
    }

    PrivacySteps privacy() {
        return new PrivacySteps(
                wiring, privacy, new InboxEraser(wiring.jdbc(), parts.clock()), parts.buyers(), parts.checkouts());
    }
}
