package dev.weir.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ops find a delivery, see why it is parked, go to its map, have one or many handled again, and see what waits for a shop; on a phone. */
class WebhooksPageTest extends PageTest {
    @BeforeEach
    void openTheLog() {
        page.onDialog(Dialog::accept);
        open("/ops#key=" + FixtureHub.KEY);
        at("webhooks").waitFor();
    }

    @Test
    void delivery_isFoundByWhatItSays_andLeadsToTheMapThatReadsIt_andBack() {
        at("webhook-find").fill("5540");
        at("open-w4").click();
        assertThat(at("delivery-reason")).containsText("order.externalId");
        noneIsTooWide();
        at("mend-order-webhook").click();

        assertThat(at("payload")).hasValue(java.util.regex.Pattern.compile("5540"));
        at("to-delivery").click();
        at("replay-opened").click();

        assertThat(page.locator(".toast")).hasText("Replay accepted. The state below follows.");
        assertThat(at("webhooks")).isVisible();
        assertThat(hub.desk.asked).containsExactly("POST /api/webhooks/w4/replay {}");
    }

    @Test
    void searchWithoutAFind_saysSo() {
        at("webhook-find").fill("nothing");
        assertThat(page.getByText("Nothing that was delivered has \"nothing\" in it."))
                .isVisible();
    }

    @Test
    void many_areReplayedAtARate_theirProgressIsShown_andTheyAreStopped() {
        page.getByText("Replay many").click();
        assertThat(at("replay-last")).containsText("210 of 212");
        at("state-PARKED").click();
        page.getByLabel("A second").fill("20");
        at("replay-start").click();

        assertThat(at("replay-progress")).containsText("180 of 640 begun again, 20 a second, for ops/noor");
        noneIsTooWide();
        at("replay-stop").click();

        assertThat(at("replay-progress")).hasCount(0);
        assertThat(hub.desk.asked)
                .containsExactly(
                        "POST /api/webhooks/replays {\"state\":\"PARKED\",\"q\":null,\"rate\":20,\"most\":1000}",
                        "POST /api/webhooks/replays/rp_2/stop {}");
    }

    @Test
    void connectionThatIsAway_saysWhatThatCosts() {
        assertThat(at("connections")).containsText("Tonwerk Shop");
        assertThat(at("connections")).containsText("nothing waits for it");
        assertThat(at("connections")).containsText("3 paid orders wait for it, worth €184.00");
        assertThat(at("connections"))
                .containsText("it can sell 5 units that buyers hold here, because it does not hear of it");
        assertThat(at("connections")).containsText("12 stock levels wait, 34 s behind");
        assertThat(at("connections")).containsText("1 shipment, price or refund waits");
        noneIsTooWide();
    }

    @Test
    void routesThatFailedOrStandStill_areNamed_andTheRestIsLeftToItsPage() {
        assertThat(at("routes")).containsText("stock-fanout-tiktok-shop");
        assertThat(at("routes")).containsText("access token expired");
        assertThat(at("routes").locator("tbody tr")).hasCount(1);
        page.getByText("All routes").click();
        assertThat(at("tab-routes")).hasAttribute("aria-current", "true");
    }

    private void noneIsTooWide() {
        assertThat((int) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .isLessThanOrEqualTo(0);
    }
}
