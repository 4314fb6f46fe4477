package dev.weir.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ops and operators see who did what; on a phone. */
class AuditPageTest extends PageTest {
    @BeforeEach
    void openAudit() {
        open("/ops#key=" + FixtureHub.KEY);
        at("tab-audit").click();
        at("audit").waitFor();
    }

    @Test
    void acts_areReadAsSentences_withTheWayToWhatWasDone() {
        assertThat(at("audit")).containsText("Noor Haddad (ops/noor) changed a field map");
        assertThat(at("audit")).containsText("operator/bo put a route in force");
        assertThat(at("audit")).containsText("written by ops/noor");
        assertThat(at("audit")).containsText("Tonwerk at shopify: accessToken, webhookSecret");
        assertThat(page.getByText("order-push@3")).hasAttribute("href", "#routes/order-push");
        assertThat(page.getByText("shopify/order-webhook@2")).hasAttribute("href", "#maps/shopify/order-webhook");
        noneIsTooWide();

        at("audit-older").click();
        assertThat(at("audit")).containsText("connected a shop");
        assertThat(at("audit-older")).hasCount(0);
        assertThat(hub.desk.asked).contains("GET /api/audit after=2026-11-24T15%3A00%3A00Z%7Eaudit%7E1&limit=50");
    }

    @Test
    void list_isNarrowedByActAndText_fromTheKeyboard_andSaysWhenNothingIsFound() {
        at("audit-act").focus();
        at("audit-act").selectOption("ROUTE_APPLIED");
        page.keyboard().press("Tab");
        assertThat(at("audit-find")).isFocused();
        page.keyboard().type("nobody");

        assertThat(page.getByText("None found")).isVisible();
        assertThat(hub.desk.asked)
                .contains("GET /api/audit act=ROUTE_APPLIED&limit=50")
                .contains("GET /api/audit act=ROUTE_APPLIED&q=nobody&limit=50");
        assertThat(at("audit-act")).hasValue("ROUTE_APPLIED");
        noneIsTooWide();
    }

    @Test
    void subjectOfAnAct_isOpened() {
        page.getByText("shopify/order-webhook@2").click();
        assertThat(at("map-source")).isVisible();
        assertThat(at("tab-maps")).hasAttribute("aria-current", "true");
    }

    @Test
    void operatorsSection_isInSight_thoughThereAreMoreThanAPhoneShows() {
        open("/operator#key=" + FixtureHub.KEY);
        at("tab-audit").click();
        page.reload();
        assertThat(at("audit")).containsText("changed a field map");
        assertThat(at("tab-audit")).isInViewport();
    }

    private void noneIsTooWide() {
        assertThat((int) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .isLessThanOrEqualTo(0);
    }
}
