package dev.weir.magento.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

/** Which store views and websites has the shop? Two of each; {@code us} sells from no stock. Seeded pictures carry whole addresses. */
final class Stores {
    private Stores() {}

    static ArrayNode configs() {
        ArrayNode list = Routes.array();
        config(list, 1, "default", "EUR", "Europe/Berlin");
        config(list, 2, "us", "USD", "America/New_York");
        return list;
    }

    static ArrayNode websites() {
        ArrayNode list = Routes.array();
        list.addObject().put("id", 1).put("code", "base").put("name", "Main Website");
        list.addObject().put("id", 2).put("code", "us").put("name", "United States");
        return list;
    }

    static ArrayNode views() {
        ArrayNode list = Routes.array();
        list.addObject().put("id", 1).put("code", "default").put("website_id", 1);
        list.addObject().put("id", 2).put("code", "us").put("website_id", 2);
        return list;
    }

    static JsonNode stock() {
        return Routes.array().addObject().put("stock_id", 1).put("name", "Default Stock");
    }

    private static void config(ArrayNode list, int id, String code, String currency, String zone) {
        list.addObject()
                .put("id", id)
                .put("code", code)
                .put("website_id", id)
                .put("base_currency_code", currency)
                .put("default_display_currency_code", currency)
                .put("timezone", zone)
                .put("secure_base_media_url", "https://shop.example/media/");
    }
}
