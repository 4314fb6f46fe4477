package dev.weir.bench.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxDelivery;
import dev.weir.connectors.sandbox.SandboxPlatform.Sale;
import dev.weir.connectors.sandbox.SandboxStore;
import java.util.List;
import java.util.Random;

/** TikTok Shop's webhooks name the order: what it says is read from the shop as it stands then. */
final class TikTokStory extends Story {
    private static final String ORDERS = "orders";

    TikTokStory(StandIns standIns, Signer signer, SteppingClock clock, Random random) {
        super(StandIns.TIKTOK, standIns, signer, clock, random);
    }

    @Override
    List<Webhook.Shown> placed(String order) {
        return List.of(shown(ORDERS, order, 0, kept(ORDERS, order)));
    }

    @Override
    Webhook calledOff(Sale sale) {
        ObjectNode order = kept(ORDERS, sale.orderId());
        for (JsonNode line : order.path("line_items")) {
            ((ObjectNode) line).put("display_status", "CANCELLED");
        }
        return moved("cancellation of", sale, order, "CANCELLED");
    }

    @Override
    Webhook refunded(Sale sale) {
        ObjectNode order = kept(ORDERS, sale.orderId());
        JsonNode line = order.path("line_items").path(0);
        String currency = line.path("currency").asText();
        String amount = part(line.path("sale_price").asText());
        String id = "4036" + sale.orderId();
        ObjectNode returned = SandboxStore.document()
                .put("return_id", id)
                .put("order_id", sale.orderId())
                .put("return_type", "RETURN_AND_REFUND")
                .put("return_status", "RETURN_OR_REFUND_REQUEST_COMPLETE")
                .put("create_time", now().getEpochSecond())
                .put("update_time", now().getEpochSecond());
        ObjectNode row = returned.putArray("return_line_items").addObject();
        row.put("order_line_item_id", line.path("id").asText())
                .put("sku_id", line.path("sku_id").asText())
                .put("seller_sku", line.path("seller_sku").asText())
                .putObject("refund_amount")
                .put("currency", currency)
                .put("refund_total", amount);
        returned.putObject("refund_amount").put("currency", currency).put("refund_total", amount);
        ObjectNode data = SandboxStore.document()
                .put("order_id", sale.orderId())
                .put("return_id", id)
                .put("return_status", "RETURN_OR_REFUND_REQUEST_COMPLETE")
                .put("update_time", now().getEpochSecond());
        return webhook("return of", sale, signer.tikTok(12, data), List.of(shown("returns", id, 0, returned)));
    }

    @Override
    Webhook shipped(Sale sale) {
        return moved("status of", sale, kept(ORDERS, sale.orderId()), "IN_TRANSIT");
    }

    @Override
    Webhook statedAgain(Sale sale) {
        return webhook("address of", sale, notice(3, sale, "AWAITING_SHIPMENT"), placed(sale.orderId()));
    }

    private Webhook moved(String what, Sale sale, ObjectNode order, String status) {
        order.put("status", status).put("update_time", now().getEpochSecond());
        return webhook(what, sale, notice(1, sale, status), List.of(shown(ORDERS, sale.orderId(), 1, order)));
    }

    private SandboxDelivery notice(int type, Sale sale, String status) {
        return signer.tikTok(
                type,
                SandboxStore.document()
                        .put("order_id", sale.orderId())
                        .put("order_status", status)
                        .put("update_time", now().getEpochSecond()));
    }
}
