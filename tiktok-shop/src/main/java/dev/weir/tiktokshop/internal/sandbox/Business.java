package dev.weir.tiktokshop.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxRequest;
import dev.weir.connectors.sandbox.SandboxStore;

/** Which desk of the shop does a call go to, once the gateway let it in? The caller holds the store's lock. */
record Business(
        Products products,
        ProductDesk desk,
        Images images,
        Inventory inventory,
        ShopOrders orders,
        AfterSalesDesk afterSales,
        Dispatch dispatch,
        Finance finance,
        Subscriptions subscriptions,
        Quirks quirks) {

    JsonNode run(String operation, SandboxRequest request, JsonNode body) {
        return switch (operation) {
            case "shops" -> shops();
            case "warehouses" -> inventory.warehouses();
            case "productSearch" -> products.search(request.query(), body);
            case "productCreate" -> desk.create(body);
            case "productEdit" -> desk.edit(id(request), body);
            case "productReplace" -> desk.replace(id(request), body);
            case "priceUpdate" -> desk.prices(id(request), body);
            case "categoryRecommend" -> desk.recommend();
            case "imageUpload" -> images.upload(request);
            case "inventoryUpdate" -> inventory.update(id(request), body);
            case "inventorySearch" -> inventory.search(body);
            case "orderSearch" -> orders.search(request.query(), body);
            case "orderDetail" -> orders.detail(request.query().getOrDefault("ids", ""));
            default -> afterwards(operation, request, body);
        };
    }

    private JsonNode afterwards(String operation, SandboxRequest request, JsonNode body) {
        return switch (operation) {
            case "cancelSearch" -> afterSales.search(request.query(), body);
            case "cancelCreate" -> afterSales.create(body);
            case "cancelApprove" -> afterSales.approve(id(request));
            case "returnSearch" -> afterSales.searchReturns(request.query(), body);
            case "carriers" -> dispatch.carriers();
            case "markShipped" -> dispatch.mark(id(request), body);
            case "packageShip" -> dispatch.handOver(id(request), body);
            case "statements" -> finance.statements(request.query());
            case "statementTransactions" -> finance.transactions(id(request), request.query());
            case "payments" -> finance.payments(request.query());
            case "webhookList" -> subscriptions.list();
            case "webhookUpdate" -> subscriptions.put(body);
            case "webhookDelete" -> subscriptions.delete(body);
            default -> throw new Refusal(404, 36009009, "Invalid path");
        };
    }

    private ObjectNode shops() {
        ObjectNode data = SandboxStore.document();
        ArrayNode shops = data.putArray("shops");
        shops.addObject()
                .put("id", TikTokShopSandbox.SHOP_ID)
                .put("name", "Weir demo")
                .put("region", "US")
                .put("seller_type", "LOCAL")
                .put("cipher", Gateway.CIPHER)
                .put("code", "USWEIRDEMO");
        if (quirks.on(Quirks.Name.TWO_SHOPS)) {
            shops.addObject()
                    .put("id", "7490000000000000002")
                    .put("name", "Weir demo two")
                    .put("region", "US")
                    .put("seller_type", "LOCAL")
                    .put("cipher", "ROW_sandbox-Cipher_02")
                    .put("code", "USWEIRDEMO2");
        }
        return data;
    }

    /** The id in {@code /product/202309/products/{id}/…} and its like. */
    private static String id(SandboxRequest request) {
        return request.path().split("/", -1)[4];
    }
}
