package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import java.util.Map;

/** Where does an order go, as Magento wants it said? Name and telephone are compulsory there. */
final class Addresses {
    private static final int HOLD_PARTS = 4;

    /** For what a channel keeps to itself and Magento insists on. */
    private static final String UNTOLD = "-";

    private Addresses() {}

    static ObjectNode of(String email, Map<String, String> from) {
        String name = told(from, "name", "Guest").strip();
        int blank = name.lastIndexOf(' ');
        ObjectNode address = MagentoClient.object()
                .put("email", email)
                .put("firstname", blank < 0 ? name : name.substring(0, blank))
                .put("lastname", blank < 0 ? name : name.substring(blank + 1))
                .put("city", told(from, "city", UNTOLD))
                .put("postcode", told(from, "postalCode", UNTOLD))
                .put("country_id", from.getOrDefault("country", ""))
                .put("region", from.getOrDefault("region", ""))
                .put("telephone", told(from, "phone", "000000000"));
        var street = address.putArray("street").add(told(from, "line1", UNTOLD));
        if (!from.getOrDefault("line2", "").isBlank()) {
            street.add(from.get("line2"));
        }
        return address;
    }

    private static String told(Map<String, String> from, String part, String otherwise) {
        String value = from.getOrDefault(part, "");
        return value.isBlank() ? otherwise : value;
    }

    /** The address of orders that hold units, which nobody ships: the operator's, because shops do not ship everywhere. */
    static ObjectNode ofHold(Connection connection, String email) {
        String[] parts = connection.setting("holdAddress").split(";", -1);
        if (parts.length != HOLD_PARTS) {
            throw new ChannelException(
                    Fault.REJECTED,
                    "holdAddress: " + parts.length + " parts (expected: street; city; postal code; country)");
        }
        return of(
                email,
                Map.of(
                        "name", "Weir Hold",
                        "line1", parts[0].strip(),
                        "city", parts[1].strip(),
                        "postalCode", parts[2].strip(),
                        "country", parts[3].strip()));
    }
}
