package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.BackendHold;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Sku;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How are units taken off sale by a move? From our source to one that no stock sells from, in one transaction of the shop's. The move
 * carries no key, so which holds were taken is remembered by this hub alone, for a day, and a move whose answer was lost is read back from
 * the hold source, which nothing else may touch. A shop that indexes by schedule sells on until its index shows the move.
 */
public final class SourceHolds implements BackendHold {
    private static final Duration KEPT = Duration.ofDays(1);
    private static final String OPEN = "open-move";

    /** After this long PHP has given up too: what does not show was not carried out. */
    private static final Duration OPEN_FOR = Duration.ofMinutes(1);

    private final MagentoClient client;
    private final Connection connection;
    private final MagentoStock stock;

    /** Holds at one shop. */
    public SourceHolds(MagentoClient client, MagentoStock stock) {
        this.client = client;
        this.connection = client.connection();
        this.stock = stock;
    }

    @Override
    public void hold(String key, List<Units> units) {
        Map<Sku, Integer> needed = MagentoHolds.needed(units);
        client.memory().alone(() -> {
            settle();
            if (client.memory().recall(held(key), Boolean.class) == null) {
                if (stock.shortOf(needed)) {
                    throw MagentoHolds.tooFew(needed, null);
                }
                move(source(), holdSource(), new Move(held(key), in(needed), needed, BigDecimal.ONE));
            }
            return key;
        });
    }

    @Override
    public void release(String key, List<Units> units) {
        Map<Sku, Integer> needed = MagentoHolds.needed(units);
        client.memory().alone(() -> {
            settle();
            if (client.memory().recall(held(key), Boolean.class) != null
                    && client.memory().recall(released(key), Boolean.class) == null) {
                move(holdSource(), source(), new Move(released(key), in(needed), needed, BigDecimal.ONE.negate()));
            }
            return key;
        });
    }

    /** Carries a move out; one whose answer was lost is read back, and left open when it does not show. */
    private void move(String from, String to, Move move) {
        ObjectNode body = MagentoClient.object().put("originSourceCode", from).put("destinationSourceCode", to);
        ArrayNode items = body.putArray("items");
        move.needed.forEach(
                (sku, quantity) -> items.addObject().put("sku", sku.value()).put("qty", quantity));
        client.memory().wrote(move.needed.keySet().stream().map(Sku::value).toList());
        try {
            client.once("sourceTransfer", "/inventory/bulk-partial-source-transfer", body);
        } catch (ChannelException e) {
            if (e.fault() == Fault.OUTCOME_UNKNOWN && !moved(move)) {
                client.memory().put(OPEN, OPEN_FOR, move);
                throw e;
            }
            if (e.fault() != Fault.OUTCOME_UNKNOWN) {
                throw e.fault() == Fault.REJECTED && stock.shortOf(move.needed)
                        ? MagentoHolds.tooFew(move.needed, e)
                        : e;
            }
        }
        client.memory().put(move.fact, KEPT, true);
    }

    /** No move begins while the outcome of another is open: both would be read back from the same numbers. */
    private void settle() {
        Move open = client.memory().recall(OPEN, Move.class);
        if (open == null) {
            return;
        }
        if (!moved(open)) {
            throw new ChannelException(
                    Fault.OUTCOME_UNKNOWN,
                    "move of " + open.needed + ": not seen yet (expected: within " + OPEN_FOR.toSeconds() + " s)");
        }
        client.memory().forget(OPEN);
        client.memory().put(open.fact, KEPT, true);
    }

    private boolean moved(Move move) {
        Map<String, BigDecimal> now = in(move.needed);
        return move.needed.entrySet().stream().allMatch(need -> {
            String sku = need.getKey().value();
            BigDecimal gained =
                    now.getOrDefault(sku, BigDecimal.ZERO).subtract(move.before.getOrDefault(sku, BigDecimal.ZERO));
            return gained.compareTo(move.sign.multiply(BigDecimal.valueOf(need.getValue()))) == 0;
        });
    }

    /** What the hold source has. */
    private Map<String, BigDecimal> in(Map<Sku, Integer> needed) {
        Search search = new Search()
                .whereAny("sku", needed.keySet().stream().map(Sku::value).toList())
                .where("source_code", "eq", holdSource())
                .ascending("source_item_id")
                .page(100, 1);
        Map<String, BigDecimal> held = SourceUnits.caseless();
        for (JsonNode item :
                client.get("sourceItems", "/inventory/source-items", search).path("items")) {
            held.put(item.path("sku").asText(), item.path("quantity").decimalValue());
        }
        return held;
    }

    private static String held(String key) {
        return "held " + key;
    }

    private static String released(String key) {
        return "released " + key;
    }

    private String source() {
        return connection.setting("sourceCode", "default");
    }

    private String holdSource() {
        return connection.setting("holdSource");
    }

    /**
     * What is moved, and how it is seen.
     *
     * @param fact what is true once it was carried out
     * @param before what the hold source had before it
     * @param sign whether the hold source gains (1) or loses (-1)
     */
    private record Move(String fact, Map<String, BigDecimal> before, Map<Sku, Integer> needed, BigDecimal sign) {}
}
