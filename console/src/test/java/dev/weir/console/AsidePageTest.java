package dev.weir.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ops see from every section how many deliveries wait, for what and for how long, and repair one on a copy; on a phone. */
class AsidePageTest extends PageTest {
    @BeforeEach
    void openTheRoutes() {
        open("/ops#key=" + FixtureHub.KEY);
        at("webhooks").waitFor();
    }

    @Test
    void counts_standInTheNavigation_andTheOldestIsFirst_withItsAlarm() {
        assertThat(at("count-parked")).hasText("2");
        assertThat(at("count-parked")).hasClass(java.util.regex.Pattern.compile("chip-bad"));
        assertThat(at("count-dead")).hasText("1");

        at("tab-parked").click();

        assertThat(at("aside").locator("tbody tr")).hasCount(2);
        assertThat(at("aside").locator("tbody tr").first()).containsText("order 5001");
        assertThat(at("aside").locator("tbody tr").first()).containsText("It has waited for over a day");
        assertThat(at("aside").locator("tbody tr").nth(1)).containsText("another try");
        noneIsTooWide();
    }

    @Test
    void deadLetter_isRepairedOnACopy_onceTheCopyCanBeRead() {
        at("tab-dead").click();
        assertThat(at("aside")).containsText("order.externalId");
        at("repair-w4").click();
        assertThat(at("repair-reason")).containsText("order.externalId");
        at("repair-copy").fill("EUR 24");
        at("repair-try").click();
        assertThat(at("repair-verdict")).containsText("It cannot be read.");
        assertThat(at("repair-send")).hasCount(0);

        at("repair-copy").fill("{\"id\":5540}");
        at("repair-try").click();
        assertThat(at("repair-verdict")).containsText("It can be read.");
        assertThat(at("repair-differences")).containsText("5540");
        noneIsTooWide();
        page.getByLabel("Why").fill("typo");
        at("repair-send").click();

        assertThat(page.locator(".toast")).hasText("The copy is handled in its place.");
        assertThat(page.getByText("No dead letters")).isVisible();
        assertThat(hub.desk.asked)
                .contains(
                        "POST /api/webhooks/w4/repair {\"body\":\"{\\\"id\\\":5540}\",\"by\":null,\"note\":\"typo\",\"basedOn\":0}");
    }

    private void noneIsTooWide() {
        assertThat((int) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .isLessThanOrEqualTo(0);
    }
}
