package dev.weir.reservation;

import dev.weir.connectors.Backlog;
import dev.weir.connectors.Backlog.Count;
import java.util.List;

/** What of holds and stock waits for somebody, or must not be there at all? */
public final class StockBacklogs {
    /** One question each; every condition has an index. */
    public static final List<Backlog> ALL = List.of(
            Backlog.of(
                    "weir.holds",
                    "Holds that have not ended",
                    new Count("held", "created_at", "hold where state = 'HELD'"),
                    new Count("paying", "created_at", "hold where state = 'PAYING'")),
            Backlog.of(
                    "weir.waitlist.places",
                    "Places in line of buyers who wait for units",
                    new Count("waiting", "joined_at", "waitlist where state = 'WAITING'")),
            Backlog.of(
                    "weir.shortfalls",
                    "Sales beyond what was there",
                    new Count("open", "opened_at", "shortfall where state = 'OPEN' and state <> 'RESOLVED'"),
                    new Count(
                            "cancelling", "opened_at", "shortfall where state = 'CANCELLING' and state <> 'RESOLVED'"),
                    new Count("waiting", "resolved_at", "shortfall where state = 'RESOLVED' and done_at is null")),
            Backlog.of(
                    "weir.stock.proofs",
                    "SKUs whose promise, held + sold + allocated within what is on hand, is broken now",
                    new Count("broken", "breach_at", "stock_proof where breaches > 0 and since is null")));

    private StockBacklogs() {}
}
