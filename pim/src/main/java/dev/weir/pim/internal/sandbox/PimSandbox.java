package dev.weir.pim.internal.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Sku;
import dev.weir.connectors.sandbox.SandboxAnswer;
import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxProduct;
import dev.weir.connectors.sandbox.SandboxRequest;
import dev.weir.connectors.sandbox.SandboxStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What stands in for a brand's own product system? A catalogue in pages of fifty, or as CSV; levels by SKU; orders that are
 * found by their key, and created once a key. It counts as any warehouse does: an order takes its units.
 */
final class PimSandbox implements SandboxPlatform {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 50;
    private static final String PRODUCTS = "products";
    private static final String ORDERS = "orders";

    private final SandboxStore store;
    private final Clock clock;

    PimSandbox(SandboxStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public String channel() {
        return "pim";
    }

    @Override
    public Map<String, String> settings(URI baseUrl) {
        return Map.of(
                "catalogueUrl", baseUrl + "/catalogue",
                "stockUrl", baseUrl + "/stock",
                "ordersUrl", baseUrl + "/orders",
                "authHeader", "X-Api-Key",
                "authValue", "pim_sandbox_key",
                "itemsAt", "/items",
                "nextAt", "/next",
                "sinceParameter", "since");
    }

    @Override
    public void seed(List<SandboxProduct> products) {
        for (SandboxProduct product : products) {
            String sku = product.sku().value();
            if (store.get(PRODUCTS, sku) == null) {
                ObjectNode row = SandboxStore.document()
                        .put("id", "P-" + store.next("product"))
                        .put("sku", sku)
                        .put("title", product.title())
                        .put("price", product.price().amount())
                        .put("currency", product.price().currency().getCurrencyCode())
                        .put("imageUrl", product.imageUrl().toString())
                        .put("onHand", product.onHand());
                put(row);
            }
        }
    }

    private void put(ObjectNode product) {
        product.put("changedAt", clock.instant().toString());
        store.put(PRODUCTS, product.path("sku").asText(), product);
    }

    @Override
    public SandboxAnswer answer(String operation, SandboxRequest request) {
        return store.locked(() -> switch (operation) {
            case "catalogue" -> catalogue(request);
            case "catalogueCsv" -> csv(request);
            case "stock" ->
                list(store.list(PRODUCTS).stream()
                        .map(each -> (JsonNode) SandboxStore.document()
                                .put("sku", each.path("sku").asText())
                                .put("available", each.path("onHand").asInt()))
                        .toList());
            case "stockPut" -> set(request);
            case "orders" ->
                list(store.list(ORDERS).stream()
                        .filter(each ->
                                each.path("key").asText().equals(request.query().get("key")))
                        .map(each -> (JsonNode) each)
                        .toList());
            case "orderPost" -> create(request);
            default -> refusal(404, "no such operation");
        });
    }

    private SandboxAnswer catalogue(SandboxRequest request) {
        String since = request.query().getOrDefault("since", "");
        List<ObjectNode> all = store.list(PRODUCTS).stream()
                .filter(each -> since.isEmpty() || !changedAt(each).isBefore(Instant.parse(since)))
                .toList();
        int from = Integer.parseInt(request.query().getOrDefault("from", "0"));
        ObjectNode page = SandboxStore.document();
        all.stream().skip(from).limit(PAGE).forEach(page.putArray("items")::add);
        if (from + PAGE < all.size()) {
            page.put("next", "?from=" + (from + PAGE) + (since.isEmpty() ? "" : "&since=" + since));
        }
        return SandboxAnswer.json(200, page);
    }

    private SandboxAnswer csv(SandboxRequest request) {
        String since = request.header("if-modified-since");
        List<ObjectNode> all = store.list(PRODUCTS);
        if (since != null && all.stream().noneMatch(each -> changedAt(each).isAfter(httpDate(since)))) {
            return new SandboxAnswer(304, Map.of(), new byte[0]);
        }
        String rows = all.stream()
                .map(each -> "%s;\"%s\";%s;%s;%s\r\n"
                        .formatted(
                                each.path("sku").asText(),
                                each.path("title").asText().replace("\"", "\"\""),
                                each.path("price").asText(),
                                each.path("currency").asText(),
                                each.path("onHand").asText()))
                .collect(Collectors.joining("", "sku;title;price;currency;onHand\r\n", ""));
        return new SandboxAnswer(
                200, Map.of("Content-Type", "text/csv; charset=utf-8"), rows.getBytes(StandardCharsets.UTF_8));
    }

    private static Instant changedAt(JsonNode product) {
        return Instant.parse(product.path("changedAt").asText());
    }

    private static Instant httpDate(String text) {
        return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }

    private SandboxAnswer set(SandboxRequest request) {
        ObjectNode product =
                store.get(PRODUCTS, request.path().substring(request.path().lastIndexOf('/') + 1));
        if (product == null) {
            return refusal(404, "no such sku");
        }
        JsonNode level = body(request);
        if (level == null
                || !level.path("available").canConvertToInt()
                || level.path("available").asInt() < 0) {
            return refusal(422, "available: expected 0 or more");
        }
        product.put("onHand", level.path("available").asInt());
        put(product);
        return SandboxAnswer.json(200, product);
    }

    private SandboxAnswer create(SandboxRequest request) {
        String key = request.header("Idempotency-Key");
        JsonNode order = body(request);
        if (key == null
                || !(order instanceof ObjectNode made)
                || order.path("lines").isEmpty()) {
            return refusal(422, "expected an Idempotency-Key and an order with lines");
        }
        for (JsonNode known : store.list(ORDERS)) {
            if (known.path("key").asText().equals(key)) {
                return SandboxAnswer.json(200, known);
            }
        }
        for (JsonNode line : order.path("lines")) {
            if (!take(line.path("sku").asText(), line.path("quantity").asInt())) {
                return refusal(422, "lines: not enough of " + line.path("sku").asText());
            }
        }
        return SandboxAnswer.json(201, stored(made.put("key", key)));
    }

    private ObjectNode stored(ObjectNode order) {
        String id = "O-" + store.next("order");
        store.put(ORDERS, id, order.put("id", id));
        return order;
    }

    private boolean take(String sku, int quantity) {
        ObjectNode product = store.get(PRODUCTS, sku);
        if (product == null || quantity < 1 || product.path("onHand").asInt() < quantity) {
            return false;
        }
        put(product.put("onHand", product.path("onHand").asInt() - quantity));
        return true;
    }

    private static @Nullable JsonNode body(SandboxRequest request) {
        try {
            return JSON.readTree(request.body());
        } catch (JsonProcessingException e) {
            return null;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static SandboxAnswer list(List<JsonNode> items) {
        ObjectNode page = SandboxStore.document();
        page.putArray("items").addAll(items);
        return SandboxAnswer.json(200, page);
    }

    private static SandboxAnswer refusal(int status, String error) {
        return SandboxAnswer.json(status, SandboxStore.document().put("error", error));
    }

    @Override
    public Sale buy(Sku sku, int quantity) {
        return store.locked(() -> {
            int available = Objects.requireNonNullElse(stock().get(sku), 0);
            if (!take(sku.value(), quantity)) {
                throw new IllegalArgumentException(
                        "quantity: " + quantity + " (expected: 1.." + available + ") for sku " + sku);
            }
            ObjectNode order = SandboxStore.document().put("key", "");
            order.putArray("lines").addObject().put("sku", sku.value()).put("quantity", quantity);
            return new Sale(stored(order).path("id").asText(), null);
        });
    }

    @Override
    public Map<Sku, Integer> stock() {
        Map<Sku, Integer> units = new LinkedHashMap<>();
        store.list(PRODUCTS)
                .forEach(each -> units.put(
                        new Sku(each.path("sku").asText()), each.path("onHand").asInt()));
        return units;
    }

    @Override
    public List<String> orders() {
        return store.list(ORDERS).stream().map(ObjectNode::toString).toList();
    }
}
