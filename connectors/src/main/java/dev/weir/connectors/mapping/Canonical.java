package dev.weir.connectors.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Money;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.Refund;
import dev.weir.connectors.Settlements;
import dev.weir.connectors.Shipment;
import dev.weir.connectors.StockLevel;
import java.util.List;

/**
 * How does what a field map wrote become a record? It is held against its {@link Shape} first: the map's output carries the
 * record's own component names; money as {@code {"amount","currency"}}, instants as ISO 8601 or epoch seconds. What is
 * missing or malformed is named with its value, and {@link Fault#REJECTED}. Stateless.
 */
public final class Canonical {
    static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Canonical() {}

    /** An order; JSLT leaves empty objects out, so missing evidence or address is none. */
    public static Order order(JsonNode mapped) {
        ObjectNode whole = checked("order", mapped);
        if (!whole.hasNonNull("evidence")) {
            whole.putObject("evidence");
        }
        if (!whole.hasNonNull("address")) {
            whole.putObject("address");
        }
        return read("order", whole, Order.class);
    }

    /** A listing. */
    public static Listing listing(JsonNode mapped) {
        return read("listing", checked("listing", mapped), Listing.class);
    }

    /** Order lines, such as those of a refund; none when the map left them out. */
    public static List<OrderLine> lines(JsonNode mapped) {
        if (mapped.isMissingNode() || mapped.isNull()) {
            return List.of();
        }
        for (int at = 0; at < mapped.size(); at++) {
            refuse(Shape.of("order-line").faults(mapped.path(at), "lines[" + at + "]"));
        }
        return List.of(read("lines", mapped, OrderLine[].class));
    }

    /** A refund; amounts are added up here, because JSLT counts in binary fractions. */
    public static Refund refund(JsonNode mapped) {
        ObjectNode whole = checked("refund", mapped);
        if (!whole.has("amount")) {
            whole.set("amount", JSON.valueToTree(sum(whole)));
        }
        return read("refund", withLines(whole, "restocked"), Refund.class);
    }

    private static Money sum(JsonNode refund) {
        String currency = refund.path("currency").asText();
        try {
            Money sum = Money.of("0", currency);
            for (JsonNode part : refund.path("amounts")) {
                sum = sum.plus(Money.of(part.asText(), currency));
            }
            return sum;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ChannelException(Fault.REJECTED, "refund.amounts: " + e.getMessage(), null, e);
        }
    }

    /** A stock level; its version is 0 when the map left it out. */
    public static StockLevel stockLevel(JsonNode mapped) {
        ObjectNode whole = checked("stock-level", mapped);
        if (!whole.hasNonNull("version")) {
            whole.put("version", 0);
        }
        return read("stock-level", whole, StockLevel.class);
    }

    /** A shipment; without lines it is everything that had not left yet. */
    public static Shipment shipment(JsonNode mapped) {
        return read("shipment", withLines(checked("shipment", mapped), "lines"), Shipment.class);
    }

    /** A statement of payouts. */
    public static Settlements.Statement statement(JsonNode mapped) {
        return read("statement", withLines(checked("statement", mapped), "lines"), Settlements.Statement.class);
    }

    /** Reads {@code mapped} as the record of that shape, for nothing but its refusal. */
    static void tryOut(Shape shape, JsonNode mapped) {
        Object read = switch (shape.name()) {
            case "order" -> order(mapped);
            case "listing" -> listing(mapped);
            case "refund" -> refund(mapped);
            case "stock-level" -> stockLevel(mapped);
            case "shipment" -> shipment(mapped);
            case "statement" -> statement(mapped);
            default -> mapped;
        };
        java.util.Objects.requireNonNull(read, "read");
    }

    private static ObjectNode checked(String shape, JsonNode mapped) {
        refuse(Shape.of(shape).faults(mapped));
        return mapped.deepCopy();
    }

    private static void refuse(List<MapFault> faults) {
        if (!faults.isEmpty()) {
            String more = faults.size() == 1 ? "" : "; and " + (faults.size() - 1) + " more";
            throw new ChannelException(Fault.REJECTED, faults.getFirst() + more);
        }
    }

    private static ObjectNode withLines(ObjectNode whole, String name) {
        if (!whole.hasNonNull(name)) {
            whole.putArray(name);
        }
        return whole;
    }

    private static <T> T read(String root, JsonNode mapped, Class<T> type) {
        try {
            return JSON.treeToValue(mapped, type);
        } catch (JsonProcessingException e) {
            throw new ChannelException(Fault.REJECTED, told(root, e), null, e);
        }
    }

    /** What a record itself refused begins with the field's name; it stands below the one that was being read. */
    private static String told(String root, JsonProcessingException e) {
        String said = e.getCause() instanceof IllegalArgumentException inner
                ? "." + inner.getMessage()
                : ": " + e.getOriginalMessage();
        StringBuilder field = new StringBuilder(root);
        if (e instanceof JsonMappingException mapping) {
            mapping.getPath()
                    .forEach(step -> field.append(
                            step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName()));
        }
        return field + said;
    }
}
