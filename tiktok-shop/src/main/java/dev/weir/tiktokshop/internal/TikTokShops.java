package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.Check;
import dev.weir.connectors.Connection;
import dev.weir.connectors.http.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which shops does the token reach, and which warehouses does the shop sell from? */
public final class TikTokShops {
    private final TikTokClient client;
    private final Connection connection;

    /** The shops of one token. */
    public TikTokShops(TikTokClient client) {
        this.client = client;
        connection = client.connection();
    }

    /** Whether the token reaches the shop that the connection names, and the shop has the warehouse that it names. */
    public Check check() {
        String cipher = connection.setting("shopCipher");
        String id = connection.setting("shopId");
        for (Shop shop : authorised()) {
            if (shop.cipher().equals(cipher)) {
                return shop.id().equals(id)
                        ? withWarehouse(shop)
                        : new Check(false, "shopId: " + id + " (expected: the id of shopCipher)");
            }
        }
        return new Check(false, "shopCipher: not among the authorised shops");
    }

    private Check withWarehouse(Shop shop) {
        String wanted = connection.setting("warehouseId");
        List<String> ids = new ArrayList<>();
        warehouses().forEach(each -> ids.add(each.path("id").asText()));
        return ids.contains(wanted)
                ? new Check(true, shop.name() + ", " + shop.region())
                : new Check(false, "warehouseId: " + wanted + " (expected: a sales warehouse, one of " + ids + ")");
    }

    /** The shops that the seller let us into. */
    List<Shop> authorised() {
        List<Shop> shops = new ArrayList<>();
        JsonNode data = client.send(TikTokCall.get(Lane.ORDER, "AuthorizedShops", "/authorization/202309/shops")
                .withoutShop());
        for (JsonNode shop : data.path("shops")) {
            shops.add(new Shop(
                    shop.path("id").asText(),
                    shop.path("name").asText(),
                    shop.path("region").asText(),
                    shop.path("cipher").asText()));
        }
        return shops;
    }

    /** The warehouse that stock is set in unless the operator says otherwise. */
    Optional<String> defaultWarehouse() {
        List<JsonNode> warehouses = warehouses();
        return warehouses.stream()
                .filter(each -> each.path("is_default").asBoolean())
                .findFirst()
                .or(() -> warehouses.stream().findFirst())
                .map(each -> each.path("id").asText());
    }

    private List<JsonNode> warehouses() {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode each : client.send(TikTokCall.get(Lane.ORDER, "Warehouses", "/logistics/202309/warehouses"))
                .path("warehouses")) {
            if (each.path("type").asText().equals("SALES_WAREHOUSE")) {
                found.add(each);
            }
        }
        return found;
    }

    /** @param cipher opaque; names the shop in calls */
    record Shop(String id, String name, String region, String cipher) {}
}
