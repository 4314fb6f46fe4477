package dev.weir.shopify.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Money;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.OrderPush;
import dev.weir.connectors.Sku;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderInputTest {
    private static final Sku TEE = new Sku("TEE");
    private static final Money PRICE = Money.of("10.00", "EUR");

    @Test
    void whatAChannelGaveOffTheWholeOrder_isADiscount() {
        ObjectNode input = OrderInput.of(order("8.50", Map.of()));

        assertThat(input.at("/discountCode/itemFixedDiscountCode/amountSet/shopMoney/amount")
                        .asText())
                .isEqualTo("1.50");
        assertThat(input.path("shippingLines").isMissingNode()).isTrue();
        assertThat(input.path("email").isMissingNode()).isTrue();
    }

    @Test
    void maskedNumber_isLeftOut_andAPlainOneIsWrittenAsTheShopTakesIt() {
        Map<String, String> masked = Map.of("name", "J*** D***", "line1", "***", "phone", "(+1)213-***-1234");
        Map<String, String> plain = Map.of("name", "Jo Doe", "line1", "1 Main St", "phone", "(+1)213-555-1234");

        ObjectNode hidden = OrderInput.of(order("10.00", masked));
        assertThat(hidden.at("/shippingAddress/address1").asText()).isEqualTo("***");
        assertThat(hidden.at("/shippingAddress/phone").isMissingNode()).isTrue();
        assertThat(OrderInput.of(order("10.00", plain))
                        .at("/shippingAddress/phone")
                        .asText())
                .isEqualTo("+12135551234");
    }

    private static OrderPush.Request order(String total, Map<String, String> address) {
        Listing listing = new Listing(TEE, "Tee", PRICE, null, "1", "1", 1);
        OrderLine line = new OrderLine(TEE, 1, PRICE, List.of());
        return new OrderPush.Request(
                "k-1", List.of(new OrderPush.Line(line, listing)), Money.of(total, "EUR"), "", address, Map.of(), null);
    }
}
