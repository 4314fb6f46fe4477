package dev.weir.hub;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new operator in a browser: connects every shop at the sandbox, is told which secret is wrong, sees products, and lets go. */
class OperatorWalkTest {
    private static final List<String> CHANNELS = List.of("shopify", "magento", "tiktok-shop", "instagram");

    /** What the platform brings when the operator agrees there. */
    private static final Map<String, Set<String>> BROUGHT = Map.of(
            "shopify", Set.of("accessToken"),
            "tiktok-shop",
                    Set.of(
                            "accessToken",
                            "refreshToken",
                            "accessTokenEnds",
                            "refreshTokenEnds",
                            "shopId",
                            "shopCipher"),
            "instagram", Set.of("accessToken", "pageId"));

    @TempDir
    static Path data;

    private static DemoProcess demo;
    private Page page;

    @BeforeAll
    static void start() throws Exception {
        Tools.require("chromium");
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        demo = DemoProcess.start(data, "--no-host");
    }

    @AfterAll
    static void stop() throws IOException {
        if (demo != null) {
            demo.close();
        }
    }

    @Test
    void everyShop_isConnected_mendedWhereASecretIsWrong_seen_andLetGo() {
        try (Browsers browser = new Browsers()) {
            page = browser.desk();
            page.onDialog(Dialog::accept);
            signInByAnAddressThatIsPastedWhereThePageStands();
            letAllGo();

            connectAtThePlatform("shopify", "webhookSecret", "Client secret: Shopify's answer is signed with another");
            assertThat(tile("shopify")).containsText("your own shop");
            assertThat(tile("shopify")).containsText("24 products read");
            connectByHand("magento", "consumerSecret", "Consumer secret: it or the access token secret is another's");
            assertThat(tile("magento")).containsText("24 products of the shop read");
            connectAtThePlatform("tiktok-shop", "appSecret", "App secret: not the one of the app key");
            connectAtThePlatform("instagram", "appSecret", "App secret: not of this app");

            lookAtProductsAndCalls();
            letAllGo();
        }
    }

    private void signInByAnAddressThatIsPastedWhereThePageStands() {
        page.navigate(demo.base() + "/operator");
        at("api-key").waitFor();
        page.navigate(demo.base() + "/operator#key=" + demo.key("operator"));
        at("tab-connections").click();
        assertThat(page.locator(".tile-card"))
                .hasCount(demo.facts().path("connections").size());
    }

    private void letAllGo() {
        Locator tiles = page.locator(".tile-card");
        for (int left = tiles.count(); left > 0; left--) {
            tiles.first().getByText("Remove").click();
            assertThat(tiles).hasCount(left - 1);
        }
        assertThat(page.getByText("Nothing connected yet")).isVisible();
    }

    private void connectAtThePlatform(String channel, String wrong, String words) {
        Map<String, String> entered = entered(channel);
        BROUGHT.get(channel).forEach(entered::remove);
        String right = String.valueOf(entered.put(wrong, "not-the-secret"));
        open(channel);
        enter(entered);
        agree();
        assertThat(tile(channel)).containsText(words);
        assertThat(tile(channel)).containsText("unfinished");

        mend(channel, wrong, right);
        agree();
        assertThat(tile(channel)).containsText("lets us in.");
        assertThat(tile(channel).locator(".chip-good")).isVisible();
    }

    private void agree() {
        at("connect-there").click();
        page.getByText("Approve").click();
        page.waitForURL(url -> url.startsWith(demo.base().toString()));
    }

    private void connectByHand(String channel, String wrong, String words) {
        Map<String, String> entered = entered(channel);
        String right = String.valueOf(entered.put(wrong, "not-the-secret"));
        open(channel);
        enter(entered);
        at("connect-here").click();
        assertThat(tile(channel)).containsText(words);
        assertThat(tile(channel).locator(".chip-bad")).isVisible();

        mend(channel, wrong, right);
        at("connect-here").click();
        assertThat(tile(channel).locator(".chip-good")).isVisible();
        assertThat(tile(channel)).not().containsText(words);
    }

    /** From the refusal to the field that it names. */
    private void mend(String channel, String setting, String value) {
        tile(channel).locator(".notice-bad button").click();
        assertThat(field(setting)).isFocused();
        assertThat(field(setting)).isEmpty();
        field(setting).fill(value);
    }

    private void open(String channel) {
        at("connect-" + channel).click();
        assertThat(page.locator("dialog")).isVisible();
    }

    private void enter(Map<String, String> settings) {
        Locator more = page.locator("dialog .more-settings summary");
        if (more.count() > 0) {
            more.click();
        }
        settings.forEach((name, value) -> field(name).fill(value));
    }

    private static Map<String, String> entered(String channel) {
        Map<String, String> settings = new TreeMap<>();
        demo.facts()
                .path("connections")
                .path(channel)
                .properties()
                .forEach(fact -> settings.put(fact.getKey(), fact.getValue().asText()));
        settings.keySet().removeAll(Set.of("id", "webhookUrl", "buyUrl", "backend"));
        if (!channel.equals("shopify")) {
            // A word for all channels, whatever they call it.
            settings.remove("webhookSecret");
        }
        return settings;
    }

    private void lookAtProductsAndCalls() {
        page.locator(".tile-card").first().getByText("Calls").click();
        assertThat(at("calls-table").locator("tbody tr").first()).isVisible();
        tile("shopify").getByText("See the products").click();
        assertThat(at("stock-table")).containsText("Breakfast mug");
        at("tab-connections").click();
        page.setViewportSize(390, 844);
        for (String channel : CHANNELS) {
            open(channel);
            assertThat(overhang()).as(channel + " on a phone").isLessThanOrEqualTo(0);
            page.keyboard().press("Escape");
            assertThat(page.locator("dialog")).hasCount(0);
        }
    }

    private int overhang() {
        return (int) page.evaluate("Math.max(document.documentElement.scrollWidth - innerWidth,"
                + " document.querySelector('dialog').scrollWidth - innerWidth)");
    }

    private Locator tile(String channel) {
        String title = demo.facts().path("connections").path(channel).isMissingNode() ? "" : TITLES.get(channel);
        return page.locator(".tile-card")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator("b", new Page.LocatorOptions().setHasText(title))));
    }

    private static final Map<String, String> TITLES =
            Map.of("shopify", "Shopify", "magento", "Magento", "tiktok-shop", "TikTok Shop", "instagram", "Instagram");

    private Locator field(String name) {
        return page.locator("dialog input[name='" + name + "']");
    }

    private Locator at(String testId) {
        return page.getByTestId(testId);
    }
}
