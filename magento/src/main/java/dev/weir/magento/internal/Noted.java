package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Was this refund or shipment noted at the order before? Magento knows no keys, but takes a comment in the step that makes the document:
 * the one whose comment begins with our mark is ours. Looks at the newest 100 of the order.
 */
final class Noted {
    private final MagentoClient client;
    private final String operation;
    private final String list;
    private final String single;

    private Noted(MagentoClient client, String operation, String list, String single) {
        this.client = client;
        this.operation = operation;
        this.list = list;
        this.single = single;
    }

    static Noted creditMemos(MagentoClient client) {
        return new Noted(client, "creditmemo", "/creditmemos", "/creditmemo/");
    }

    static Noted shipments(MagentoClient client) {
        return new Noted(client, "shipment", "/shipments", "/shipment/");
    }

    /** The id of the document of {@code order} that carries {@code mark}, or null. */
    @Nullable
    String find(String order, String mark) {
        Search search = new Search()
                .where("order_id", "eq", order)
                .descending("entity_id")
                .page(100, 1);
        for (JsonNode document : client.get(operation + "s", list, search).path("items")) {
            String id = document.path("entity_id").asText();
            if (begins(comments(document, id), mark)) {
                return id;
            }
        }
        return null;
    }

    /** Some shops leave comments out of the list. */
    private JsonNode comments(JsonNode document, String id) {
        JsonNode listed = document.path("comments");
        return listed.isArray()
                ? listed
                : client.get(
                                operation + "Comments",
                                single + Search.encode(id) + "/comments",
                                new Search().page(100, 1))
                        .path("items");
    }

    private static boolean begins(JsonNode comments, String mark) {
        for (JsonNode comment : comments) {
            if (comment.path("comment").asText().startsWith(mark)) {
                return true;
            }
        }
        return false;
    }
}
