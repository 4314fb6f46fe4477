package dev.weir.magento.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.Order;
import dev.weir.connectors.mapping.Canonical;
import dev.weir.connectors.mapping.Mappings;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MagentoOrdersTest {
    @Test
    void time_isUtcToTheSecond_withoutAZone() {
        assertThat(MagentoOrders.time(Instant.parse("2026-11-24T10:00:00Z"))).isEqualTo("2026-11-24 10:00:00");
        assertThat(MagentoOrders.time(Instant.parse("2026-03-29T01:30:00.999+01:00")))
                .isEqualTo("2026-03-29 00:30:00");
    }

    @Test
    void order_ofAConfigurable_countsItsParentRowOnce() throws Exception {
        Order order = map("""
                {"entity_id":42,"increment_id":"000000042","store_id":1,"state":"new","status":"pending",
                 "created_at":"2026-11-24 09:15:02","updated_at":"2026-11-24 09:15:04","customer_email":"a@example.com",
                 "order_currency_code":"EUR","grand_total":24.8,"total_due":24.8,"items":[
                  {"item_id":70,"product_type":"configurable","sku":"TEE-RED-S","qty_ordered":1,"price":19.9},
                  {"item_id":71,"parent_item_id":70,"product_type":"simple","sku":"TEE-RED-S","qty_ordered":1,"price":0}]}
                """);

        assertThat(order.lines()).singleElement().satisfies(line -> {
            assertThat(line.sku().value()).isEqualTo("TEE-RED-S");
            assertThat(line.unitPrice().amount()).isEqualTo("19.90");
        });
        assertThat(order.state()).isEqualTo(Order.State.PENDING);
        assertThat(order.total().amount()).isEqualTo("24.80");
        assertThat(order.placedAt()).isEqualTo(Instant.parse("2026-11-24T09:15:02Z"));
        assertThat(order.updatedAt()).isEqualTo(Instant.parse("2026-11-24T09:15:04Z"));
        assertThat(order.evidence()).containsEntry("order_name", "000000042");
    }

    @Test
    void order_ofABundle_countsItsChildren() throws Exception {
        Order order = map("""
                {"entity_id":43,"state":"canceled","created_at":"2026-11-24 09:15:02","updated_at":"2026-11-24 09:15:04",
                 "order_currency_code":"JPY","grand_total":3000,"items":[
                  {"item_id":80,"product_type":"bundle","sku":"SET","qty_ordered":1,"price":3000},
                  {"item_id":81,"parent_item_id":80,"product_type":"simple","sku":"CUP","qty_ordered":2,"price":0}]}
                """);

        assertThat(order.lines()).singleElement().satisfies(line -> {
            assertThat(line.sku().value()).isEqualTo("CUP");
            assertThat(line.quantity()).isEqualTo(2);
        });
        assertThat(order.state()).isEqualTo(Order.State.CANCELLED);
    }

    private static Order map(String json) throws Exception {
        JsonNode order = MagentoClient.JSON.readTree(json);
        return Canonical.order(new Mappings(null).apply("magento", "order", order));
    }
}
