package dev.weir.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Money;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.OrderPush;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import dev.weir.connectors.StockWrite;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which fault is each of Shopify's ways to fail, and what does the client do about it by itself? */
class ShopifyFaultsTest {
    private static final String NO_ORDERS =
            "{\"data\":{\"orders\":{\"nodes\":[],\"pageInfo\":{\"hasNextPage\":false}}}}";
    private static final String READ =
            "{\"data\":{\"nodes\":[{\"id\":\"gid://shopify/InventoryItem/111\",\"tracked\":true,"
                    + "\"inventoryLevel\":{\"quantities\":[{\"name\":\"available\",\"quantity\":%d}]}}]}}";
    private static final String SET_OK =
            "{\"data\":{\"inventorySetQuantities\":{\"inventoryAdjustmentGroup\":null,\"userErrors\":[]}}}";
    private static final String SET_REFUSED =
            "{\"data\":{\"inventorySetQuantities\":{\"inventoryAdjustmentGroup\":null,\"userErrors\":[{\"field\":"
                    + "[\"input\",\"quantities\",\"0\",\"changeFromQuantity\"],\"message\":\"any text\",\"code\":\"%s\"}]}}}";

    private FakeShop shop;

    @BeforeEach
    void open() throws Exception {
        shop = new FakeShop();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void throttledAnswer_isWaitedForAndAskedAgain() {
        shop.then(200, throttled(750, 700)).then(200, NO_ORDERS);

        assertThat(shop.channel().orderPoll(shop.connection()).changedSince(Instant.EPOCH))
                .isEmpty();

        assertThat(shop.asked()).hasSize(2);
    }

    @Test
    void throttledForLong_tellsTheWaitThatTheShopAskedFor() {
        shop.then(200, throttled(1000, 0));

        ChannelException fault = poll();

        assertThat(fault.fault()).isEqualTo(Fault.THROTTLED);
        assertThat(fault.retryAfter()).hasSeconds(10);
        assertThat(shop.asked()).hasSize(1);
    }

    @Test
    void httpStatuses_areToldApart() {
        assertThat(poll(401, "{\"errors\":\"[API] Invalid API key or access token\"}"))
                .isEqualTo(Fault.UNAUTHORISED);
        assertThat(poll(402, "")).isEqualTo(Fault.UNAUTHORISED);
        assertThat(poll(423, "")).isEqualTo(Fault.UNAUTHORISED);
        assertThat(poll(502, "<html>")).isEqualTo(Fault.TRANSIENT);
        assertThat(poll(200, "<html>")).isEqualTo(Fault.TRANSIENT);
    }

    @Test
    void refusalsThatTellIt_nameTheSetting_andOthersNone() {
        shop.then(401, "{\"errors\":\"[API] Invalid API key or access token\"}")
                .then(404, "")
                .then(402, "");

        assertThat(shop.channel().check(shop.connection()).detail())
                .startsWith("accessToken: ")
                .contains("HTTP 401");
        assertThat(shop.channel().check(shop.connection()).detail()).startsWith("shop: ");
        assertThat(shop.channel().check(shop.connection()).detail()).startsWith("Check: HTTP 402");
    }

    @Test
    void topLevelErrors_areToldApartByCode() {
        assertThat(
                        poll(
                                200,
                                "{\"errors\":[{\"message\":\"no\",\"extensions\":{\"code\":\"ACCESS_DENIED\"}}],\"data\":null}"))
                .isEqualTo(Fault.UNAUTHORISED);
        assertThat(poll(200, "{\"errors\":[{\"message\":\"no\",\"extensions\":{\"code\":\"undefinedField\"}}]}"))
                .isEqualTo(Fault.REJECTED);
        assertThat(poll(200, "{\"errors\":[{\"message\":\"no code at all\"}]}")).isEqualTo(Fault.REJECTED);
    }

    @Test
    void staleLevel_isReadAgainAndSetWithANewKey() {
        shop.then(200, READ.formatted(9))
                .then(200, SET_REFUSED.formatted("CHANGE_FROM_QUANTITY_STALE"))
                .then(200, READ.formatted(12))
                .then(200, SET_OK);

        StockWrite.Outcome outcome = set(5);

        assertThat(outcome.refusal()).isNull();
        assertThat(shop.asked().get(1)).contains("\"changeFromQuantity\":9");
        assertThat(shop.asked().get(3)).contains("\"changeFromQuantity\":12");
        assertThat(key(shop.asked().get(3))).isNotEqualTo(key(shop.asked().get(1)));
    }

    @Test
    void levelThatWouldRiseOverAnUnexplainedFall_isAConflict() {
        shop.then(200, READ.formatted(9))
                .then(200, SET_REFUSED.formatted("CHANGE_FROM_QUANTITY_STALE"))
                .then(200, READ.formatted(7));

        ChannelException refusal = set(10).refusal();

        assertThat(refusal).isNotNull();
        assertThat(refusal.fault()).isEqualTo(Fault.CONFLICT);
        assertThat(shop.asked()).hasSize(3);
    }

    @Test
    void sameKeyInFlight_isAskedAgainWithTheSameKey() {
        shop.then(200, READ.formatted(9))
                .then(200, SET_REFUSED.formatted("IDEMPOTENCY_CONCURRENT_REQUEST"))
                .then(200, SET_OK);

        assertThat(set(5).refusal()).isNull();
        assertThat(shop.asked().get(2)).isEqualTo(shop.asked().get(1));
    }

    @Test
    void keySpentOnAFailure_isFollowedByAnother() {
        shop.then(200, READ.formatted(9))
                .then(200, SET_REFUSED.formatted("IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED"))
                .then(200, SET_OK);

        assertThat(set(5).refusal()).isNull();
        assertThat(shop.asked()).hasSize(3);
        assertThat(key(shop.asked().get(2))).isNotEqualTo(key(shop.asked().get(1)));
    }

    @Test
    void serviceThatFailedInsideASuccess_isAskedAgainWithTheSameKey() {
        shop.then(200, READ.formatted(9))
                .then(200, SET_REFUSED.formatted("SERVICE_UNAVAILABLE"))
                .then(200, SET_OK);

        assertThat(set(5).refusal()).isNull();
        assertThat(shop.asked().get(2)).isEqualTo(shop.asked().get(1));
    }

    @Test
    void edge429_isWaitedForAsItAsks() {
        shop.then(429, Map.of("Retry-After", "1.0"), "").then(200, NO_ORDERS);

        assertThat(shop.channel().orderPoll(shop.connection()).changedSince(Instant.EPOCH))
                .isEmpty();
        assertThat(shop.asked()).hasSize(2);
    }

    @Test
    void refusalInsideASuccessfulAnswer_isAnOutcomeOfThatLevel() {
        shop.then(200, READ.formatted(9)).then(200, SET_REFUSED.formatted("INVALID_QUANTITY_TOO_HIGH"));

        ChannelException refusal = set(5).refusal();

        assertThat(refusal).isNotNull();
        assertThat(refusal.fault()).isEqualTo(Fault.REJECTED);
    }

    @Test
    void neverStockedItem_isSetWithAnExplicitNull() {
        shop.then(
                        200,
                        "{\"data\":{\"nodes\":[{\"id\":\"gid://shopify/InventoryItem/111\",\"tracked\":true,"
                                + "\"inventoryLevel\":null}]}}")
                .then(200, SET_OK);

        assertThat(set(5).refusal()).isNull();
        assertThat(shop.asked().get(1)).contains("\"changeFromQuantity\":null");
    }

    @Test
    void orderWhoseAnswerWasLost_isFoundInsteadOfMadeAgain() {
        shop.then(200, NO_ORDERS)
                .thenHangsUp()
                .then(200, NO_ORDERS)
                .then(
                        200,
                        "{\"data\":{\"orders\":{\"nodes\":[{\"id\":\"gid://shopify/Order/55\","
                                + "\"sourceIdentifier\":\"weir-1\"}]}}}");

        assertThat(shop.channel().orderPush(shop.connection()).push(request())).isEqualTo("55");
        assertThat(shop.asked())
                .filteredOn(text -> text.contains("orderCreate("))
                .hasSize(1);
    }

    @Test
    void throttledOrderCreation_isNotSentAgainBlindly() {
        shop.then(200, NO_ORDERS).then(200, throttled(20, 19)).then(200, NO_ORDERS);

        ChannelException fault = catchThrowableOfType(
                ChannelException.class,
                () -> shop.channel().orderPush(shop.connection()).push(request()));

        assertThat(fault.fault()).isEqualTo(Fault.OUTCOME_UNKNOWN);
        assertThat(shop.asked())
                .filteredOn(text -> text.contains("orderCreate("))
                .hasSize(1);
    }

    private StockWrite.Outcome set(int available) {
        Listing listing = listing();
        return shop.channel()
                .stockWrite(shop.connection())
                .write(List.of(new StockWrite.Target(new StockLevel(listing.sku(), available, 1), listing)))
                .getFirst();
    }

    private static Listing listing() {
        return new Listing(
                new Sku("TEE-RED-M"),
                "Tee",
                Money.of("19.90", "EUR"),
                null,
                "gid://shopify/ProductVariant/11",
                "gid://shopify/InventoryItem/111",
                9);
    }

    private static OrderPush.Request request() {
        OrderLine line = new OrderLine(new Sku("TEE-RED-M"), 1, Money.of("19.90", "EUR"), List.of());
        return new OrderPush.Request(
                "weir-1",
                List.of(new OrderPush.Line(line, listing())),
                Money.of("24.80", "EUR"),
                "ada@example.com",
                Map.of("name", "Ada Byron", "country", "GB"),
                Map.of(),
                null);
    }

    private static String key(String request) {
        return request.replaceAll(".*\"key\":\"([^\"]+)\".*", "$1");
    }

    private static String throttled(int requested, int available) {
        return """
                {"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}],
                 "extensions":{"cost":{"requestedQueryCost":%d,"actualQueryCost":null,
                  "throttleStatus":{"maximumAvailable":2000.0,"currentlyAvailable":%d,"restoreRate":100.0}}}}""".formatted(requested, available);
    }

    private ChannelException poll() {
        return catchThrowableOfType(
                ChannelException.class,
                () -> shop.channel().orderPoll(shop.connection()).changedSince(Instant.EPOCH));
    }

    private Fault poll(int status, String body) throws IllegalStateException {
        try (FakeShop other = new FakeShop()) {
            other.then(status, body);
            return catchThrowableOfType(
                            ChannelException.class,
                            () -> other.channel().orderPoll(other.connection()).changedSince(Instant.EPOCH))
                    .fault();
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
