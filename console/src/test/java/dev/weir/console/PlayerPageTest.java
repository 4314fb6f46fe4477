package dev.weir.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PlayerPageTest extends PageTest {
    @Test
    void pinStockAndPrice_followTheEvents() {
        openTheShow();
        assertThat(at("pin-card")).containsText("Ocean glaze mug");
        hub.show.pin("BOWL-EMBER");
        assertThat(at("pin-card")).containsText("Ember bowl");
        hub.show.move("BOWL-EMBER", -16);
        assertThat(at("product-BOWL-EMBER-stock")).hasText("2 left");
        hub.show.reprice("BOWL-EMBER", "29.00");
        assertThat(at("product-BOWL-EMBER")).containsText("29.00");
        hub.show.pin("");
        assertThat(at("pin-card")).hasCount(0);
    }

    @Test
    void tapToPaid_staysOnThePage() {
        openTheShow();
        at("pin-buy").click();
        assertThat(at("hold-countdown")).hasText(Pattern.compile("1:\\d\\d"));
        assertThat(at("product-MUG-OCEAN-stock")).hasText("2 left");
        fillAddress();
        fillCard("4242424242424242");
        at("pay").click();
        assertThat(at("order-id")).hasText("W-2026-h101");
        assertThat(at("video")).isVisible();
        at("keep-watching").click();
        assertThat(at("buy-sheet")).hasCount(0);
    }

    @Test
    void bankChallenge_isAnsweredInTheSheet() {
        openTheShow();
        at("pin-buy").click();
        fillAddress();
        fillCard(FixtureShop.BANK_ASKS);
        at("pay").click();
        at("challenge-approve").click();
        assertThat(at("confirmation")).isVisible();
    }

    @Test
    void declinedChallengeOrCard_keepsTheHoldAndSaysWhy() {
        openTheShow();
        at("pin-buy").click();
        fillAddress();
        fillCard(FixtureShop.DECLINED);
        at("pay").click();
        assertThat(at("pay-problem")).containsText("Your card was declined.");
        fillCard(FixtureShop.BANK_ASKS);
        at("pay").click();
        at("challenge-decline").click();
        assertThat(at("pay-problem")).containsText("Your bank refused the payment.");
        fillCard("4242424242424242");
        at("pay").click();
        assertThat(at("confirmation")).isVisible();
    }

    @Test
    void mistypedCard_isNotSent() {
        openTheShow();
        at("pin-buy").click();
        at("pay").click();
        assertThat(at("pay-problem")).containsText("Please fill in: Email");
        fillAddress();
        fillCard("4242424242424241");
        at("pay").click();
        assertThat(at("pay-problem")).containsText("typing mistake");
        assertThat(hub.shop.stateOf("h101")).isEqualTo("HELD");
    }

    @Test
    void expiredHold_isHeldAgainWithOneTap() {
        hub.shop.holdSeconds = 1;
        openTheShow();
        at("pin-buy").click();
        at("hold-again").waitFor();
        hub.shop.holdSeconds = 90;
        at("hold-again").click();
        assertThat(at("hold-countdown")).hasText(Pattern.compile("1:\\d\\d"));
        assertThat(at("pay")).isVisible();
    }

    @Test
    void soldOutAtTheTap_isSaidAndShown() {
        openTheShow();
        hub.show.say("Mara", "still three");
        assertThat(at("chat-log")).containsText("still three");
        page.route("**/api/holds", route -> {
            hub.show.move("MUG-OCEAN", -3);
            route.resume();
        });
        at("pin-buy").click();
        assertThat(page.locator(".toast-bad")).containsText("Someone was faster");
        assertThat(at("pin-buy")).isDisabled();
    }

    @Test
    void tap_saysWhichLinkBroughtTheBuyer_andNothingElseOfTheAddress() {
        openTheShow();
        page.navigate(page.url() + "?utm_source=ig&fbclid=IwAR1&fbc=fb.1.7.IwAR1&cart_origin=instagram&secret=no");
        String sent =
                page.waitForRequest("**/api/holds", () -> at("pin-buy").click()).postData();
        assertThat(sent)
                .contains("\"utm_source\":\"ig\"", "\"fbclid\":\"IwAR1\"", "\"fbc\":\"fb.1.7.IwAR1\"", "cart_origin")
                .doesNotContain("secret");
    }

    @Test
    void keys_buyCloseAndRelease() {
        openTheShow();
        page.keyboard().press("b");
        assertThat(at("buy-sheet")).isVisible();
        page.keyboard().press("Escape");
        assertThat(at("buy-sheet")).isHidden();
        at("held-bar").click();
        at("release").click();
        assertThat(at("product-MUG-OCEAN-stock")).hasText("3 left");
        assertThat(hub.shop.stateOf("h101")).isEqualTo("RELEASED");
    }

    @Test
    void reloadWhileHeld_bringsTheHoldBack() {
        openTheShow();
        at("pin-buy").click();
        assertThat(at("buy-sheet")).isVisible();
        page.reload();
        assertThat(at("held-bar")).containsText("Ocean glaze mug");
    }

    @Test
    void chat_showsTextAsTextAndRemembersTheName() {
        openTheShow();
        at("chat-name").fill("Ada");
        at("chat-input").fill("<b>hello</b>");
        at("chat-send").click();
        assertThat(at("chat-log")).containsText("Ada <b>hello</b>");
        assertThat(at("chat-name")).hasCount(0);
        page.reload();
        assertThat(page.locator(".chat-me")).hasText("Ada");
    }

    @Test
    void endOfShow_isShownAndClosesTheShop() {
        openTheShow();
        hub.show.send("state", "{\"state\":\"ENDED\"}");
        assertThat(page.getByText("The show is over")).isVisible();
        assertThat(at("pin-buy")).isDisabled();
    }

    @Test
    void unknownShow_isSaid() {
        open("/shows/nope");
        assertThat(page.getByText("There is no show here")).isVisible();
    }
}
