package dev.weir.tiktokshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What does each type of delivery say that needs no look at the shop? */
class TikTokShopEventsTest {
    private static ChannelBench bench;

    @BeforeAll
    static void open() {
        bench = new ChannelBench("tiktok-shop", Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void changedAddress_touchesTheOrder() {
        assertThat(read("{\"type\":3,\"data\":{\"order_id\":\"5\",\"update_time\":9}}"))
                .containsExactly(new ChannelEvent.OrderTouched("5", Instant.ofEpochSecond(9)));
    }

    @Test
    void productIdBeyondDoubles_sentAsANumber_isKeptToTheDigit() {
        assertThat(read("{\"type\":5,\"data\":{\"product_id\":1729500000000000001,\"update_time\":9}}"))
                .containsExactly(new ChannelEvent.CatalogueTouched("1729500000000000001", Instant.ofEpochSecond(9)));
        assertThat(read("{\"type\":37,\"data\":{\"product_id\":9007199254740993,\"audit\":{\"status\":\"FAILED\"},"
                        + "\"update_time\":9}}"))
                .containsExactly(new ChannelEvent.CatalogueTouched("9007199254740993", Instant.ofEpochSecond(9)));
        assertThat(read("{\"type\":16,\"data\":{\"product_id\":\"12\",\"update_time\":9}}"))
                .containsExactly(new ChannelEvent.CatalogueTouched("12", Instant.ofEpochSecond(9)));
    }

    @Test
    void withdrawnAccess_lapsesNow_andEndingConsentAtItsEnd() {
        assertThat(read("{\"type\":6,\"data\":{\"message\":\"shop cancelled\"}}"))
                .singleElement()
                .isInstanceOfSatisfying(ChannelEvent.AccessLapsing.class, lapsing -> {
                    assertThat(lapsing.ends()).isBefore(Instant.now().plusSeconds(1));
                    assertThat(lapsing.reason()).contains("shop cancelled");
                });
        assertThat(read("{\"type\":7,\"data\":{\"message\":\"30 days\",\"expiration_time\":\"1797600000\"}}"))
                .containsExactly(new ChannelEvent.AccessLapsing(
                        Instant.ofEpochSecond(1797600000), "the seller's consent ends: 30 days"));
        assertRejected("{\"type\":7,\"data\":{\"message\":\"soon\",\"expiration_time\":\"next week\"}}", "next week");
    }

    @Test
    void returnUnderWay_andTypesOfNoConsequence_areIgnoredWithAReason() {
        assertThat(ignored("{\"type\":12,\"data\":{\"return_id\":\"7\",\"return_status\":"
                        + "\"REFUND_OR_RETURN_REQUEST_REJECT\"}}"))
                .contains("RETURN_OR_REFUND_REQUEST_REJECT");
        assertThat(ignored("{\"type\":2,\"data\":{}}")).contains("11 and 12");
        assertThat(ignored("{\"type\":14,\"data\":{}}")).contains("14");
    }

    @Test
    void stockOfSeveralChanges_isAnEchoOnlyWhenAllAreOurs_andCarriesThePlatformsTime() {
        String change = "{\"type\":%d,\"data\":{\"event_id\":\"e1\",\"occurred_at\":\"2026-11-24T10:00:00.123456789Z\","
                + "\"product_id\":\"1\",\"sku_id\":\"2\",\"quantity_snapshot_after_change\":"
                + "{\"total_available_quantity\":41},\"change_detail\":[{\"trigger_source\":\"api_sync\"},"
                + "{\"trigger_source\":\"%s\"}]}}";

        assertThat(read(change.formatted(68, "order_created")))
                .containsExactly(
                        new ChannelEvent.StockSeen("1/2", 41, Instant.parse("2026-11-24T10:00:00.123456789Z")));
        assertThat(read(change.formatted(27, "campaign_lock")).getFirst()).isInstanceOf(ChannelEvent.StockSeen.class);
        assertThat(ignored(change.formatted(68, "api_sync"))).contains("echo");
    }

    @Test
    void deliveryThatNamesNothing_isRejectedSayingWhatIsMissing() {
        assertRejected("{\"type\":1,\"data\":{}}", "order_id");
        assertRejected("{\"type\":4,\"data\":{\"sc_type\":\"SPLIT\"}}", "order");
        assertRejected("{\"type\":5,\"data\":{}}", "product_id");
        assertRejected("{\"type\":12,\"data\":{}}", "return_id");
        assertRejected("{\"type\":68,\"data\":{\"sku_id\":\"2\"}}", "quantity_snapshot_after_change");
    }

    private static List<ChannelEvent> read(String body) {
        return bench.channel()
                .orderWebhook(bench.connection())
                .read(bench.arrive(Map.of(), body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String ignored(String body) {
        return ((ChannelEvent.Ignored) read(body).getFirst()).reason();
    }

    private static void assertRejected(String body, String named) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOfSatisfying(
                        ChannelException.class, e -> assertThat(e.fault()).isEqualTo(Fault.REJECTED))
                .hasMessageContaining(named);
    }
}
