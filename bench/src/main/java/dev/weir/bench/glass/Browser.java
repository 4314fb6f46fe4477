package dev.weir.bench.glass;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A headless Chromium that shows one stream. Used by one thread. */
public final class Browser implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_PATIENCE = 15_000;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final Page page;

    private Browser(Playwright playwright, com.microsoft.playwright.Browser browser, Page page) {
        this.playwright = playwright;
        this.browser = browser;
        this.page = page;
    }

    /** Starts it with the page that reads the pictures. */
    public static Browser open(URI url) {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        com.microsoft.playwright.Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium())
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--autoplay-policy=no-user-gesture-required")));
        Page page = browser.newPage();
        page.setDefaultTimeout(MOST_PATIENCE);
        page.navigate(url.toString());
        page.waitForFunction("() => typeof globalThis.play === 'function'");
        return new Browser(playwright, browser, page);
    }

    private static Path chromium() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(folder -> Stream.of("chromium", "google-chrome").map(Path.of(folder)::resolve))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("chromium: not found (expected: on the PATH)"));
    }

    /** Begins to play, and waits until there is a picture; from the answer to the first picture, in ms; -1 for HLS. */
    public long play(String kind, String url) throws IOException {
        page.evaluate("([kind, url]) => play(kind, url)", List.of(kind, url));
        page.waitForFunction("() => document.querySelector('video').currentTime > 0");
        if (!kind.equals("whep")) {
            return -1;
        }
        page.waitForFunction("() => joinMillis() !== null");
        return Math.round(json("() => joinMillis()").asDouble());
    }

    /** Stops to play. */
    public void leave() {
        page.evaluate("() => leave()");
    }

    /** Adds what was shown since the last call. */
    public void take(Shown shown) throws IOException {
        JsonNode taken = json("() => take()");
        for (JsonNode frame : taken.path("frames")) {
            shown.add(
                    frame.path(0).asInt(), frame.path(1).asLong(), frame.path(2).asDouble());
        }
        shown.addUnread(taken.path("unread").asInt());
        String trouble = taken.path("trouble").asText();
        if (!trouble.isEmpty()) {
            throw new IOException("player: " + trouble);
        }
    }

    /** The connection's statistics of {@code video} and {@code audio}. */
    public JsonNode statistics() throws IOException {
        return json("() => statistics()");
    }

    private JsonNode json(String expression) throws IOException {
        return JSON.readTree(String.valueOf(page.evaluate("async () => JSON.stringify(await (" + expression + ")())")));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
