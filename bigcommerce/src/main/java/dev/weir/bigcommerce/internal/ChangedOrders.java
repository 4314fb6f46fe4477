package dev.weir.bigcommerce.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which orders changed, oldest change first? An order that changes while the list is read moves to its end and shifts the pages
 * behind it; so each question begins at the last answer's time, and a page is turned only within one second. At most 100 are told,
 * but of a second that has more all of them, up to 1,000: the caller could not pass it otherwise. Incomplete orders are passed over.
 */
final class ChangedOrders {
    private static final int PAGE = 100;
    private static final int MOST_OF_A_SECOND = 1_000;
    private static final int MOST_CALLS = 200;

    private final BigCommerceClient client;
    private final List<JsonNode> found = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    ChangedOrders(BigCommerceClient client) {
        this.client = client;
    }

    List<JsonNode> since(Instant since) {
        Instant from = since.truncatedTo(ChronoUnit.SECONDS);
        int page = 1;
        for (int call = 0; call < MOST_CALLS; call++) {
            JsonNode rows = client.get("orders", "/v2/orders", query(from, page));
            rows.forEach(this::take);
            if (rows.size() < PAGE || isEnough()) {
                break;
            }
            Instant last = BigCommerceOrders.modified(rows.path(rows.size() - 1));
            page = last.isAfter(from) ? 1 : page + 1;
            from = last.isAfter(from) ? last : from;
        }
        return found.size() > PAGE && !isOneSecond() ? found.subList(0, PAGE) : found;
    }

    private void take(JsonNode row) {
        boolean placed = row.path("status_id").asInt() != BigCommerceOrders.INCOMPLETE;
        if (placed && seen.add(row.path("id").asText())) {
            found.add(row);
        }
    }

    private boolean isEnough() {
        return found.size() >= MOST_OF_A_SECOND || (found.size() >= PAGE && !isOneSecond());
    }

    private boolean isOneSecond() {
        return BigCommerceOrders.modified(found.getFirst()).equals(BigCommerceOrders.modified(found.getLast()));
    }

    private static Map<String, String> query(Instant from, int page) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("min_date_modified", from.toString());
        query.put("sort", "date_modified:asc");
        query.put("limit", Integer.toString(PAGE));
        query.put("page", Integer.toString(page));
        return query;
    }
}
