package dev.weir.hub;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.SelectOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ops change a field map in the browser, tried on a delivery that came in, and take it back. */
@ExtendWith(SharedDemo.class)
class FieldMapsPageTest {
    private static final String MAP = "/api/mappings/shopify/order-webhook";
    private static DemoProcess demo;
    private Page page;

    @BeforeAll
    static void meet(DemoProcess shared) {
        Tools.require("chromium");
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
        demo = shared;
    }

    @AfterEach
    void takeBack() {
        demo.delete(MAP, "ops");
    }

    @Test
    void map_isTriedOnADelivery_putInForce_andTakenBack() {
        demo.post(
                demo.sandbox("/sandbox/shopify/orders"),
                null,
                "{\"sku\":\"POT-CLAY\",\"quantity\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> demo.get("/api/webhooks?limit=200", "ops").text().contains("\"orders/"));
        try (Browsers browser = new Browsers()) {
            page = browser.desk();
            page.onDialog(Dialog::accept);
            page.navigate(demo.base() + "/ops#key=" + demo.key("ops"));
            at("tab-maps").click();
            at("map-shopify-order-webhook").click();
            assertThat(at("map-origin")).hasText("default");
            String shipped = source().inputValue();

            tryOnTheDelivery(shipped);
            putInForceAndTakeBack(shipped);
        }
    }

    private void tryOnTheDelivery(String shipped) {
        String orders = page.locator("[data-testid=delivery] option")
                .filter(new Locator.FilterOptions().setHasText("orders/"))
                .first()
                .getAttribute("value");
        at("delivery").selectOption(new SelectOption().setValue(orders));
        assertThat(at("payload")).hasValue(java.util.regex.Pattern.compile("line_items"));
        at("try").click();
        assertThat(at("trial-verdict")).containsText("It would be taken.");
        assertThat(at("trial-same")).hasText("Writes the same as the default.");

        source().fill(shipped.replace("\"externalId\": string(.id)", "\"externalId\": \"\""));
        at("try").click();
        assertThat(at("trial-verdict")).containsText("It would not be taken.");
        assertThat(at("trial-faults")).containsText("order.externalId");

        source().fill(ours(shipped));
        at("try").click();
        assertThat(at("trial-verdict")).containsText("It would be taken.");
        assertThat(at("trial-differences")).containsText("externalId");
        assertThat(at("trial-differences")).containsText("\"KILN-");
    }

    private void putInForceAndTakeBack(String shipped) {
        source().fill("{\"channel\": ");
        at("map-save").click();
        assertThat(at("map-bad")).containsText("line 1");
        assertThat(source()).hasValue("{\"channel\": ");

        source().fill(ours(shipped));
        at("map-save").click();
        assertThat(at("map-origin")).hasText("your own, version 1");
        page.setViewportSize(390, 844);
        assertThat(source()).hasValue(ours(shipped));
        org.assertj.core.api.Assertions.assertThat(
                        (int) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .isLessThanOrEqualTo(0);
        at("map-restore").click();
        assertThat(at("map-origin")).hasText("default");
        assertThat(source()).hasValue(shipped);
    }

    private static String ours(String shipped) {
        return shipped.replace("\"externalId\": string(.id)", "\"externalId\": \"KILN-\" + string(.id)");
    }

    private Locator source() {
        return at("map-source");
    }

    private Locator at(String testId) {
        return page.getByTestId(testId);
    }
}
