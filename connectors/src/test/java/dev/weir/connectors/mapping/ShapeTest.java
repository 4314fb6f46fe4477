package dev.weir.connectors.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Is what does not fit a shape named by field, value and what was expected, and does what fits become the record? */
class ShapeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LINE = """
            {"sku":"MUG-01","quantity":2,"unitPrice":{"amount":"12.50","currency":"EUR"},"externalIds":["7"]}""";
    private static final Map<String, String> GOOD = Map.of(
            "money", "{\"amount\":\"-12.90\",\"currency\":\"EUR\"}",
            "order-line", LINE,
            "order", """
            {"channel":"example","externalId":"1001","state":"PAID","placedAt":"2026-11-24T18:00:00+01:00",
             "updatedAt":1794999990,"lines":[%s],"total":{"amount":"25.00","currency":"EUR"},
             "buyerEmail":"ada@example.com","evidence":{"room_id":"76","store_id":1}}""".formatted(LINE),
            "listing", """
            {"sku":"MUG-01","title":"Enamel mug","price":{"amount":"1250","currency":"JPY"},
             "imageUrl":"https://shop.example/mug.png","externalId":"9007199254740993","onHand":0}""",
            "refund", """
            {"externalId":"r1","orderExternalId":"1001","at":"2026-11-24T18:00:00Z","currency":"EUR",
             "amounts":["0.10","0.20"],"restocked":[%s]}""".formatted(LINE),
            "stock-level", "{\"sku\":\"MUG-01\",\"available\":7}",
            "shipment", "{\"externalId\":\"s1\",\"at\":1794999990,\"carrier\":\"DHL\",\"tracking\":\"003404\"}",
            "statement", """
            {"externalId":"p1","at":1794999990,"amount":{"amount":"-0.30","currency":"USD"},
             "lines":[{"kind":"PLATFORM_COMMISSION","amount":{"amount":"-0.30","currency":"USD"}}]}""");

    @Test
    void everyShape_takesAGoodPayload_andLeavesNothingUnread() {
        GOOD.forEach((shape, payload) -> {
            assertThat(Shape.of(shape).faults(json(payload))).as(shape).isEmpty();
            assertThat(Shape.of(shape).unread(json(payload))).as(shape).isEmpty();
        });
    }

    @Test
    void everyRequiredField_thatIsLeftOut_isNamed() {
        GOOD.forEach((shape, payload) -> {
            for (String name : List.copyOf(json(payload).properties()).stream()
                    .map(Map.Entry::getKey)
                    .toList()) {
                ObjectNode less = (ObjectNode) json(payload);
                less.remove(name);
                Shape.of(shape)
                        .faults(less)
                        .forEach(fault -> assertThat(fault.toString())
                                .startsWith(shape)
                                .doesNotContain("what " + shape + ".schema.json says"));
            }
            assertThat(Shape.of(shape).faults(json("{}"))).as(shape).isNotEmpty();
            assertThat(Shape.of(shape).faults(json("[]"))).as(shape).hasSize(1);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            order       | /lines/0/quantity           | "two"     | order.lines[0].quantity: "two" (expected: integer of 1 or more)
            order       | /lines/0/quantity           | 0         | order.lines[0].quantity: 0 (expected: integer of 1 or more)
            order       | /lines/0/quantity           | 1.5       | order.lines[0].quantity: 1.5 (expected: integer of 1 or more)
            order       | /lines/0/sku                | "a b"     | order.lines[0].sku: "a b" (expected: 1..64 printable characters, no blanks)
            order       | /lines/0/unitPrice/amount   | 12.5      | order.lines[0].unitPrice.amount: 12.5 (expected: a decimal as text, such as "12.90")
            order       | /lines/0/unitPrice/currency | "GLD"     | order.lines[0].unitPrice.currency: "GLD" (expected: an ISO 4217 code)
            order       | /lines/0/externalIds/0      | 7         | order.lines[0].externalIds[0]: 7 (expected: an id as text)
            order       | /lines                      | []        | order.lines: [] (expected: at least one line)
            order       | /state                      | "SHIPPED" | order.state: "SHIPPED" (expected: PENDING, PAID or CANCELLED)
            order       | /placedAt                   | "soon"    | order.placedAt: "soon" (expected: an instant: ISO 8601 with its offset, or epoch seconds)
            order       | /evidence/room_id           | {"a":1}   | order.evidence.room_id: {"a":1} (expected: a plain value)
            listing     | /price/currency             | "EURO"    | listing.price.currency: "EURO" (expected: an ISO 4217 code)
            listing     | /onHand                     | -1        | listing.onHand: -1 (expected: integer of 0 or more, or nothing)
            listing     | /imageUrl                   | "a b"     | listing.imageUrl: "a b" (expected: the address of a picture, or nothing)
            listing     | /externalId                 | 5         | listing.externalId: 5 (expected: the shop's id of the variant as text)
            refund      | /amounts/1                  | "much"    | refund.amounts[1]: "much" (expected: a decimal as text, such as "12.90")
            stock-level | /available                  | -3        | stock-level.available: -3 (expected: integer of 0 or more)
            shipment    | /at                         | true      | shipment.at: true (expected: an instant: ISO 8601 with its offset, or epoch seconds)
            statement   | /lines/0/amount             | "-0.30"   | statement.lines[0].amount: "-0.30" (expected: money, such as {"amount":"12.90","currency":"EUR"})
            """)
    void badValue_isNamedByFieldValueAndWhatWasExpected(String shape, String pointer, String value, String told) {
        JsonNode payload = put(json(GOOD.get(shape)), pointer, json(value));

        assertThat(Shape.of(shape).faults(payload)).map(MapFault::toString).containsExactly(told);
    }

    @Test
    void missingField_isToldWithWhatItShouldBe() {
        ObjectNode order = (ObjectNode) json(GOOD.get("order"));
        ((ObjectNode) order.at("/lines/0")).remove("sku");
        order.remove("total");

        assertThat(Shape.of("order").faults(order))
                .map(MapFault::toString)
                .containsExactlyInAnyOrder(
                        "order.lines[0].sku: missing (expected: 1..64 printable characters, no blanks)",
                        "order.total: missing (expected: money, such as {\"amount\":\"12.90\",\"currency\":\"EUR\"})");
    }

    @Test
    void misspeltField_isUnread_andNoFault() {
        JsonNode listing = ((ObjectNode) json(GOOD.get("listing"))).put("imageURL", "https://shop.example/mug.png");

        assertThat(Shape.of("listing").faults(listing)).isEmpty();
        assertThat(Shape.of("listing").unread(listing)).containsExactly("listing.imageURL");
    }

    @Test
    void shapeOfAMap_isTheLongestThatItsNameBeginsWith() {
        assertThat(Shape.ofMap("order")).map(Shape::name).hasValue("order");
        assertThat(Shape.ofMap("order-webhook")).map(Shape::name).hasValue("order");
        assertThat(Shape.ofMap("order-line-row")).map(Shape::name).hasValue("order-line");
        assertThat(Shape.ofMap("orderly")).isEmpty();
        assertThat(Shape.ofMap("item")).isEmpty();
    }

    @Test
    void goodPayloads_becomeRecords() {
        assertThat(Canonical.order(json(GOOD.get("order"))).updatedAt()).isEqualTo(Instant.ofEpochSecond(1794999990));
        assertThat(Canonical.listing(json(GOOD.get("listing"))).price()).isEqualTo(Money.of("1250", "JPY"));
        assertThat(Canonical.refund(json(GOOD.get("refund"))).amount()).isEqualTo(Money.of("0.30", "EUR"));
        assertThat(Canonical.stockLevel(json(GOOD.get("stock-level"))).version())
                .isZero();
        assertThat(Canonical.shipment(json(GOOD.get("shipment"))).lines()).isEmpty();
        assertThat(Canonical.statement(json(GOOD.get("statement"))).lines()).hasSize(1);
        assertThat(Canonical.lines(json("[" + LINE + "]"))).hasSize(1);
    }

    @Test
    void unknownCurrency_isNamed_whenTheOrderIsRead() {
        JsonNode order = put(json(GOOD.get("order")), "/total/currency", json("\"XQX\""));

        assertThatThrownBy(() -> Canonical.order(order))
                .isInstanceOfSatisfying(
                        ChannelException.class, e -> assertThat(e.fault()).isEqualTo(Fault.REJECTED))
                .hasMessage("order.total.currency: \"XQX\" (expected: an ISO 4217 code)");
    }

    @Test
    void moreDecimalsThanTheCurrencyHas_areNamedWithTheirField() {
        JsonNode listing = put(json(GOOD.get("listing")), "/price/amount", json("\"12.50\""));

        assertThatThrownBy(() -> Canonical.listing(listing))
                .hasMessage("listing.price.amount: 12.50 (expected: at most 0 decimals for JPY)");
    }

    @Test
    void severalFaults_areToldByTheFirst_andCounted() {
        assertThatThrownBy(() -> Canonical.stockLevel(json("{\"sku\":\"\",\"available\":\"x\"}")))
                .hasMessageStartingWith("stock-level.")
                .hasMessageEndingWith("; and 1 more");
    }

    private static JsonNode put(JsonNode whole, String pointer, JsonNode value) {
        int last = pointer.lastIndexOf('/');
        JsonNode parent = whole.at(pointer.substring(0, last));
        String name = pointer.substring(last + 1);
        if (parent instanceof ObjectNode object) {
            object.set(name, value);
        } else {
            ((com.fasterxml.jackson.databind.node.ArrayNode) parent).set(Integer.parseInt(name), value);
        }
        return whole;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
