package dev.weir.bench.torture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxPlatform.Sale;
import dev.weir.connectors.sandbox.SandboxStore;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** BigCommerce's webhooks name the order, and a refund's id: all else is read from the store. */
final class BigCommerceStory extends Story {
    private static final String ORDERS = "orders";
    private static final String LINES = "lines";
    private static final int SHIPPED = 2;
    private static final int CANCELLED = 5;
    private static final DateTimeFormatter RFC_2822 =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    BigCommerceStory(StandIns standIns, Signer signer, SteppingClock clock, Random random) {
        super(StandIns.BIGCOMMERCE, standIns, signer, clock, random);
    }

    @Override
    List<Webhook.Shown> placed(String order) {
        return List.of(line(order), shown(ORDERS, order, 0, kept(ORDERS, order)));
    }

    @Override
    Webhook calledOff(Sale sale) {
        return moved("cancellation of", sale, CANCELLED);
    }

    @Override
    Webhook refunded(Sale sale) {
        long id = Long.parseLong(sale.orderId());
        BigDecimal amount = new BigDecimal(
                part(kept(LINES, sale.orderId()).path("price_inc_tax").asText()));
        ObjectNode refund = SandboxStore.document()
                .put("id", id)
                .put("order_id", id)
                .put("created", now().toString())
                .put("reason", "")
                .put("total_amount", amount);
        refund.putArray("payments")
                .addObject()
                .put("id", id)
                .put("provider_id", "braintree")
                .put("amount", amount)
                .put("is_declined", false);
        ObjectNode data = about(sale);
        data.putObject("refund").put("refund_id", id);
        return webhook(
                "refund of",
                sale,
                signer.bigCommerce("store/order/refund/created", data),
                List.of(shown("refunds", sale.orderId(), 0, refund)));
    }

    @Override
    Webhook shipped(Sale sale) {
        return moved("shipment of", sale, SHIPPED);
    }

    @Override
    Webhook statedAgain(Sale sale) {
        return webhook(
                "update of", sale, signer.bigCommerce("store/order/updated", about(sale)), placed(sale.orderId()));
    }

    private Webhook moved(String what, Sale sale, int status) {
        ObjectNode order = kept(ORDERS, sale.orderId())
                .put("status_id", status)
                .put("date_modified", RFC_2822.format(now().atOffset(ZoneOffset.UTC)));
        return webhook(
                what,
                sale,
                signer.bigCommerce("store/order/statusUpdated", about(sale)),
                List.of(line(sale.orderId()), shown(ORDERS, sale.orderId(), 1, order)));
    }

    private Webhook.Shown line(String order) {
        return shown(LINES, order, 0, kept(LINES, order));
    }

    private static ObjectNode about(Sale sale) {
        return SandboxStore.document().put("type", "order").put("id", Long.parseLong(sale.orderId()));
    }
}
