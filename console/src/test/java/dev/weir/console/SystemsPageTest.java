package dev.weir.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The brand's own systems, on a phone. */
class SystemsPageTest extends PageTest {
    @BeforeEach
    void openSystems() {
        open("/operator#key=" + FixtureHub.KEY);
        at("tab-systems").waitFor();
        open("/operator#systems");
        at("system-we_1").waitFor();
    }

    @Test
    void systemThatIsAdded_showsItsSecretOnce_andIsToldWhatWasChosen() {
        at("add-system").click();
        at("system-form").getByLabel("Name").fill("ERP");
        at("system-form").getByLabel("Address").fill("https://erp.example.com/weir");
        at("system-form").getByLabel("Stock").check();
        at("system-form")
                .getByText("Add", new Locator.GetByTextOptions().setExact(true))
                .click();

        assertThat(at("secret")).containsText("whsec_");
        assertThat(hub.desk.asked)
                .containsExactly(
                        "POST /api/webhook-endpoints {\"name\":\"ERP\",\"url\":\"https://erp.example.com/weir\",\"types\":[\"order.*\",\"stock.*\"]}");
        fits();
        at("secret").getByText("I have it").click();
        assertThat(at("secret")).hasCount(0);
        assertThat(page.locator("body")).not().containsText("whsec_");
    }

    @Test
    void systemThatWasSwitchedOff_saysWhy_alsoAtItsTab() {
        assertThat(at("system-we_2")).containsText("Nothing got through since");
        assertThat(at("systems-needing")).hasText("1");

        at("system-we_2").getByText("Switch on").click();

        assertThat(page.locator("weir-systems")).isVisible();
        page.waitForCondition(() -> hub.desk.asked.contains("PUT /api/webhook-endpoints/we_2 {\"on\":true}"));
    }

    @Test
    void testAndDeliveries_areShown_andToldOnceMore() {
        at("system-we_1").getByText("Send a test").click();
        assertThat(at("tried-we_1")).hasText("It did not take the test: answered 500.");

        at("system-we_1")
                .getByText("Deliveries", new Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(at("deliveries")).containsText("MUG-SAGE");
        assertThat(at("deliveries")).containsText("not needed");
        fits();
        at("system-we_1").getByLabel("Everything since").fill("2026-11-24T18:00");
        at("system-we_1").getByText("Tell once more").click();

        assertThat(page.getByText("12 deliveries are due again.")).isVisible();
        assertThat(hub.desk.asked.getLast()).startsWith("POST /api/webhook-endpoints/we_1/replay since=2026-11-24T");
    }

    @Test
    void removal_isAskedForTwice() {
        page.onceDialog(Dialog::dismiss);
        at("system-we_1").getByLabel("Remove Warehouse").click();
        page.onceDialog(Dialog::accept);
        at("system-we_1").getByLabel("Remove Warehouse").click();

        page.waitForCondition(() -> hub.desk.asked.size() == 1);
        assertThat(hub.desk.asked).containsExactly("DELETE /api/webhook-endpoints/we_1 ");
    }

    private void fits() {
        assertThat((int) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .as("nothing is wider than the page")
                .isLessThanOrEqualTo(0);
    }
}
