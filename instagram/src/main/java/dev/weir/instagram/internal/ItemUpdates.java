package dev.weir.instagram.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockWrite.Outcome;
import dev.weir.connectors.http.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * How are single fields of items set that are in the catalogue already, and which of them were? What a batch leaves open is
 * read back and compared.
 */
final class ItemUpdates {
    private final CatalogueBatch batches;
    private final ProductReads reads;

    ItemUpdates(CatalogueBatch batches, ProductReads reads) {
        this.batches = batches;
        this.reads = reads;
    }

    /** Sends {@code items}; {@code shows} says whether the product read back has what the item asked for. */
    List<Outcome> send(Map<Sku, ObjectNode> items, BiPredicate<JsonNode, ObjectNode> shows) {
        return send(items, shows, false);
    }

    /** As above; what is shy goes behind everything else, and rather not at all than wait. */
    List<Outcome> send(Map<Sku, ObjectNode> items, BiPredicate<JsonNode, ObjectNode> shows, boolean isShy) {
        Lane lane = isShy ? Lane.CATALOGUE : Lane.STOCK;
        List<Outcome> outcomes = new ArrayList<>();
        for (List<ObjectNode> portion : CatalogueBatch.portions(List.copyOf(items.values()))) {
            CatalogueBatch.Result result = batches.update(portion, false, lane, isShy);
            Map<String, JsonNode> shown = result.certain() ? Map.of() : reads.read(open(portion, result), lane);
            portion.forEach(item -> outcomes.add(outcome(item, result, shown, shows)));
        }
        return outcomes;
    }

    private static List<String> open(List<ObjectNode> portion, CatalogueBatch.Result result) {
        return portion.stream()
                .map(item -> item.path("id").asText())
                .filter(sku -> !result.refused().containsKey(sku))
                .toList();
    }

    private static Outcome outcome(
            ObjectNode item,
            CatalogueBatch.Result result,
            Map<String, JsonNode> shown,
            BiPredicate<JsonNode, ObjectNode> shows) {
        Sku sku = new Sku(item.path("id").asText());
        String reason = result.refused().get(sku.value());
        if (reason != null) {
            return refused(sku, Fault.REJECTED, reason);
        }
        if (result.certain()) {
            return new Outcome(sku, null);
        }
        JsonNode product = shown.get(sku.value());
        if (product == null) {
            return refused(sku, Fault.NOT_FOUND, "not in the catalogue");
        }
        return shows.test(product, item) ? new Outcome(sku, null) : refused(sku, Fault.OUTCOME_UNKNOWN, result.doubt());
    }

    private static Outcome refused(Sku sku, Fault fault, String why) {
        return new Outcome(sku, new ChannelException(fault, "sku: " + sku + " (" + why + ")"));
    }
}
