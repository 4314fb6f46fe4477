package dev.weir.magento.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.Money;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.Sku;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderRowsTest {
    private static final String ORDER = """
            {"entity_id":42,"items":[
             {"item_id":70,"product_type":"configurable","sku":"TEE","qty_ordered":2,"qty_shipped":1},
             {"item_id":71,"parent_item_id":70,"product_type":"simple","sku":"TEE","qty_ordered":2,"qty_shipped":0},
             {"item_id":72,"product_type":"simple","sku":"tee","qty_ordered":3,"qty_shipped":0},
             {"item_id":80,"product_type":"bundle","sku":"SET","qty_ordered":1},
             {"item_id":81,"parent_item_id":80,"product_type":"simple","sku":"CUP","qty_ordered":2.5}]}""";

    @Test
    void line_isTakenFromTheConfigurablesParent_andThenFromTheNextRowOfItsSku() throws Exception {
        assertThat(OrderRows.items(of(line("TEE", 3))).toString())
                .isEqualTo("[{\"order_item_id\":70,\"qty\":1},{\"order_item_id\":72,\"qty\":2}]");
    }

    @Test
    void line_withItsRowsId_isThatRowAlone_andABundlesChildCounts() throws Exception {
        assertThat(OrderRows.items(of(line("TEE", 2, "72"), line("CUP", 2))).toString())
                .isEqualTo("[{\"order_item_id\":72,\"qty\":2},{\"order_item_id\":81,\"qty\":2}]");
    }

    @Test
    void line_thatTheOrderHasNotLeft_isRefusedWithItsSku() {
        assertThatThrownBy(() -> of(line("TEE", 5))).hasMessageContaining("TEE x 5");
        assertThatThrownBy(() -> of(line("SET", 1))).hasMessageContaining("SET x 1");
    }

    private static java.util.Map<JsonNode, BigDecimal> of(OrderLine... lines) throws Exception {
        return new OrderRows(MagentoClient.JSON.readTree(ORDER))
                .of(List.of(lines), row -> OrderRows.left(row, "qty_shipped"));
    }

    private static OrderLine line(String sku, int quantity, String... ids) {
        return new OrderLine(new Sku(sku), quantity, Money.of("1.00", "EUR"), List.of(ids));
    }
}
