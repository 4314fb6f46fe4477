package dev.weir.connectors;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How does an order that was paid here reach the brand's backend? */
public interface OrderPush {
    /** Creates the order, or finds the one that an earlier try with the same {@code key} made; returns the shop's id. */
    String push(Request order);

    /**
     * @param key our order id: unique, and stored at the shop so that a lost answer can be looked up
     * @param address free-form lines: name, line1, line2, city, postalCode, country
     * @param notes facts shown at the backend: show, host, pin, channel
     */
    record Request(
            String key,
            List<Line> lines,
            Money total,
            String email,
            Map<String, String> address,
            Map<String, String> notes,
            @Nullable String paymentReference) {}

    /** A line with the shop's record it belongs to. */
    record Line(OrderLine line, Listing listing) {}
}
