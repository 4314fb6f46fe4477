package dev.weir.bench.torture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxPlatform.Sale;
import dev.weir.connectors.sandbox.SandboxStore;
import java.util.List;
import java.util.Random;

/** Shopify's webhooks carry everything, in the shape of the old REST API. */
final class ShopifyStory extends Story {
    ShopifyStory(StandIns standIns, Signer signer, SteppingClock clock, Random random) {
        super(StandIns.SHOPIFY, standIns, signer, clock, random);
    }

    @Override
    List<Webhook.Shown> placed(String order) {
        return List.of();
    }

    @Override
    Webhook calledOff(Sale sale) {
        ObjectNode order = body(sale)
                .put("cancelled_at", now().toString())
                .put("cancel_reason", "customer")
                .put("updated_at", now().toString());
        return webhook("cancellation of", sale, signer.shopify("orders/cancelled", order), List.of());
    }

    @Override
    Webhook refunded(Sale sale) {
        ObjectNode order = body(sale);
        ObjectNode line = (ObjectNode) order.path("line_items").path(0);
        String price = line.path("price").asText();
        boolean back = random.nextBoolean();
        ObjectNode refund = SandboxStore.document()
                .put("id", 900_000_000_000L + order.path("id").asLong())
                .put("order_id", order.path("id").asLong())
                .put("created_at", now().toString())
                .put("processed_at", now().toString())
                .put("note", "");
        refund.putArray("transactions")
                .addObject()
                .put("kind", "refund")
                .put("status", "success")
                .put("amount", back ? price : part(price))
                .put("currency", order.path("currency").asText());
        refund.putArray("refund_line_items")
                .addObject()
                .put("id", 910_000_000_000L + order.path("id").asLong())
                .put("line_item_id", line.path("id").asLong())
                .put("quantity", 1)
                .put("restock_type", back ? "return" : "no_restock")
                .set("line_item", line);
        return webhook("refund of", sale, signer.shopify("refunds/create", refund), List.of());
    }

    @Override
    Webhook shipped(Sale sale) {
        ObjectNode order = body(sale);
        ObjectNode fulfilment = SandboxStore.document()
                .put("id", 920_000_000_000L + order.path("id").asLong())
                .put("order_id", order.path("id").asLong())
                .put("status", "success")
                .put("created_at", now().toString())
                .put("updated_at", now().toString())
                .put("tracking_company", "DHL")
                .put("tracking_number", "DHL-" + sale.orderId());
        fulfilment.set("line_items", order.path("line_items"));
        return webhook("shipment of", sale, signer.shopify("fulfillments/create", fulfilment), List.of());
    }

    @Override
    Webhook statedAgain(Sale sale) {
        ObjectNode order = body(sale).put("updated_at", now().toString());
        return webhook("update of", sale, signer.shopify("orders/updated", order), List.of());
    }
}
