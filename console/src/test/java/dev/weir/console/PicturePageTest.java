package dev.weir.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the picture gets to the viewer, with a real peer connection and a real HLS clip. */
class PicturePageTest extends PageTest {
    private static final String PLAYS =
            "() => { const v = document.querySelector('[data-testid=video]'); return v && v.videoWidth > 0 && v.currentTime > 0.2 && !v.paused }";

    @BeforeEach
    void hostIsThere() {
        hub.show.hostConnected = true;
        hub.media.hasHls = true;
    }

    @Test
    void whep_playsAndTellsItsDelay_andFollowsButtonsAndKeys() {
        openPeer();
        openShow();
        page.waitForFunction(PLAYS);
        assertThat(at("video-badge")).hasText(Pattern.compile("WebRTC \\d+ ms"));
        assertThat(at("unmute")).isVisible();
        at("unmute").click();
        assertThat((Boolean) at("video").evaluate("v => v.muted")).isFalse();
        assertThat(at("unmute")).hasCount(0);
        page.keyboard().press("m");
        assertThat(at("mute")).hasAttribute("aria-label", "Sound on");
        page.keyboard().press("k");
        assertThat(at("tap-to-play")).containsText("Paused");
        page.keyboard().press(" ");
        assertThat(at("tap-to-play")).hasCount(0);
        page.keyboard().press("f");
        page.waitForFunction("() => document.fullscreenElement?.classList.contains('stage')");
    }

    @Test
    void refusedWhep_fallsToHls() {
        hub.media.whepStatus = 404;
        openShow();
        page.waitForFunction(PLAYS);
        assertThat(at("video-badge")).containsText("HLS");
    }

    @Test
    void silentWhep_fallsToHlsAndIsDeleted() {
        hub.media.isSilent = true;
        openPeer();
        openShow();
        assertThat(at("video-badge")).containsText("HLS");
        page.waitForFunction(PLAYS);
        await().until(() -> hub.media.deleted.equals(hub.media.offers));
    }

    @Test
    void hls_goesBackToWhepByItself_withoutABlackFrame() {
        hub.media.whepStatus = 503;
        page.clock().install();
        openPeer();
        openShow();
        page.waitForFunction(PLAYS);
        assertThat(at("video-badge")).containsText("HLS");
        at("unmute").click();
        page.evaluate(
                "window.blacks = 0; const look = () => { if (document.querySelector('.layer.on-air')?.videoWidth === 0) blacks++; setTimeout(look, 20) }; look()");
        hub.media.whepStatus = 201;
        page.clock().fastForward(11_000);
        assertThat(at("video-badge")).containsText("WebRTC");
        page.waitForFunction(PLAYS);
        assertThat((Boolean) at("video").evaluate("v => v.muted")).isFalse();
        assertThat(page.evaluate("blacks")).isEqualTo(0);
        assertThat(page.locator("video.on-air")).hasCount(1);
    }

    @Test
    void lostPackets_fallToHls() {
        page.addInitScript("""
            const real = RTCPeerConnection.prototype.getStats;
            let lost = 0;
            RTCPeerConnection.prototype.getStats = async function () {
              const report = new Map([...await real.call(this)].map(([id, s]) => [id, { ...s }]));
              if (window.isLossy) lost += 40;
              for (const s of report.values()) if (s.type === 'inbound-rtp' && s.kind === 'video') s.packetsLost = lost;
              return report;
            }""");
        openPeer();
        openShow();
        assertThat(at("video-badge")).containsText("WebRTC");
        page.evaluate("window.isLossy = true");
        assertThat(at("video-badge")).containsText("HLS");
        page.waitForFunction(PLAYS);
    }

    @Test
    void connectionCutByTheServer_fallsToHls() {
        openPeer();
        openShow();
        assertThat(at("video-badge")).containsText("WebRTC");
        hub.media.cut(hub.media.offers.getFirst());
        assertThat(at("video-badge")).containsText("HLS");
    }

    @Test
    void gap_keepsThePictureUnderTheWords_andLeavingDeletesTheSession() {
        openPeer();
        openShow();
        assertThat(at("video-badge")).containsText("WebRTC");
        hub.show.send("host", "{\"connected\":false,\"state\":\"GAP\"}");
        assertThat(at("cover")).containsText("will be right back");
        assertThat(page.locator("video.on-air")).hasCount(1);
        hub.show.send("host", "{\"connected\":true,\"state\":\"LIVE\"}");
        assertThat(at("cover")).hasCount(0);
        assertThat(hub.media.offers).hasSize(1);
        assertThat(hub.media.deleted).isEmpty();
        page.navigate("about:blank");
        await().until(() -> hub.media.deleted.equals(hub.media.offers));
    }

    @Test
    void endedShow_isReplayed_andSellsWhatWasPinned() {
        openShow();
        hub.media.state = "ENDED";
        hub.media.replay = """
            {"epoch":2,"hls":"/replays/sh_01/2/index.m3u8","mp4":null,"startedAt":"2026-11-24T18:00:00Z","millis":20000}""";
        hub.media.timeline = """
            {"sku":"MUG-OCEAN","epoch":2,"fromMillis":1000,"toMillis":7500},{"sku":"VASE-TALL","epoch":1,"fromMillis":100,"toMillis":null},
            {"sku":"BOWL-EMBER","epoch":2,"fromMillis":8000,"toMillis":null}""";
        hub.show.state = "ENDED";
        hub.show.send("state", "{\"state\":\"ENDED\"}");
        assertThat(at("replay-pin-VASE-TALL")).hasCount(0);
        at("replay-pin-BOWL-EMBER").click();
        assertThat(at("pin-card")).containsText("Ember bowl");
        page.waitForFunction("() => document.querySelector('[data-testid=replay]').currentTime > 8.2");
        at("pin-buy").click();
        assertThat(at("hold-countdown")).isVisible();
        assertThat(hub.shop.lastTouch)
                .contains("\"pinSku\":\"BOWL-EMBER\"")
                .containsPattern("\"replayPosition\":\\d{4,}");
    }

    private void openShow() {
        open("/shows/" + FixtureShow.SLUG);
        at("pin-card").waitFor();
        await().until(() -> {
            page.waitForTimeout(20);
            return hub.show.hasListeners();
        });
    }
}
