package dev.weir.magento.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import dev.weir.magento.internal.sandbox.Quirks.Twist;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What do the sources hold, what do placed orders reserve of it, and what does the index know? Sources {@code default} and
 * {@code second} make the stock of website {@code base}; {@code hold} is linked to none. Without inventory modules there are no
 * reservations: orders take from {@code default} at once.
 */
final class Sources {
    static final String DEFAULT = "default";
    static final String SECOND = "second";
    static final String HOLD = "hold";
    private static final List<String> STOCK = List.of(DEFAULT, SECOND);
    private static final List<String> ALL = List.of(DEFAULT, SECOND, HOLD);
    private static final String ITEMS = "sourceItems";
    private static final String INDEX = "index";
    private static final String RESERVED = "reservations";
    private static final int KEPT_BACK = 2;
    private static final Duration LAG = Duration.ofMinutes(1);

    private final SandboxStore store;
    private final Clock clock;
    private final Quirks quirks;

    Sources(SandboxStore store, Clock clock, Quirks quirks) {
        this.store = store;
        this.clock = clock;
        this.quirks = quirks;
    }

    List<ObjectNode> items() {
        return store.list(ITEMS);
    }

    @Nullable
    ObjectNode item(String sku, String source) {
        return store.get(ITEMS, key(sku, source));
    }

    /** Overwrites a source item; a SKU without a product is taken silently, as at the platform. */
    void hold(String sku, String source, BigDecimal quantity, int status) {
        ObjectNode old = item(sku, source);
        store.put(
                ITEMS,
                key(sku, source),
                SandboxStore.document()
                        .put(
                                "source_item_id",
                                old == null
                                        ? store.next("sourceItem")
                                        : old.path("source_item_id").asLong())
                        .put("sku", sku)
                        .put("source_code", source)
                        .put("quantity", quantity)
                        .put("status", status));
        index(sku);
    }

    /** An order takes units, or gives them back: a reservation, or the number itself where there are none. */
    void take(String sku, BigDecimal quantity) {
        if (quirks.on(Twist.LEGACY_STOCK)) {
            change(sku, DEFAULT, quantity.negate());
            return;
        }
        reserve(sku, quantity.negate());
    }

    /** Appends a reservation: negative takes, positive gives back. Only its sum is kept. */
    void reserve(String sku, BigDecimal quantity) {
        store.put(
                RESERVED,
                low(sku),
                SandboxStore.document().put("quantity", reserved(sku).add(quantity)));
    }

    /** Units of an order leave {@code source}: its quantity falls and their reservation is given back. */
    void leave(String sku, String source, BigDecimal quantity) {
        if (quirks.on(Twist.LEGACY_STOCK)) {
            return;
        }
        ObjectNode item = item(sku, source);
        if (item == null) {
            throw Refusal.missing("Source item not found by source code: " + source + " and sku: " + sku + ".");
        }
        if (item.path("quantity").decimalValue().compareTo(quantity) < 0) {
            throw Refusal.bad("Not all of your products are available in the requested quantity.");
        }
        change(sku, source, quantity.negate());
        reserve(sku, quantity);
    }

    void change(String sku, String source, BigDecimal by) {
        ObjectNode item = Objects.requireNonNull(item(sku, source));
        hold(
                sku,
                source,
                item.path("quantity").decimalValue().add(by),
                item.path("status").asInt());
    }

    /** What can be sold of {@code sku}; may be negative, and 0 where the index says that it is not salable. */
    BigDecimal salable(String sku) {
        BigDecimal indexed = indexed(sku);
        return indexed.compareTo(threshold()) <= 0
                ? BigDecimal.ZERO
                : indexed.add(reserved(sku)).subtract(threshold());
    }

    /** Units of every product that are kept back. */
    BigDecimal threshold() {
        return BigDecimal.valueOf(quirks.on(Twist.THRESHOLD) ? KEPT_BACK : 0);
    }

    boolean counts(String sku) {
        return STOCK.stream().anyMatch(source -> item(sku, source) != null);
    }

    /** What the index says without reservations. */
    BigDecimal indexed(String sku) {
        ObjectNode row = store.get(INDEX, low(sku));
        if (row == null) {
            return BigDecimal.ZERO;
        }
        boolean old = quirks.on(Twist.INDEX_LAG)
                && clock.instant().isBefore(Instant.parse(row.path("due").asText()));
        return row.path(old ? "before" : "quantity").decimalValue();
    }

    /** Saves a list of source items: all, or none because of the first that is wrong. */
    void save(JsonNode list) {
        if (list.isEmpty()) {
            throw Refusal.bad("Input data is empty");
        }
        list.forEach(Sources::check);
        for (JsonNode row : list) {
            hold(
                    row.path("sku").asText(),
                    row.path("source_code").asText(),
                    row.path("quantity").decimalValue(),
                    row.path("status").asInt());
        }
    }

    /** Moves units between sources: all, or none because one is short. */
    void transfer(JsonNode body) {
        String from = body.path("originSourceCode").asText();
        String to = body.path("destinationSourceCode").asText();
        for (JsonNode item : body.path("items")) {
            ObjectNode origin = item(item.path("sku").asText(), from);
            if (origin == null
                    || !ALL.contains(to)
                    || origin.path("quantity")
                                    .decimalValue()
                                    .compareTo(item.path("qty").decimalValue())
                            < 0) {
                throw Refusal.bad("Transfer validation failed");
            }
        }
        for (JsonNode item : body.path("items")) {
            String sku = item.path("sku").asText();
            BigDecimal quantity = item.path("qty").decimalValue();
            change(sku, from, quantity.negate());
            if (item(sku, to) == null) {
                hold(sku, to, BigDecimal.ZERO, 1);
            }
            change(sku, to, quantity);
        }
    }

    ArrayNode ofStock() {
        ArrayNode sources = SandboxStore.document().putArray("sources");
        STOCK.forEach(code -> sources.addObject().put("source_code", code).put("enabled", true));
        return sources;
    }

    private void index(String sku) {
        BigDecimal sum = BigDecimal.ZERO;
        for (String source : STOCK) {
            ObjectNode item = item(sku, source);
            if (item != null && item.path("status").asInt() == 1) {
                sum = sum.add(item.path("quantity").decimalValue());
            }
        }
        store.put(
                INDEX,
                low(sku),
                SandboxStore.document()
                        .put("before", indexed(sku))
                        .put("quantity", sum)
                        .put("due", clock.instant().plus(LAG).toString()));
    }

    private BigDecimal reserved(String sku) {
        ObjectNode row = store.get(RESERVED, low(sku));
        return row == null ? BigDecimal.ZERO : row.path("quantity").decimalValue();
    }

    private static void check(JsonNode row) {
        String sku = row.path("sku").asText();
        if (sku.isBlank()) {
            throw Refusal.bad("Validation Failed: \"sku\" can not be empty.");
        }
        if (!sku.equals(sku.strip())) {
            throw Refusal.bad(
                    "Validation Failed: \"%field\" can not contain leading or trailing spaces.", "field", "sku");
        }
        if (!row.path("quantity").isNumber()) {
            throw Refusal.bad("Validation Failed: \"quantity\" should be numeric.");
        }
        if (!row.path("status").isInt()
                || row.path("status").asInt() < 0
                || row.path("status").asInt() > 1) {
            throw Refusal.bad("Validation Failed: \"%field\" should a known status.", "field", "status");
        }
        if (!ALL.contains(row.path("source_code").asText())) {
            throw Refusal.bad("Could not save Source Item");
        }
    }

    private static String key(String sku, String source) {
        return low(sku) + "/" + source;
    }

    private static String low(String sku) {
        return sku.toLowerCase(java.util.Locale.ROOT);
    }
}
