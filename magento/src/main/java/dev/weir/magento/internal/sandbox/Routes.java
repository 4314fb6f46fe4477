package dev.weir.magento.internal.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weir.connectors.sandbox.SandboxRequest;
import dev.weir.magento.internal.sandbox.Quirks.Twist;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Which route does what? The names are those of the stubs in {@code mappings/magento/stubs}. */
record Routes(
        Door door,
        Quirks quirks,
        Shelf shelf,
        Sources sources,
        Orders orders,
        CartRoutes carts,
        AfterSale afterSale,
        Bulks bulks) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final int PATH_ID = 5;

    JsonNode carryOut(String operation, SandboxRequest request) {
        return switch (operation) {
            case "adminToken" -> TextNode.valueOf(door.login("admin", body(request)));
            case "customerToken" -> TextNode.valueOf(door.login("customer", body(request)));
            case "storeConfigs" -> Stores.configs();
            case "websites" -> Stores.websites();
            case "storeViews" -> Stores.views();
            case "products" -> list(request, shelf.products());
            case "basePrices" -> shelf.prices(body(request).path("prices"));
            case "stockItem" -> shelf.stockItem(id(request));
            case "stockItemSave" ->
                LongNode.valueOf(shelf.saveStockItem(id(request), body(request).path("stockItem")));
            case "sourceItemsQueue" -> queue("sourceItemsSave", request);
            case "basePricesQueue" -> queue("basePrices", request);
            case "bulkStatus" -> bulks.status(id(request), this::work);
            default -> order(operation, request);
        };
    }

    private JsonNode order(String operation, SandboxRequest request) {
        return switch (operation) {
            case "orders" -> list(request, orders.all());
            case "order" -> orders.get(id(request));
            case "orderCancel" -> BooleanNode.valueOf(orders.cancel(id(request)));
            case "orderComment" ->
                BooleanNode.valueOf(orders.comment(id(request), body(request).path("statusHistory")));
            case "orderImport" -> orders.imported(body(request).path("entity"));
            case "orderInvoice" -> TextNode.valueOf(afterSale.invoice(id(request)));
            case "orderShip" -> TextNode.valueOf(afterSale.ship(id(request), body(request)));
            case "orderRefund" -> TextNode.valueOf(afterSale.refund(id(request), body(request)));
            case "shipments" -> list(request, afterSale.list(AfterSale.SHIPMENTS));
            case "creditmemos" -> list(request, afterSale.list(AfterSale.MEMOS));
            case "shipmentComments" -> afterSale.comments(AfterSale.SHIPMENTS, id(request));
            case "creditmemoComments" -> afterSale.comments(AfterSale.MEMOS, id(request));
            default ->
                operation.startsWith("cart") || operation.startsWith("myCart") || operation.equals("orderPlace")
                        ? carts.carryOut(operation, request)
                        : inventory(operation, request);
        };
    }

    /** The routes of modules that a merchant may have removed. */
    private JsonNode inventory(String operation, SandboxRequest request) {
        if (quirks.on(Twist.LEGACY_STOCK)) {
            throw Refusal.noRoute();
        }
        return switch (operation) {
            case "stocks" -> list(request, List.of((ObjectNode) Stores.stock()));
            case "stockOfWebsite" -> Stores.stock();
            case "sourcesOfStock" -> sources.ofStock();
            case "sourceItems" -> list(request, sources.items());
            case "sourceItemsSave" -> work("sourceItemsSave", body(request));
            case "sourceTransfer" -> {
                sources.transfer(body(request));
                yield BooleanNode.TRUE;
            }
            case "salableExport" -> list(request, shelf.salable());
            case "stockIndex" -> shelf.index();
            default -> throw Refusal.bad("Operation " + operation + " is not known to this sandbox");
        };
    }

    /** What a queue may carry out too. */
    private JsonNode work(String operation, JsonNode body) {
        if (operation.equals("basePrices")) {
            return shelf.prices(body.path("prices"));
        }
        sources.save(body.path("sourceItems"));
        return JSON.createArrayNode();
    }

    private JsonNode queue(String operation, SandboxRequest request) {
        return bulks.queue(operation, body(request));
    }

    private JsonNode list(SandboxRequest request, List<ObjectNode> rows) {
        return Criteria.of(request.query(), quirks).select(rows);
    }

    /** Of {@code /rest/{store}/V1/{collection}/{id}/…}. */
    static String id(SandboxRequest request) {
        String[] parts = request.path().split("/", -1);
        return parts.length > PATH_ID
                ? URLDecoder.decode(parts[PATH_ID].replace("+", "%2B"), StandardCharsets.UTF_8)
                : "";
    }

    static JsonNode body(SandboxRequest request) {
        try {
            JsonNode body = JSON.readTree(request.text());
            return body == null ? JSON.createObjectNode() : body;
        } catch (JsonProcessingException e) {
            throw Refusal.bad("Decoding error.");
        }
    }

    static ArrayNode array() {
        return JSON.createArrayNode();
    }
}
