package dev.weir.hub;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An order that a broken map kept out is found by ops, its map mended on it, and the order let in; all in the browser. */
@ExtendWith(SharedDemo.class)
class OpsStoryTest {
    private static final String MAP = "/api/mappings/shopify/order-webhook";
    private static DemoProcess demo;
    private Page page;
    private String order;

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
    void failedOrder_isFound_itsMapIsMendedOnIt_itIsReplayed_andSeen() throws Exception {
        String shipped = demo.get(MAP, "ops").json().path("shipped").asText();
        putInForce(shipped.replace("\"externalId\": string(.id)", "\"externalId\": \"\""));
        order = buy();
        await().atMost(Duration.ofSeconds(60)).until(() -> state().equals("DEAD"));

        try (Browsers browser = new Browsers()) {
            page = browser.desk();
            page.onDialog(Dialog::accept);
            page.navigate(demo.base() + "/ops#key=" + demo.key("ops"));
            findTheDelivery();
            mendItsMap(shipped);
            replayIt();
            seeTheOrder(browser.desk());
            readWhoDidIt();
        }
    }

    private void findTheDelivery() {
        at("webhook-find").fill(order);
        assertThat(rows()).hasCount(1);
        assertThat(rows()).containsText("order.externalId");
        rows().getByRole(com.microsoft.playwright.options.AriaRole.LINK).click();
        assertThat(at("delivery-reason")).containsText("order.externalId");
    }

    private void mendItsMap(String shipped) {
        at("mend-order-webhook").click();
        assertThat(at("payload")).hasValue(Pattern.compile(order));
        at("try").click();
        assertThat(at("trial-verdict")).containsText("It would not be taken.");

        at("map-source").fill(shipped);
        at("try").click();
        assertThat(at("trial-verdict")).containsText("It would be taken.");
        assertThat(at("trial-differences")).containsText("externalId");
        at("map-save").click();
        assertThat(page.locator(".toast")).hasText("In force for your brand.");
    }

    private void replayIt() {
        at("to-delivery").click();
        at("replay-opened").click();
        await().atMost(Duration.ofSeconds(60)).until(() -> state().equals("PROCESSED"));
        at("webhook-find").fill(order);
        assertThat(rows()).hasCount(1);
        assertThat(rows()).containsText("processed");
    }

    private void seeTheOrder(Page operator) {
        operator.navigate(demo.base() + "/operator#key=" + demo.key("operator"));
        operator.getByTestId("tab-orders").click();
        assertThat(operator.getByTestId("orders-table")).containsText(order);
    }

    private void readWhoDidIt() {
        at("tab-audit").click();
        assertThat(at("audit").locator("li").first()).containsText("ops/demo replayed a delivery");
        assertThat(at("audit").locator("li").nth(1)).containsText("ops/demo changed a field map");
        page.setViewportSize(390, 844);
        org.assertj.core.api.Assertions.assertThat(
                        (int) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .isLessThanOrEqualTo(0);
    }

    private static String buy() {
        return demo.post(
                        demo.sandbox("/sandbox/shopify/orders"),
                        null,
                        "{\"sku\":\"POT-CLAY\",\"quantity\":1}".getBytes(StandardCharsets.UTF_8))
                .json()
                .path("orderId")
                .asText();
    }

    private String state() {
        return demo.delivery("shopify", order).path("state").asText();
    }

    private static void putInForce(String source) throws Exception {
        DemoProcess.Answer answer = demo.send(HttpRequest.newBuilder(demo.base().resolve(MAP))
                .header("Authorization", "Bearer " + demo.key("ops"))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(DemoProcess.JSON
                        .createObjectNode()
                        .put("source", source)
                        .toString()))
                .build());
        org.assertj.core.api.Assertions.assertThat(answer.status())
                .as(answer.text())
                .isEqualTo(200);
    }

    private Locator rows() {
        return at("webhooks").locator("tbody tr");
    }

    private Locator at(String testId) {
        return page.getByTestId(testId);
    }
}
