package dev.weir.tiktokshop.internal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxDelivery;
import dev.weir.connectors.sandbox.SandboxStore;
import dev.weir.tiktokshop.internal.TikTokSignature;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/** What does the shop push? Signed over app key and body; one delivery's repeats carry the same notification id. */
final class Notices {
    private final SandboxStore store;
    private final Clock clock;

    Notices(SandboxStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Type 1; it says CANCEL where the API says CANCELLED. */
    SandboxDelivery status(ObjectNode order) {
        String status = order.path("status").asText();
        return of(
                1,
                SandboxStore.document()
                        .put("order_id", order.path("id").asText())
                        .put("order_status", status.equals("CANCELLED") ? "CANCEL" : status)
                        .put("is_on_hold_order", order.path("is_on_hold_order").asBoolean())
                        .put("update_time", order.path("update_time").asLong()));
    }

    /** Any type, with the envelope around {@code data}. */
    SandboxDelivery of(int type, ObjectNode data) {
        ObjectNode body = SandboxStore.document()
                .put("type", type)
                .put("tts_notification_id", Long.toString(7_400_000_000_000_000_000L + store.next("notification")))
                .put("shop_id", TikTokShopSandbox.SHOP_ID)
                .put("timestamp", clock.instant().getEpochSecond());
        body.set("data", data);
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        String signature = TikTokSignature.ofWebhook(Gateway.APP_SECRET, Gateway.APP_KEY, bytes);
        return new SandboxDelivery(Map.of("Content-Type", "application/json", "Authorization", signature), bytes);
    }
}
