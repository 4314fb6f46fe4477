package dev.weir.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A Chromium before a fresh fixture hub for each test; a script error or a policy violation fails the test. */
abstract class PageTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static Playwright playwright;
    private static Browser browser;

    FixtureHub hub;
    Page page;
    private BrowserContext context;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void openBrowser() {
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
        boolean isRequired = Boolean.parseBoolean(System.getenv("WEIR_REQUIRE_BROWSER"))
                || Boolean.getBoolean("WEIR_REQUIRE_BROWSER");
        if (!Files.isExecutable(CHROMIUM)) {
            if (isRequired) {
                fail(CHROMIUM + ": absent (expected: there, because WEIR_REQUIRE_BROWSER is true)");
            }
            assumeTrue(false, "page tests skipped: " + CHROMIUM + " is absent; install chromium to run them");
        }
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of(
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--use-fake-device-for-media-stream",
                                // The peer page must find the tested one without a name server.
                                "--disable-features=WebRtcHideLocalIpsWithMdns")));
    }

    @AfterAll
    static void closeBrowser() {
        if (playwright != null) {
            playwright.close();
            playwright = null;
        }
    }

    @BeforeEach
    void openPage() throws Exception {
        hub = new FixtureHub(0, Path.of("no-media"));
        context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(390, 844)
                // Without a graphics card each moving gradient costs more than the rest of a test.
                .setReducedMotion(ReducedMotion.REDUCE));
        page = context.newPage();
        page.onPageError(error -> complaints.add(error));
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                complaints.add(message.text());
            }
        });
    }

    @AfterEach
    void closePage() {
        if (context == null) {
            return;
        }
        context.close();
        hub.close();
        assertThat(complaints).as("script errors and policy violations").isEmpty();
    }

    void open(String path) {
        page.navigate(hub.url() + path);
    }

    /** Opens the far end of WebRTC in a page of its own. */
    void openPeer() {
        allowCamera();
        context.newPage().navigate(hub.url() + "/peer");
        page.bringToFront();
    }

    void allowCamera() {
        context.grantPermissions(List.of("camera", "microphone"));
    }

    Locator at(String testId) {
        return page.getByTestId(testId);
    }

    void openTheShow() {
        open("/shows/" + FixtureShow.SLUG);
        at("pin-card").waitFor();
        await().until(() -> {
            page.waitForTimeout(20);
            return hub.show.hasListeners();
        });
    }

    void fillAddress() {
        Page p = page;
        p.getByTestId("email").fill("mara@example.org");
        p.getByTestId("name").fill("Mara Lind");
        p.getByTestId("line1").fill("Hafenweg 3");
        p.getByTestId("postalCode").fill("20457");
        p.getByTestId("city").fill("Hamburg");
        p.getByTestId("country").selectOption("DE");
    }

    void fillCard(String number) {
        at("card-number").fill(number);
        at("card-expiry").fill("12/34");
        at("card-cvc").fill("123");
    }
}
