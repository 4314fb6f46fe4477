package dev.weir.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ops look at a route, change it, and take the change back; on a phone. */
class RoutesPageTest extends PageTest {
    @BeforeEach
    void openTheRoute() {
        page.onDialog(Dialog::accept);
        open("/ops#key=" + FixtureHub.KEY);
        at("tab-routes").click();
        assertThat(at("all-routes")).containsText("version 3");
        assertThat(at("all-routes")).containsText("Not in force here: version 2: Kafka refused the group");
        at("route-order-push").click();
        at("route-yaml").waitFor();
    }

    private void fitsThePhone() {
        assertThat((int) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .isLessThanOrEqualTo(0);
    }

    @Test
    void route_isDrawn_withItsVersionsAndWhoDecided() {
        assertThat(at("route-picture").locator("rect")).hasCount(4);
        assertThat(at("route-picture"))
                .hasAttribute(
                        "aria-label",
                        "messages of kafka:weir.orders.v1, then step orderSteps.note, then only if ${body} contains 'EUR',"
                                + " then step cancelSteps.note");
        assertThat(at("route-running")).containsText("version 3");
        assertThat(at("version-4")).containsText("waits for approval");
        assertThat(at("version-5")).containsText("approved by kiln/operator/mara");
        at("version-5").getByText("What it changes").click();
        assertThat(at("version-5").getByTestId("diff")).containsText("+         maxPollRecords: 100");
        page.getByText("Who decided what").click();
        assertThat(at("route-decisions")).containsText("put in force 3");
        page.getByText("On 2 hubs").click();
        assertThat(page.getByText("version 3: not through")).isVisible();
        fitsThePhone();
    }

    @Test
    void wrongText_isToldByLine_andStays() {
        at("route-yaml").fill("- to: exec:rm");
        at("route-check").click();
        assertThat(at("route-wrongs")).containsText("Line 11, route.from.steps[0].to: to");
        assertThat(at("route-yaml")).hasAttribute("aria-invalid", "true");
        at("route-propose").click();
        assertThat(at("route-wrongs")).containsText("expected: one of bean");
        assertThat(at("route-yaml")).hasValue("- to: exec:rm");
        fitsThePhone();
    }

    @Test
    void dryRun_showsFieldByFieldWhatDiffers_andWhatBlocks() {
        at("route-yaml").fill("maxPollRecords: 20");
        at("route-dry-run").click();
        assertThat(at("differences")).containsText("orderSteps.note/order.total");
        assertThat(at("differences")).containsText("18.00 EUR");
        assertThat(at("differences")).containsText("not there");
        assertThat(at("blocks")).containsText("is lost (was: 18.00 EUR)");
        assertThat(at("rehearsal").getByTestId("diff")).containsText("+         maxPollRecords: 20");
        assertThat(hub.desk.asked)
                .containsExactly("POST /api/routes/dry-run {\"yaml\":\"maxPollRecords: 20\",\"messages\":20}");
        fitsThePhone();
    }

    @Test
    void change_isKept_approvedByAnother_putInForce_andTakenBack() {
        at("route-yaml").fill("maxPollRecords: 20");
        page.getByLabel("What you changed").fill("smaller");
        at("route-propose").click();
        assertThat(page.getByText("Kept as version 6.")).isVisible();
        assertThat(at("route-yaml")).hasValue("maxPollRecords: 20");
        at("approve-4").click();
        assertThat(page.getByText("its author cannot approve it")).isVisible();
        at("apply-5").click();
        assertThat(page.getByText("Version 5 runs.")).isVisible();
        at("route-rollback").click();
        assertThat(page.getByText("It runs as it ships.")).isVisible();
        assertThat(hub.desk.asked)
                .containsExactly(
                        "POST /api/routes {\"yaml\":\"maxPollRecords: 20\",\"note\":\"smaller\"}",
                        "POST /api/routes/order-push/versions/4/approve {}",
                        "POST /api/routes/order-push/versions/5/apply {}",
                        "POST /api/routes/order-push/rollback {}");
    }
}
