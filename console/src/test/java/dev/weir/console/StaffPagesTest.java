package dev.weir.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaffPagesTest extends PageTest {
    private static final String WITH_KEY = "#key=" + FixtureHub.KEY;

    @Test
    void wrongKey_asksAgainWithTheReason_andRightKeyOpens() {
        open("/ops");
        at("api-key").fill("wrong");
        at("sign-in").click();
        assertThat(page.getByRole(com.microsoft.playwright.options.AriaRole.ALERT))
                .containsText("That key is not known here");
        at("api-key").fill(FixtureHub.KEY);
        at("sign-in").click();
        assertThat(at("webhooks")).containsText("orders/create");
    }

    @Test
    void keyInTheFragment_leavesTheAddressAtOnce() {
        open("/finance" + WITH_KEY);
        assertThat(at("gmv-total")).isVisible();
        assertThat(page.url()).endsWith("/finance");
        assertThat(page.evaluate("sessionStorage.getItem('weir.key')")).isEqualTo(FixtureHub.KEY);
    }

    @Test
    void cockpit_pinsByClickAndByKey_afterTheHubSaysSo() {
        open("/cockpit?show=sh_01" + WITH_KEY);
        at("pin-BOWL-EMBER").click();
        assertThat(at("row-BOWL-EMBER").getByTestId("unpin")).isVisible();
        assertThat(at("unpin")).isEnabled();
        page.keyboard().press("3");
        assertThat(at("row-VASE-TALL").getByTestId("unpin")).isEnabled();
        page.keyboard().press("u");
        assertThat(at("unpin")).hasCount(0);
        assertThat(hub.show.pinned).isEmpty();
    }

    @Test
    void cockpit_followsSalesAndFigures() {
        open("/cockpit?show=sh_01" + WITH_KEY);
        assertThat(at("units")).hasText("71");
        await().until(() -> {
            page.waitForTimeout(20);
            return hub.show.hasListeners();
        });
        hub.show.send("gmv", "{\"gmv\":{\"amount\":\"2511.60\",\"currency\":\"EUR\"},\"units\":72,\"orders\":64}");
        assertThat(at("gmv")).containsText("2,511.60");
        hub.show.send("viewers", "{\"count\":7}");
        assertThat(at("viewers")).hasText("7");
    }

    @Test
    void flashPrice_isSentAndShown() {
        open("/cockpit?show=sh_01" + WITH_KEY);
        at("price-BOWL-EMBER").click();
        at("flash-amount").fill("29,50");
        at("flash-set").click();
        assertThat(at("price-BOWL-EMBER")).containsText("29.50");
        assertThat(hub.show.price("BOWL-EMBER")).isEqualTo("29.50");
    }

    @Test
    void finance_totalsTheTableAndHandsOverTheCsv() throws Exception {
        open("/finance" + WITH_KEY);
        assertThat(at("gmv-total")).containsText("5,280.30");
        assertThat(at("gmv-table").locator("tbody tr")).hasCount(4);
        Download download = page.waitForDownload(() -> at("csv").click());
        assertThat(download.suggestedFilename()).startsWith("gmv-").endsWith(".csv");
        assertThat(Files.readString(download.path())).startsWith("day,channel,net");
    }

    @Test
    void operator_showsConnectionsStockAndOrders() {
        open("/operator" + WITH_KEY);
        assertThat(at("rtmp-url")).containsText("rtmp://");
        at("tab-connections").click();
        assertThat(at("connection-cn_2")).containsText("accessToken: expired");
        at("connection-cn_1").getByText("Check now").click();
        assertThat(at("connection-cn_1")).containsText("all scopes granted");
        at("tab-stock").click();
        assertThat(at("stock-table")).containsText("Tall saffron vase");
        at("tab-orders").click();
        assertThat(at("orders-table")).containsText("W-2026-0412");
    }

    @Test
    void operator_looksAtTheCallsOfAShop_andFiltersThem() {
        open("/operator" + WITH_KEY);
        at("tab-connections").click();
        at("connection-cn_1").getByText("Calls").click();
        assertThat(at("calls-table").locator("tbody tr")).hasCount(3);
        assertThat(at("calls-table")).containsText("outcome unknown");
        assertThat(at("calls-table")).containsText("13 expected");
        at("calls").getByText("failed").click();
        at("calls").getByText("hold").click();
        assertThat(at("calls")).containsText("None like that among the last 1,000.");
        at("calls").getByText("Close").click();
        assertThat(at("calls")).hasCount(0);
    }

    @Test
    void operator_seesWhyAnOrderWasEarned_andTriesOtherRules() {
        open("/operator" + WITH_KEY);
        at("tab-orders").click();
        at("why-W-2026-0411").click();
        assertThat(at("why")).containsText("the show was on air");
        assertThat(at("why")).containsText("lost: Spring seconds sale by campaign/1");
        page.getByText("Try other rules on old orders").click();
        at("try-2").click();
        assertThat(at("run")).containsText("3 of 3 judged, 1 would be another show's");
        assertThat(at("run")).containsText("Kiln night: the autumn glazes → no show");
    }

    @Test
    void operator_looksIntoTheProof_aProductsUnits_andAHoldsLife() {
        open("/operator" + WITH_KEY);
        at("tab-proof").click();
        assertThat(at("proof-verdict")).containsText("1 of 3 products do not add up");
        assertThat(at("proof-verdict")).containsText("128 of 131");
        assertThat(at("proof-table").locator("tbody tr").nth(2)).containsText("held 1, sold 5");
        at("look-MUG-OCEAN").click();
        assertThat(at("history-table").locator("tbody tr")).hasCount(6);
        assertThat(at("history").locator("svg polygon")).hasCount(4);
        at("history-table").getByText("Its hold").nth(1).click();
        assertThat(at("hold-life")).containsText("paying");
        assertThat(at("hold-life")).containsText("W-2026-0412");
        assertThat(at("hold-life").locator("svg rect")).hasCount(2);
        page.setViewportSize(360, 740);
        assertThat((int) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .isLessThanOrEqualTo(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/cockpit?show=sh_01",
                "/operator",
                "/ops",
                "/finance",
                "/shows/kiln-night",
                "/shows/kiln-night/studio"
            })
    void noPage_scrollsSidewaysOnASmallPhone(String path) {
        page.setViewportSize(360, 740);
        open(path + WITH_KEY);
        page.locator("main, .stage .screen").first().waitFor();
        page.waitForLoadState();
        assertThat((int) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .isLessThanOrEqualTo(0);
    }
}
