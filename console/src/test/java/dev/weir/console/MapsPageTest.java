package dev.weir.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ops look at field maps, try one on a payload, and put it in force; on a phone. */
class MapsPageTest extends PageTest {
    @BeforeEach
    void openTheMap() {
        page.onDialog(Dialog::accept);
        open("/ops#key=" + FixtureHub.KEY);
        at("tab-maps").click();
        assertThat(at("maps-magento")).containsText("this hub's file");
        assertThat(at("map-shopify-order-webhook")).containsText("your own, version 2");
        at("map-shopify-order-webhook").click();
        at("map-source").waitFor();
    }

    @Test
    void delivery_isTried_digitForDigit_andTheDifferencesStandBeside() {
        assertThat(at("map-source")).hasValue("{\"externalId\": \"K-\" + string(.id)}");
        at("delivery").selectOption("w1");
        assertThat(at("payload")).hasValue(java.util.regex.Pattern.compile("5531"));
        at("payload").fill("{\"id\": 820982911946154508}");
        at("try").click();

        assertThat(at("trial-verdict")).containsText("It would be taken.");
        assertThat(at("trial-differences")).containsText("820982911946154508");
        assertThat(hub.desk.asked)
                .contains("POST /api/mappings/shopify/order-webhook/test {\"payload\":{\"id\": 820982911946154508}}");
    }

    @Test
    void payloadThatIsNone_andMapThatDoesNotDo_areToldByFieldAndValue() {
        at("try").click();
        assertThat(page.getByText("payload: empty (expected: JSON")).isVisible();
        at("payload").fill("{\"id\": ");
        at("try").click();
        assertThat(at("payload")).hasAttribute("aria-invalid", "true");
        assertThat(hub.desk.asked).isEmpty();

        at("payload").fill("{}");
        at("map-source").fill("{\"lines\": []}");
        at("try").click();
        assertThat(at("trial-verdict")).containsText("It would not be taken.");
        assertThat(at("trial-faults")).containsText("order.lines[0].quantity");
        assertThat(at("trial-faults")).containsText("\"two\"");
        assertThat(at("trial-faults")).containsText("integer of 1 or more");
        assertThat((int) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .isLessThanOrEqualTo(0);
    }

    @Test
    void change_isPutInForce_onTheVersionThatWasSeen_andWhatWasTypedOutlivesARefusal() {
        assertThat(at("map-save")).isDisabled();
        at("map-source").fill("{\"broken\"");
        at("map-save").click();
        assertThat(at("map-bad")).containsText("line 1, column 9");
        assertThat(at("map-source")).hasValue("{\"broken\"");

        at("map-source").fill("{\"a\": \"meanwhile\"}");
        at("map-save").click();
        assertThat(at("map-bad")).containsText("Somebody changed this map meanwhile");

        at("map-source").fill("{\"a\": 1}");
        page.getByLabel("What you changed").fill("shorter");
        at("map-save").click();
        assertThat(page.getByText("In force for your brand.")).isVisible();
        assertThat(hub.desk.asked)
                .contains("PUT /api/mappings/shopify/order-webhook"
                        + " {\"source\":\"{\\\"a\\\": 1}\",\"basedOn\":2,\"note\":\"shorter\"}");
    }

    @Test
    void default_isRestored_andAnOlderVersionUsedAgain() {
        page.getByText("Versions of your brand").click();
        page.getByLabel("Use version 1 again").click();
        assertThat(page.getByText("Version 1 is in force again.")).isVisible();
        at("map-restore").click();
        assertThat(page.getByText("The default is in force again.")).isVisible();
        assertThat(hub.desk.asked)
                .containsExactly(
                        "POST /api/mappings/shopify/order-webhook/rollback {\"version\":1}",
                        "DELETE /api/mappings/shopify/order-webhook ");
    }
}
