package dev.weir.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ops find a route among many, by its words and by how it fares; on a phone, and by keyboard alone. */
class RoutesFilterPageTest extends PageTest {
    @BeforeEach
    void openTheRoutes() {
        open("/ops#key=" + FixtureHub.KEY);
        at("tab-routes").click();
        assertThat(rows()).hasCount(4);
    }

    @Test
    void route_isFoundByItsNameAndByWhatItDoes_inAnyOrderOfWords() {
        at("routes-find").fill("backend PAID");
        assertThat(rows()).hasCount(1);
        assertThat(rows()).containsText("order-push");
        assertThat(at("routes-count")).hasText("1 of 4");

        at("routes-find").fill("token expired");
        assertThat(rows()).containsText("stock-fanout-tiktok-shop");

        at("routes-find").fill("no such route");
        assertThat(page.getByText("None found")).isVisible();
        assertThat(at("all-routes")).hasCount(0);

        at("routes-find").fill("");
        assertThat(rows()).hasCount(4);
        assertThat(at("routes-count")).hasText("4");
    }

    @Test
    void failingAndChangedOnes_areChosenByKeyboard_andNarrowedByWords() {
        at("routes-find").focus();
        press("Tab", "Tab", "Enter");
        assertThat(at("routes-failing")).hasAttribute("aria-pressed", "true");
        assertThat(rows()).hasCount(1);
        assertThat(rows()).containsText("stock-fanout-tiktok-shop");

        press("Tab", "Space");
        assertThat(at("routes-changed")).hasAttribute("aria-pressed", "true");
        assertThat(at("routes-failing")).hasAttribute("aria-pressed", "false");
        assertThat(rows()).hasCount(2);
        at("routes-find").fill("order");
        assertThat(rows()).hasCount(1);
        assertThat(rows()).containsText("version 3");
        assertThat((int) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .isLessThanOrEqualTo(0);
    }

    @Test
    void whoComesBackFromARoute_findsWhatWasFound() {
        at("routes-find").fill("order-push");
        at("route-order-push").click();
        at("route-yaml").waitFor();

        page.goBack();

        assertThat(at("routes-find")).hasValue("order-push");
        assertThat(rows()).hasCount(1);
    }

    private Locator rows() {
        return at("all-routes").locator("tbody tr");
    }

    private void press(String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }
}
