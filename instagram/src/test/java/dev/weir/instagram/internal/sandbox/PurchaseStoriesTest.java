package dev.weir.instagram.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ContractBase;
import dev.weir.connectors.Conversions.Purchase;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Money;
import dev.weir.connectors.OrderLine;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which purchases does Meta hear of, and in which words? */
class PurchaseStoriesTest extends ContractBase {
    private final MovedClock clock = new MovedClock("2026-11-24T19:10:00Z");

    @Override
    protected String channel() {
        return "instagram";
    }

    @Override
    protected Clock clock() {
        return clock;
    }

    @Test
    void purchaseOfAKnownBrowser_isTheReferencesEvent() {
        report(
                Map.of(),
                purchase(
                        "site-order-9001",
                        Duration.ZERO,
                        Map.of(
                                "fbc", "fb.1.1794999000000.AbCdEf",
                                "client_ip_address", "203.0.113.5",
                                "client_user_agent", "Mozilla/5.0",
                                "event_source_url", "https://shop.example.com/thanks")));

        ObjectNode event = kept().getFirst();
        assertThat(event.path("event_time").asLong()).isEqualTo(clock.instant().getEpochSecond());
        event.remove(List.of("event_time", "seen_at", "test_event_code"));
        assertThat(event.toString())
                .isEqualTo(
                        "{\"event_name\":\"Purchase\",\"event_id\":\"site-order-9001\",\"action_source\":\"website\","
                                + "\"event_source_url\":\"https://shop.example.com/thanks\",\"user_data\":{\"em\":["
                                + "\"6a6c26195c3682faa816966af789717c3bfa834eee6c599d667d2b3429c27cfd\"],"
                                + "\"fbc\":\"fb.1.1794999000000.AbCdEf\",\"client_ip_address\":\"203.0.113.5\","
                                + "\"client_user_agent\":\"Mozilla/5.0\"},\"custom_data\":{\"currency\":\"USD\",\"value\":39.98,"
                                + "\"order_id\":\"site-order-9001\",\"content_type\":\"product\",\"content_ids\":[\"TEE-RED-M\"],"
                                + "\"contents\":[{\"id\":\"TEE-RED-M\",\"quantity\":2,\"item_price\":19.99}],\"num_items\":2}}");
    }

    @Test
    void purchaseOfAnUnknownBrowser_isNotAWebsites_andItsClickIsDated() {
        report(Map.of(), purchase("o-1", Duration.ofMinutes(5), Map.of("fbclid", "AbCdEf", "fbp", "fb.1.2.3")));

        JsonNode event = kept().getFirst();
        assertThat(event.path("action_source").asText()).isEqualTo("other");
        assertThat(event.has("event_source_url")).isFalse();
        assertThat(event.path("user_data").path("fbp").asText()).isEqualTo("fb.1.2.3");
        assertThat(event.path("user_data").path("fbc").asText())
                .isEqualTo("fb.1." + clock.instant().minusSeconds(300).toEpochMilli() + ".AbCdEf");
    }

    @Test
    void purchaseToldTenTimes_isOne() {
        for (int told = 0; told < 10; told++) {
            report(Map.of(), purchase("o-1", Duration.ZERO, Map.of()), purchase("o-1", Duration.ZERO, Map.of()));
        }

        assertThat(kept()).hasSize(1);
    }

    @Test
    void purchaseOfMoreThanAWeekAgo_isNamed_andTheOthersAreTold() {
        assertThatThrownBy(() -> report(
                        Map.of(),
                        purchase("o-old", Duration.ofDays(8), Map.of()),
                        purchase("o-new", Duration.ofDays(6), Map.of())))
                .hasMessageContaining("[o-old]");
        assertFault(Fault.REJECTED, () -> report(Map.of(), purchase("o-old", Duration.ofDays(7), Map.of())));

        assertThat(kept()).extracting(event -> event.path("event_id").asText()).containsExactly("o-new");
    }

    @Test
    void purchaseOfNobodyKnown_andOfTheNearFuture_isTold() {
        report(
                Map.of(),
                new Purchase(
                        "o-1", clock.instant().plusSeconds(90), List.of(), Money.of("20.00", "EUR"), null, Map.of()));

        JsonNode event = kept().getFirst();
        assertThat(event.path("event_time").asLong()).isEqualTo(clock.instant().getEpochSecond());
        assertThat(event.path("user_data").path("external_id").path(0).asText()).hasSize(64);
        assertThat(event.path("custom_data").path("value").decimalValue()).isEqualByComparingTo("20");
    }

    @Test
    void purchases_ofMoreThanAThousand_areSeveralCalls() {
        List<Purchase> many = new ArrayList<>();
        for (int at = 0; at < 1_001; at++) {
            many.add(purchase("o-" + at, Duration.ZERO, Map.of()));
        }

        assertThat(channelUnderTest().conversions(bench.connection()).batchSize())
                .isEqualTo(1_000);
        channelUnderTest().conversions(bench.connection()).purchased(many);

        assertThat(kept()).hasSize(1_001);
    }

    @Test
    void purchases_withATestCode_carryIt_andWhereConsentIsAskedOnlyTheWillingAreTold() {
        report(
                Map.of("testEventCode", "TEST42", "onlyWithConsent", "true"),
                purchase("o-no", Duration.ZERO, Map.of()),
                purchase("o-yes", Duration.ZERO, Map.of("consent", "granted")));

        assertThat(kept()).singleElement().satisfies(event -> {
            assertThat(event.path("event_id").asText()).isEqualTo("o-yes");
            assertThat(event.path("test_event_code").asText()).isEqualTo("TEST42");
            assertThat(event.toString()).doesNotContain("buyer@example.com");
        });
    }

    @Test
    void purchases_withoutADataset_nameTheSetting() {
        Map<String, String> settings = new HashMap<>(bench.connection().settings());
        settings.remove("datasetId");

        assertThatThrownBy(() -> channelUnderTest()
                        .conversions(bench.connection(settings))
                        .purchased(List.of(purchase("o-1", Duration.ZERO, Map.of()))))
                .hasMessageContaining("setting datasetId is missing");
    }

    private Purchase purchase(String key, Duration ago, Map<String, String> campaign) {
        Money price = Money.of("19.99", "USD");
        return new Purchase(
                key,
                clock.instant().minus(ago),
                List.of(new OrderLine(TEE, 2, price, List.of())),
                price.times(2),
                " Buyer@example.com",
                campaign);
    }

    private void report(Map<String, String> extra, Purchase... purchases) {
        Map<String, String> settings = new HashMap<>(bench.connection().settings());
        settings.putAll(extra);
        channelUnderTest().conversions(bench.connection(settings)).purchased(List.of(purchases));
    }

    private List<ObjectNode> kept() {
        return ((InstagramSandbox) bench.platform()).purchases();
    }
}
