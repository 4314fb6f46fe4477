package dev.weir.instagram.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Conversions;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.Lane;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How does Meta learn of purchases? As events of a dataset, at most 1,000 a call. Our order's id is the event's, so that Meta
 * drops repeats, also of a browser's pixel, for 48 hours. One event of more than 7 days fails the whole call: such purchases
 * are never sent, and named to the caller once the others are.
 */
public final class InstagramConversions implements Conversions {
    private static final int MOST = 1_000;

    /** Seven days, less what clocks differ by. */
    private static final Duration OLDEST = Duration.ofDays(7).minusMinutes(10);

    private static final int TOLD = 10;

    private final GraphClient client;
    private final Connection connection;
    private final Clock clock;

    /** The purchases of one connection. */
    public InstagramConversions(GraphClient client, Connection connection, Clock clock) {
        this.client = client;
        this.connection = connection;
        this.clock = clock;
    }

    @Override
    public int batchSize() {
        return MOST;
    }

    @Override
    public void purchased(List<Purchase> purchases) {
        Instant now = clock.instant();
        Map<String, Purchase> fresh = new LinkedHashMap<>();
        List<String> old = new ArrayList<>();
        for (Purchase purchase : purchases) {
            if (purchase.at().isBefore(now.minus(OLDEST))) {
                old.add(purchase.key());
            } else if (permitted(purchase)) {
                fresh.putIfAbsent(purchase.key(), purchase);
            }
        }
        List<Purchase> all = List.copyOf(fresh.values());
        for (int from = 0; from < all.size(); from += MOST) {
            send(all.subList(from, Math.min(from + MOST, all.size())), now);
        }
        if (!old.isEmpty()) {
            throw new ChannelException(
                    Fault.REJECTED,
                    "events: " + old.size() + " purchases are older than 7 days, which Meta does not take: "
                            + old.stream().limit(TOLD).toList());
        }
    }

    /** Where the brand asks its buyers, only those who said yes are told of. */
    private boolean permitted(Purchase purchase) {
        return !connection.setting("onlyWithConsent", "false").equals("true")
                || purchase.campaign().getOrDefault("consent", "").equals("granted");
    }

    private void send(List<Purchase> purchases, Instant now) {
        ObjectNode body = GraphClient.JSON.createObjectNode();
        ArrayNode data = body.putArray("data");
        purchases.forEach(purchase -> data.add(PurchaseEvent.of(purchase, now, connection.setting("shopUrl"))));
        String test = connection.setting("testEventCode", "");
        if (!test.isBlank()) {
            body.put("test_event_code", test);
        }
        String dataset = "/" + GraphClient.encode(connection.setting("datasetId"));
        JsonNode answer = client.repeatable("events", Lane.CATALOGUE, dataset + "/events", body);
        int received = answer.path("events_received").asInt();
        if (received != purchases.size()) {
            throw new ChannelException(
                    Fault.REJECTED,
                    "events: " + received + " of " + purchases.size() + " received, " + answer.path("messages"));
        }
    }
}
