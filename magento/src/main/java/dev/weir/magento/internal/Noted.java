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

    private final String mark;

    private Noted(MagentoClient client, String operation, String list, String single, String mark) {
        this.client = client;
        this.operation = operation;
        this.list = list;
        this.single = single;
        this.mark = mark;
    }

    static Noted creditMemos(MagentoClient client) {
        return new Noted(client, "creditmemo", "/creditmemos", "/creditmemo/", "Weir refund ");
    }

    static Noted shipments(MagentoClient client) {
        return new Noted(client, "shipment", "/shipments", "/shipment/", "Weir shipment ");
    }

    /** What is written at the document of our {@code key}. */
    String mark(String key) {
        return mark + key + ".";
    }

    /** Whether the hub made this document, whatever its key. */
    boolean isOurs(JsonNode document) {
        return begins(comments(document, document.path("entity_id").asText()), mark);
    }

    /** The documents that {@code search} selects. */
    JsonNode list(Search search) {
        return client.get(operation + "s", list, search);
    }

    /** The id of the document of {@code order} that carries {@code marked}, or null. */
    @Nullable
    String find(String order, String marked) {
        Search search = new Search()
                .where("order_id", "eq", order)
                .descending("entity_id")
                .page(100, 1);
        for (JsonNode document : list(search).path("items")) {
            String id = document.path("entity_id").asText();
            if (begins(comments(document, id), marked)) {
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

    private static boolean begins(JsonNode comments, String marked) {
        for (JsonNode comment : comments) {
            if (comment.path("comment").asText().startsWith(marked)) {
                return true;
            }
        }
        return false;
    }
}
