package dev.weir.hub;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.util.List;
import java.util.Map;

/** The system's Chromium, with a made-up camera, whose peer connections a test can look into. */
final class Browsers implements AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            "--autoplay-policy=no-user-gesture-required");

    private static final String KEEP_PEERS = """
            window.peers = [];
            const Peer = window.RTCPeerConnection;
            window.RTCPeerConnection = class extends Peer {
              constructor(...settings) { super(...settings); window.peers.push(this); }
            };""";

    /** A picture of that width, and sound that is not silence, decoded from a peer connection. */
    private static final String REAL_TIME = """
            async (width) => {
              for (const peer of window.peers) {
                const inbound = [...(await peer.getStats()).values()].filter((one) => one.type === 'inbound-rtp');
                const sees = inbound.some((one) => one.kind === 'video' && one.framesDecoded > 15 && one.frameWidth === width);
                if (sees && inbound.some((one) => one.kind === 'audio' && one.totalAudioEnergy > 0)) return true;
              }
              return false;
            }""";

    private final Playwright playwright;
    private final Browser browser;

    Browsers() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Tools.require("chromium"))
                        .setArgs(FLAGS));
    }

    Page phone() {
        return page(390, 844);
    }

    Page desk() {
        return page(1280, 900);
    }

    private Page page(int width, int height) {
        Page page = browser.newPage(new Browser.NewPageOptions().setViewportSize(width, height));
        page.addInitScript(KEEP_PEERS);
        return page;
    }

    /** Waits until the page plays picture and sound over WebRTC. */
    static void awaitRealTime(Page page, int width) {
        page.waitForFunction(REAL_TIME, width, new Page.WaitForFunctionOptions().setTimeout(30_000));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
