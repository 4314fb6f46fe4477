package dev.weir.checkout;

import dev.weir.connectors.Backlog;
import dev.weir.connectors.Backlog.Count;
import java.util.List;

/** Which payments are not at their end? */
public final class CheckoutBacklogs {
    /** One question, which an index answers. */
    public static final List<Backlog> ALL = List.of(Backlog.of(
            "weir.checkouts",
            "Checkouts under way: open until the buyer's bank has said yes, then authorised until the money is taken",
            new Count("open", "created_at", "checkout where state = 'OPEN'"),
            new Count("authorised", "updated_at", "checkout where state = 'AUTHORISED'")));

    private CheckoutBacklogs() {}
}
