package dev.weir.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator connects a shop at the platform's own page, and is asked back in time; on a phone. */
class ConnectPageTest extends PageTest {
    private static final String PLATFORM = "http://localhost:1/authorise";

    @BeforeEach
    void standInForThePlatform() {
        page.route(
                PLATFORM,
                route -> route.fulfill(new com.microsoft.playwright.Route.FulfillOptions()
                        .setContentType("text/html")
                        .setBody("<h1>Let Weir in?</h1>")));
    }

    private void openConnections(String about) {
        open("/operator#key=" + FixtureHub.KEY);
        at("tab-connections").waitFor();
        open("/operator#connections" + about);
        at("connection-cn_1").waitFor();
    }

    @Test
    void shopThatNeedsItsOperator_saysSo_andLeadsToThePlatformsPage() {
        openConnections("");
        assertThat(at("shops-needing")).hasText("1");
        assertThat(at("connection-cn_1")).containsText("Needs you again. The access ends");
        assertThat(at("connection-cn_2").getByTestId("consent-cn_2")).hasCount(0);

        at("consent-cn_1").focus();
        page.keyboard().press("Enter");

        page.waitForURL(PLATFORM);
        assertThat(hub.desk.asked).contains("POST /api/connections/cn_1/consent {}");
    }

    @Test
    void newShop_isEnteredInPart_goesOnAtThePlatform_andIsNotMadeTwiceWhenThatIsRefused() {
        openConnections("");
        at("connect-shopify").click();
        at("connect-there").click();

        assertThat(page.getByText("needed before you can go there")).isVisible();
        assertThat(at("connect-there")).isEnabled();
        page.getByLabel("Shop address").fill("kiln");
        // Whoever opened the form is drawn anew meanwhile, and hands in what was there before.
        page.evaluate("document.querySelector('weir-connections').requestUpdate()");
        at("connect-there").click();

        org.awaitility.Awaitility.await().until(() -> {
            page.waitForTimeout(20);
            return hub.desk.asked.size() == 4;
        });
        assertThat(hub.desk.asked.get(0)).startsWith("POST /api/connections {").contains("\"consent\":true");
        assertThat(hub.desk.asked.get(2))
                .startsWith("PUT /api/connections/cn_9 {")
                .contains("\"shop\":\"kiln\"")
                .doesNotContain("accessToken");
    }

    @Test
    void wayBack_isAtTheShop_withWhatCameOfIt_andALostOneIsExplained() {
        openConnections("/cn_1");
        assertThat(at("consent-said")).hasText("Shopify lets us in. Reached tonwerk.");
        assertThat(at("connection-cn_1")).isFocused();

        open("/operator#connections/consent-late");
        page.reload();
        assertThat(at("consent-lost")).containsText("More than ten minutes");
    }

    @Test
    void oldSecret_isShownWhileItIsAccepted_andEndedByHand() {
        openConnections("");
        assertThat(at("rotating-webhookSecret")).containsText("Client secret: the old one is still accepted");
        at("rotating-webhookSecret").getByText("Accept only the new one").click();
        assertThat(page.getByText("Only the new one is accepted.")).isVisible();
        assertThat(hub.desk.asked)
                .anySatisfy(
                        call -> assertThat(call).startsWith("DELETE /api/connections/cn_1/rotations/webhookSecret"));
    }

    @Test
    void connections_fitAPhone_andManualEntryIsThereBesideTheConsent() {
        page.setViewportSize(360, 740);
        openConnections("");
        assertThat((int) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .isLessThanOrEqualTo(0);
        at("connect-shopify").click();
        assertThat(at("connect-here")).hasText("Connect with what I entered");
        assertThat((int) page.evaluate("document.querySelector('dialog').scrollWidth - innerWidth"))
                .isLessThanOrEqualTo(0);
    }

    @Test
    void shopThatWasSaved_isCheckedAtOnce_andAWrongSettingIsNamedAsPeopleKnowIt() {
        openConnections("");
        assertThat(at("connection-cn_2")).containsText("App secret: not the one of the app key");
        at("connection-cn_2").getByText("Change App secret").click();
        assertThat(page.locator("input[name=appSecret]")).isFocused();
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog")).hasCount(0);

        at("connection-cn_2")
                .getByText("Change", new com.microsoft.playwright.Locator.GetByTextOptions().setExact(true))
                .click();
        at("connect-here").click();
        assertThat(page.getByText("Saved. Now it is checked.")).isVisible();
        org.awaitility.Awaitility.await().until(() -> {
            page.waitForTimeout(20);
            return hub.desk.asked.contains("POST /api/connections/cn_9/check {}");
        });
    }

    @Test
    void secretThatNoCheckCouldProve_isNamedAsPeopleKnowIt_untilADeliveryDid() {
        openConnections("");

        assertThat(at("unproven-cn_1")).hasText("Client secret: unproven until the first genuine delivery.");
        assertThat(at("unproven-cn_2")).hasCount(0);
    }

    @Test
    void catalogue_saysHowItStands_andUnusualSettingsAreAskedForOnRequest() {
        openConnections("");
        assertThat(at("connection-cn_1")).containsText("24 products read, 24 new");
        assertThat(at("connection-cn_2")).containsText("Waits for the products of your own shop");
        at("connect-shopify").click();
        assertThat(page.getByLabel("API version")).isHidden();
        page.getByText("More settings").click();
        assertThat(page.getByLabel("API version")).isVisible();
        assertThat(at("own-shop")).isDisabled();
        assertThat(page.locator("dialog")).containsText("Tonwerk online shop is your own shop now");
    }

    @Test
    void addressWithAKey_signsIn_whereThePageStandsAlready() {
        open("/operator");
        at("api-key").waitFor();
        page.evaluate("location.hash = 'key=" + FixtureHub.KEY + "'");
        at("tab-connections").waitFor();
        assertThat(page.url()).endsWith("/operator");
    }
}
