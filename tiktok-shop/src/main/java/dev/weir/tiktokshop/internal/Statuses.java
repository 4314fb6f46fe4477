package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/** What is a status called, whoever says it? Webhooks and API have different words for three of them (fact sheet, 0.8). */
final class Statuses {
    static final String CANCELLED = "CANCELLED";
    static final String CANCEL_PENDING = "CANCELLATION_REQUEST_PENDING";
    static final String CANCEL_WITHDRAWN = "CANCELLATION_REQUEST_CANCEL";
    static final String CANCEL_COMPLETE = "CANCELLATION_REQUEST_COMPLETE";
    static final String RETURN_COMPLETE = "RETURN_OR_REFUND_REQUEST_COMPLETE";

    private static final Map<String, String> OF_WEBHOOKS = Map.of(
            "CANCEL", CANCELLED,
            "CANCELLATION_REQUEST_CANCELLED", CANCEL_WITHDRAWN,
            "REFUND_OR_RETURN_REQUEST_REJECT", "RETURN_OR_REFUND_REQUEST_REJECT");
    private static final Set<String> LEFT = Set.of("AWAITING_COLLECTION", "IN_TRANSIT", "DELIVERED", "COMPLETED");

    private Statuses() {}

    /** The API's word for what either says; empty for none. */
    static String of(JsonNode word) {
        String text = word.asText("");
        return OF_WEBHOOKS.getOrDefault(text, text);
    }

    /** Whether goods in this state have been handed over, or are ready to be. */
    static boolean hasLeft(String status) {
        return LEFT.contains(status);
    }
}
