package dev.weir.bench.torture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.http.Signatures;
import dev.weir.connectors.sandbox.SandboxDelivery;
import dev.weir.connectors.sandbox.SandboxStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * How does each platform sign what it pushes? With the secrets of its stand-in, which signs sales itself: what follows a sale, and what
 * shops say of themselves, is signed here.
 */
final class Signer {
    private static final URI NOWHERE = URI.create("http://127.0.0.1");

    private final StandIns standIns;
    private final Clock clock;
    private final Map<String, Map<String, String>> settings = new HashMap<>();
    private long number;

    Signer(StandIns standIns, Clock clock) {
        this.standIns = standIns;
        this.clock = clock;
    }

    /** Base64 of HMAC-SHA-256 over the body. */
    SandboxDelivery shopify(String topic, ObjectNode body) {
        byte[] bytes = bytes(body);
        byte[] mac = Signatures.hmacSha256(setting(StandIns.SHOPIFY, "webhookSecret"), bytes);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Shopify-Topic", topic);
        headers.put("X-Shopify-Shop-Domain", setting(StandIns.SHOPIFY, "shop"));
        headers.put("X-Shopify-API-Version", "2026-10");
        headers.put("X-Shopify-Webhook-Id", id());
        headers.put("X-Shopify-Hmac-Sha256", Base64.getEncoder().encodeToString(mac));
        return new SandboxDelivery(headers, bytes);
    }

    /** Hex of HMAC-SHA-256 over app key and body. */
    SandboxDelivery tikTok(int type, ObjectNode data) {
        ObjectNode body = SandboxStore.document()
                .put("type", type)
                .put("tts_notification_id", id())
                .put("shop_id", setting(StandIns.TIKTOK, "shopId"))
                .put("timestamp", clock.instant().getEpochSecond());
        body.set("data", data);
        byte[] bytes = bytes(body);
        byte[] key = setting(StandIns.TIKTOK, "appKey").getBytes(StandardCharsets.UTF_8);
        byte[] mac = Signatures.hmacSha256(setting(StandIns.TIKTOK, "appSecret"), key, bytes);
        return new SandboxDelivery(Map.of("Authorization", Signatures.hex(mac)), bytes);
    }

    /** As Standard Webhooks has it: over id, time and body. */
    SandboxDelivery bigCommerce(String scope, ObjectNode data) {
        String id = "msg_" + id();
        String time = Long.toString(clock.instant().getEpochSecond());
        ObjectNode body = SandboxStore.document()
                .put("scope", scope)
                .put("producer", "stores/" + setting(StandIns.BIGCOMMERCE, "storeHash"))
                .put("created_at", clock.instant().getEpochSecond())
                .put("hash", id());
        body.set("data", data);
        byte[] bytes = bytes(body);
        byte[] mac = Signatures.hmacSha256(
                setting(StandIns.BIGCOMMERCE, "webhookSecret"),
                (id + "." + time + ".").getBytes(StandardCharsets.UTF_8),
                bytes);
        return new SandboxDelivery(
                Map.of(
                        "webhook-id", id,
                        "webhook-timestamp", time,
                        "webhook-signature", "v1," + Base64.getEncoder().encodeToString(mac)),
                bytes);
    }

    /** Hex of HMAC-SHA-256 over the body. */
    SandboxDelivery meta(ObjectNode body) {
        byte[] bytes = bytes(body);
        byte[] mac = Signatures.hmacSha256(setting(StandIns.INSTAGRAM, "appSecret"), bytes);
        return new SandboxDelivery(Map.of("X-Hub-Signature-256", "sha256=" + Signatures.hex(mac)), bytes);
    }

    private String setting(String channel, String name) {
        return settings.computeIfAbsent(channel, one -> standIns.platform(one).settings(NOWHERE))
                .getOrDefault(name, "");
    }

    private String id() {
        return new UUID(0x7765_6972_0000_4000L, 0x8000_0000_0000_0000L | number++).toString();
    }

    private static byte[] bytes(ObjectNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
