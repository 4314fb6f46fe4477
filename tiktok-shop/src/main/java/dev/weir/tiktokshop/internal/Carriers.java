package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.Lane;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which of TikTok's carriers is meant by a name? Asked of the order's delivery option; their ids are never fixed. */
final class Carriers {
    private final TikTokClient client;

    Carriers(TikTokClient client) {
        this.client = client;
    }

    /** The platform's id of {@code carrier}; the only one where the option has but one. */
    String id(JsonNode order, @Nullable String carrier) {
        Map<String, String> known = new LinkedHashMap<>();
        String path = "/logistics/202309/delivery_options/"
                + order.path("delivery_option_id").asText() + "/shipping_providers";
        for (JsonNode each :
                client.send(TikTokCall.get(Lane.ORDER, "Carriers", path)).path("shipping_providers")) {
            known.put(plain(each.path("name").asText()), each.path("id").asText());
        }
        if (carrier == null && known.size() == 1) {
            return known.values().iterator().next();
        }
        String id = carrier == null ? null : known.get(plain(carrier));
        if (id == null) {
            throw new ChannelException(
                    Fault.REJECTED,
                    "carrier: " + carrier + " of order " + order.path("id").asText() + " (expected: one of "
                            + known.keySet() + ")");
        }
        return id;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
