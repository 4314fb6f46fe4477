package dev.weir.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a viewer can do when something is sold out: wait for one that comes back, or order one that is not there yet. */
class PlayerLineTest extends PageTest {
    private static final String GONE = "TEA-CUP";

    @Test
    void whoWaits_isToldHowFar_getsAHoldWhenTheirTurnComes_andPays() {
        hub.shop.line.another(GONE);
        openLine();
        at("pin-buy").focus();
        page.keyboard().press("Enter");
        assertThat(at("wait-bar")).containsText("1 person is ahead of you");
        assertThat(at("pin-buy")).hasText("In line");
        hub.shop.line.serve();
        assertThat(at("wait-bar")).containsText("You are next in line");
        hub.shop.line.serve();
        assertThat(at("buy-sheet")).containsText("Tea cup");
        assertThat(at("hold-countdown")).hasText(Pattern.compile("1:\\d\\d"));
        assertThat(at("wait-bar")).hasCount(0);
        fillAddress();
        fillCard("4242424242424242");
        at("pay").click();
        assertThat(at("order-id")).hasText("W-2026-h102");
    }

    @Test
    void whoLeaves_isInLineNoMore_andMayJoinAgain() {
        openLine();
        at("product-" + GONE).click();
        assertThat(at("wait-bar")).containsText("You are next in line");
        at("wait-leave").click();
        assertThat(at("wait-bar")).hasCount(0);
        assertThat(at("pin-buy")).hasText("Join the waitlist");
        org.assertj.core.api.Assertions.assertThat(hub.shop.line.stateOf(1)).isEqualTo("LEFT");
    }

    @Test
    void placeAndOffer_outliveAReload() {
        openLine();
        at("pin-buy").click();
        at("wait-bar").waitFor();
        page.reload();
        assertThat(at("wait-bar")).containsText("You are next in line");
        page.navigate("about:blank");
        hub.shop.line.serve();
        openTheShow();
        assertThat(at("buy-sheet")).containsText("Tea cup");
    }

    @Test
    void turnThatComesWhileBuying_waitsBesideIt() {
        openLine();
        at("pin-buy").click();
        at("wait-bar").waitFor();
        at("product-MUG-OCEAN").click();
        assertThat(at("buy-sheet")).containsText("Ocean glaze mug");
        hub.shop.line.serve();
        assertThat(page.locator(".toast")).containsText("Your turn: Tea cup");
        assertThat(at("buy-sheet")).containsText("Ocean glaze mug");
        page.keyboard().press("Escape");
        assertThat(at("held-bar")).hasCount(2);
        at("held-bar")
                .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("Tea cup"))
                .click();
        assertThat(at("buy-sheet")).containsText("Tea cup");
    }

    @Test
    void unitsThatAreNotThereYet_areSoldAsSuch_onTheCardAndAtTheTill() {
        openLine();
        hub.show.preOrder(GONE, 20, "2026-12-10");
        assertThat(at("pin-pre-order")).hasText("Pre-order, ships from Dec 10, 2026");
        assertThat(at("product-" + GONE + "-stock")).hasText("20 to pre-order");
        assertThat(at("pin-buy")).hasText("Pre-order");
        at("pin-buy").click();
        assertThat(at("pre-order")).hasText("Pre-order, ships from Dec 10, 2026");
    }

    private void openLine() {
        hub.show.line(GONE);
        hub.show.pin(GONE);
        openTheShow();
        assertThat(at("pin-card")).containsText("Tea cup");
    }
}
