package dev.weir.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Comments under a live in the cockpit, the way from a private reply into the show, and the rehearsal of a bad hour. */
class OnAirPageTest extends PageTest {
    private static final String WITH_KEY = "#key=" + FixtureHub.KEY;

    @Test
    void comment_standsInTheHostsChat_withTheMarkOfItsChannel() {
        openCockpit();
        hub.show.send(
                "chat",
                "{\"id\":\"c1\",\"name\":\"ana\",\"text\":\"<b>so pretty</b>\",\"at\":\"%s\",\"channel\":\"instagram\"}"
                        .formatted(Instant.now()));

        assertThat(at("chat-mark")).hasText("Instagram");
        assertThat(at("chat-log")).containsText("ana <b>so pretty</b>");
    }

    @Test
    void producer_letsCommentsBuy_andSeesWhatBecameOfThem() {
        openCockpit();
        at("scope-PINNED").click();
        assertThat(at("scope-PINNED")).hasAttribute("aria-pressed", "true");
        at("comment-orders").getByText("Words and limits").click();
        assertThat(at("word-MUG-OCEAN")).hasValue("TASSE");
        at("word-BOWL-EMBER").fill("7");
        at("save-words").click();
        await().untilAsserted(() -> assertThat(hub.onAir.asked.getLast())
                .isEqualTo("PUT /api/shows/sh_01/cockpit/comment-sales"
                        + " {\"mostUnits\":5,\"keywords\":{\"MUG-OCEAN\":\"TASSE\",\"BOWL-EMBER\":\"7\"}}"));

        hub.show.send("comment-order", order("co_2", "bo", "REFUSED", "sold out: 0 left; told so"));
        hub.show.send("comment-order", order("co_1", "ana", "UNANSWERED", "REJECTED: the live is over"));

        assertThat(at("comment-order-co_2")).containsText("not held");
        assertThat(at("comment-order-co_2")).containsText("sold out: 0 left; told so");
        assertThat(at("link-co_2")).hasCount(0);
        at("link-co_1").click();
        assertThat(at("order-link")).hasValue("https://hub.example/shows/kiln-night#hold=h1.tok-h1");
        noneIsTooWide();
    }

    @Test
    void linkOfAPrivateReply_opensTheSheetOnWhatIsHeld_andLeavesNoSecretInTheAddress() {
        hub.shop.take("MUG-OCEAN", false);
        open("/shows/" + FixtureShow.SLUG + "?buy=MUG-OCEAN:1&channel=instagram#hold=h101.tok-h101");

        assertThat(at("buy-sheet")).isVisible();
        assertThat(at("hold-countdown")).isVisible();
        assertThat(page.url()).doesNotContain("hold").doesNotContain("buy=");
        fillAddress();
        fillCard("4242424242424242");
        at("pay").click();
        assertThat(at("order-id")).hasText("W-2026-h101");
    }

    @Test
    void linkWhoseHoldHasLapsed_holdsTheSameAgain() {
        hub.shop.take("MUG-OCEAN", false);
        hub.shop.release("h101");
        open("/shows/" + FixtureShow.SLUG + "?buy=MUG-OCEAN:1&channel=instagram#hold=h101.tok-h101");

        assertThat(at("hold-countdown")).isVisible();
        assertThat(hub.shop.stateOf("h102")).isEqualTo("HELD");
        assertThat(page.url()).doesNotContain("hold");
    }

    @Test
    void operator_switchesABadHabitOn_seesHowManyAreOn_andLetsAllBehave() {
        open("/operator" + WITH_KEY);
        at("tab-rehearsal").click();
        assertThat(at("rehearsal-sum")).hasText("Everybody behaves.");
        at("quirk-instagram-late-deliveries").check();
        at("quirk-shopify-throttled").check();
        assertThat(at("rehearsal-sum")).hasText("2 switched on.");
        assertThat(at("rehearsal-instagram")).containsText("1 on");
        assertThat(hub.onAir.asked).contains("PUT /api/rehearsal/instagram/late-deliveries {\"on\":true}");
        assertThat(at("rehearsal-stripe")).hasCount(0);
        noneIsTooWide();
        page.setViewportSize(1440, 900);
        noneIsTooWide();

        at("behave").click();
        assertThat(at("rehearsal-sum")).hasText("Everybody behaves.");
        assertThat(at("quirk-shopify-throttled")).not().isChecked();
    }

    @Test
    void switchThatTheHubRefuses_goesBack() {
        open("/operator" + WITH_KEY);
        at("tab-rehearsal").click();
        at("quirk-magento-index-lag").click();

        assertThat(page.locator(".toast").last()).containsText("index-lag is stuck");
        assertThat(at("quirk-magento-index-lag")).not().isChecked();
    }

    @Test
    void hubWithoutASandbox_hasNothingToRehearse() {
        hub.onAir.hasSandbox = false;
        open("/operator" + WITH_KEY);
        assertThat(at("rtmp-url")).containsText("rtmp://");
        assertThat(at("tab-rehearsal")).hasCount(0);
    }

    @Test
    void purchaseThatAPlatformRefused_isShownWithItsWords_andToldAgain() {
        open("/operator" + WITH_KEY);
        at("tab-orders").click();
        assertThat(at("conversions-table")).containsText("older than 7 days");
        noneIsTooWide();
        at("tell-W-2026-0412").click();
        assertThat(at("conversions")).hasCount(0);
    }

    private void openCockpit() {
        open("/cockpit?show=sh_01" + WITH_KEY);
        at("comment-orders").waitFor();
        await().until(() -> {
            page.waitForTimeout(20);
            return hub.show.hasListeners();
        });
    }

    private static String order(String id, String author, String state, String reason) {
        return """
            {"id":"%s","channel":"instagram","author":"%s","sku":"MUG-OCEAN","quantity":2,"state":"%s","reason":"%s","saidAt":"%s","heldUntil":%s}""".formatted(
                        id,
                        author,
                        state,
                        reason,
                        Instant.now(),
                        state.equals("REFUSED") ? "null" : "\"" + Instant.now().plusSeconds(80) + "\"");
    }

    private void noneIsTooWide() {
        assertThat((int) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .isLessThanOrEqualTo(0);
    }
}
