package dev.weir.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The operator's stock, its channels and rules, and the cases where they did not do. */
class StockPageTest extends PageTest {
    private static final String OPEN = "/operator#key=" + FixtureHub.KEY + "&";

    @Test
    void product_showsWhoHasItsUnits_andWhatAChannelIsOnItsWayTo() {
        openSection("stock/MUG-OCEAN");
        assertThat(at("stock-MUG-OCEAN").locator(".stock-bar small"))
                .hasText("60 on hand: 38 sold, 4 held, 15 TikTok Shop, 3 available");
        assertThat(at("units-tiktok-shop")).containsText("15 of its own, 9 sold of it");
        assertThat(at("rate-tiktok-shop")).hasText("1.8 a minute");
        assertThat(at("steps-tiktok-shop")).containsText("From 15 to 10: published");
        assertThat(at("steps-tiktok-shop").locator(".now")).containsText("Orders under way may come until");
        at("history-MUG-OCEAN").click();
        assertThat(at("history-table").locator("tbody tr")).hasCount(6);
        noneIsTooWide();
    }

    @Test
    void refusedNumber_isToldBesideItsField_andASavedOneIsTakenBackByKey() {
        openSection("stock/MUG-OCEAN");
        at("edit-tiktok-shop").click();
        page.getByLabel("Ceiling").fill("3");
        page.keyboard().press("Enter");
        assertThat(page.locator("#bad-ceiling")).hasText("3: expected 5..1000000");
        assertThat(page.getByLabel("Ceiling")).isFocused();
        page.getByLabel("Ceiling").fill("30");
        page.keyboard().press("Enter");
        assertThat(at("undo-line")).containsText("TikTok Shop: own units, saved.");
        assertThat(hub.desk.asked.getLast()).contains("\"ceiling\":30").contains("\"aimPercent\":40");
        page.keyboard().press("Alt+z");
        assertThat(at("undo-line")).hasCount(0);
        assertThat(page.locator(".toast").last()).hasText("Taken back.");
        assertThat(hub.desk.asked.get(hub.desk.asked.size() - 2)).contains("\"ceiling\":20");
        assertThat(hub.desk.asked.getLast()).endsWith("allocations/tiktok-shop {\"units\":10}");
        noneIsTooWide();
    }

    @Test
    void rules_areAFormWithTheDayOfSending() {
        openSection("stock/MUG-OCEAN");
        assertThat(at("rules")).containsText("10 to pre-order, sent from");
        at("rules").locator("summary").click();
        page.getByLabel("Most a buyer may have").fill("");
        page.getByLabel("Sent from").fill("2026-12-24");
        at("save-rules").click();
        assertThat(at("undo-line")).containsText("Rules saved");
        assertThat(hub.desk.asked.getLast()).contains("2026-12-24").doesNotContain("buyerCap");
        noneIsTooWide();
    }

    @Test
    void shortfall_isCountedInTheTabs_andARemedySaysWhatItWillDoBeforeItDoes() {
        openSection("shortfalls");
        assertThat(at("cases-open")).hasText("1");
        at("remedy-OTHER_ALLOCATION").click();
        assertThat(at("confirm-remedy")).containsText("TikTok Shop is told 2 of MUG-OCEAN fewer");
        page.getByLabel("Your name (optional)").fill("Noor");
        at("confirm").click();
        assertThat(page.locator(".toast")).hasText("Decided: Take units from TikTok Shop.");
        assertThat(hub.desk.asked.getLast()).contains("\"from\":\"tiktok-shop\",\"by\":\"Noor\"");
        at("cases-RESOLVED").click();
        assertThat(at("decided")).containsText("Wait for new goods");
        assertThat(at("decided")).containsText("Noor (ops)");
        noneIsTooWide();
    }

    private void openSection(String section) {
        open(OPEN);
        assertThat(at("tab-stock")).isVisible();
        page.evaluate("section => { location.hash = section; }", section);
    }

    private void noneIsTooWide() {
        assertThat((int) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .isLessThanOrEqualTo(0);
    }
}
