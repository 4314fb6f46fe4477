package dev.weir.instagram.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.CheckoutLink;
import dev.weir.connectors.Fault;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckoutUrlTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_794_999_999_000L), ZoneOffset.UTC);

    @ParameterizedTest
    @ValueSource(strings = {"12345:3,23456:1", "12345%3A3%2C23456%3A1", "12345%3a3%2c23456%3a1", "12345:3,23456:1,"})
    void link_ofTwoItems_isReadEncodedOrNot(String products) {
        assertThat(units(products)).containsExactly(Map.entry("12345", 3), Map.entry("23456", 1));
    }

    @Test
    void link_namingAnItemTwice_countsItTogether() {
        assertThat(units("A-1%3A2%2CA-1%3A1")).containsExactly(Map.entry("A-1", 3));
    }

    @Test
    void link_withAPlusOrUnderscoreInTheSku_keepsIt() {
        assertThat(units("A+1_b%3A2")).containsExactly(Map.entry("A+1_b", 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "12345",
                ":1",
                "12345:",
                "12345:0",
                "12345:-1",
                "12345:100",
                "12345:x",
                "A:60,A:60",
                "A:99999999999",
                "%F0%9F%91%95%3A1",
                "%zz%3A1",
                "two words:1"
            })
    void link_thatAsksForNothingSellable_isRejected(String products) {
        ChannelException refusal = catchThrowableOfType(ChannelException.class, () -> units(products));

        assertThat(refusal.fault()).isEqualTo(Fault.REJECTED);
        assertThat(refusal).hasMessageContaining("expected: ");
    }

    @Test
    void link_ofMoreThanTwentyItems_isRejected() {
        assertThat(units(items(20))).hasSize(20);
        assertThat(catchThrowableOfType(ChannelException.class, () -> units(items(21)))
                        .fault())
                .isEqualTo(Fault.REJECTED);
    }

    @Test
    void link_carriesItsCampaign_andNothingElse() {
        CheckoutLink.Landing landing = new CheckoutUrl(CLOCK)
                .parse(Map.of(
                        "products", "A:1",
                        "coupon", "SHOW42",
                        "utm_source", "IGShopping",
                        "fbclid", "f1",
                        "cart_origin", "instagram",
                        "session", "secret"));

        assertThat(landing.campaign())
                .containsOnly(
                        Map.entry("coupon", "SHOW42"),
                        Map.entry("utm_source", "IGShopping"),
                        Map.entry("fbclid", "f1"),
                        Map.entry("fbc", "fb.1.1794999999000.f1"),
                        Map.entry("cart_origin", "instagram"));
    }

    @Test
    void link_decodedOnceAlready_isNotDecodedAgain() {
        assertThat(units("50%25OFF:1")).containsExactly(Map.entry("50%25OFF", 1));
        assertThat(units("50%2525OFF%3A1")).containsExactly(Map.entry("50%25OFF", 1));
    }

    @Test
    void link_withAnEndlessClickId_losesIt_ratherThanKeepingHalf() {
        Map<String, String> campaign = new CheckoutUrl(CLOCK)
                .parse(Map.of("products", "A:1", "fbclid", "f".repeat(501), "utm_content", "u".repeat(501)))
                .campaign();

        assertThat(campaign).containsOnlyKeys("utm_content");
        assertThat(campaign.get("utm_content")).hasSize(500);
    }

    @Test
    void link_withManyParameters_keepsTheCouponAndTheClick() {
        Map<String, String> query = new LinkedHashMap<>();
        IntStream.range(0, 40).forEach(at -> query.put("utm_" + at, "x"));
        query.putAll(Map.of("products", "A:1", "coupon", "SHOW42", "fbclid", "f1", "fbp", "fb.1.2.3"));

        Map<String, String> campaign = new CheckoutUrl(CLOCK).parse(query).campaign();

        assertThat(campaign).containsKeys("coupon", "fbclid", "fbc", "fbp").hasSizeLessThanOrEqualTo(21);
    }

    private static String items(int count) {
        return IntStream.range(0, count).mapToObj(at -> "S" + at + ":1").collect(Collectors.joining(","));
    }

    private static Map<String, Integer> units(String products) {
        Map<String, Integer> units = new LinkedHashMap<>();
        new CheckoutUrl(CLOCK)
                .parse(Map.of("products", products))
                .items()
                .forEach(item -> units.put(item.sku().value(), item.quantity()));
        return units;
    }
}
