package dev.weir.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Going live from a browser, with Chromium's made-up camera and a real peer connection. */
class StudioPageTest extends PageTest {
    private static final String ADDRESS = "/shows/" + FixtureShow.SLUG + "/studio#key=" + FixtureHub.KEY;

    @Test
    void cameraToLive_showsWhatIsSent_andStopDeletesTheSession() {
        openPeer();
        openCamera();
        at("go-live").click();
        assertThat(at("air-state")).hasText("live");
        assertThat(at("figures")).containsText(Pattern.compile("\\d+ × \\d+"));
        assertThat(at("figures")).containsText("bit/s");
        assertThat((String) page.evaluate("window.offered")).contains("H264").doesNotContain("VP8");
        page.onceDialog(dialog -> dialog.accept());
        at("stop").click();
        assertThat(at("air-state")).hasText("ended");
        await().until(() -> hub.media.deleted.equals(hub.media.offers));
    }

    @Test
    void soundAndScreen_changeWhileLive_withoutANewSession() {
        page.addInitScript("""
            navigator.mediaDevices.getDisplayMedia = async () => {
              const canvas = document.createElement('canvas');
              canvas.width = 640;
              canvas.height = 360;
              const context = canvas.getContext('2d');
              setInterval(() => { context.fillStyle = `hsl(${performance.now() / 10} 80% 50%)`; context.fillRect(0, 0, 640, 360); }, 50);
              return canvas.captureStream(15);
            }""");
        openPeer();
        openCamera();
        at("go-live").click();
        assertThat(at("air-state")).hasText("live");
        at("mute-mic").click();
        assertThat(at("level")).hasAttribute("aria-valuenow", "0");
        at("share-screen").click();
        assertThat(at("figures")).containsText("640 × 360");
        at("share-screen").click();
        assertThat(at("figures")).not().containsText("640 × 360");
        assertThat(hub.media.offers).hasSize(1);
    }

    @Test
    void lostConnection_isMadeAnewByItself() {
        openPeer();
        openCamera();
        at("go-live").click();
        assertThat(at("air-state")).hasText("live");
        hub.media.cut(hub.media.offers.getFirst());
        await().until(() -> {
            page.waitForTimeout(50);
            return hub.media.offers.size() == 2;
        });
        assertThat(at("air-state")).hasText("live");
    }

    @Test
    void takenOver_isSaid_andNotTakenBackUntilAsked() {
        openPeer();
        openCamera();
        at("go-live").click();
        assertThat(at("air-state")).hasText("live");
        hub.media.isTakenOver = true;
        hub.media.cut(hub.media.offers.getFirst());
        assertThat(at("air-state")).hasText("taken over");
        assertThat(at("taken")).isVisible();
        page.waitForTimeout(2_500);
        assertThat(hub.media.offers).hasSize(1);
        assertThat(at("go-live")).hasText("Take it back");
        at("go-live").click();
        assertThat(at("air-state")).hasText("live");
    }

    @Test
    void takenOverWhileWithoutNetwork_isHeardWhenItReturns() {
        openPeer();
        openCamera();
        at("go-live").click();
        assertThat(at("air-state")).hasText("live");
        page.context().setOffline(true);
        page.evaluate("window.sent.close(); window.sent.onconnectionstatechange()");
        assertThat(at("air-state")).hasText("reconnecting");
        hub.media.isTakenOver = true;
        page.context().setOffline(false);
        assertThat(at("air-state")).hasText("taken over");
        assertThat(hub.media.offers).hasSize(1);
    }

    @Test
    void refusedKey_isSaid_andNotTriedAgain() {
        hub.media.whipStatus = 403;
        allowCamera();
        openCamera();
        at("go-live").click();
        assertThat(at("air-state")).hasText("refused");
        assertThat(page.getByText("Asked by the test.")).isVisible();
        assertThat(at("go-live")).isEnabled();
    }

    @Test
    void forbiddenCamera_isSaidInWords() {
        open(ADDRESS);
        at("open-camera").click();
        assertThat(at("capture-problem").first()).containsText("This page may not use your camera");
        assertThat(at("go-live")).isDisabled();
        assertThat(at("rtmp-url")).hasText("rtmp://127.0.0.1:1935/live");
        at("way-srt").click();
        assertThat(at("srt-url")).hasText("srt://live.tonwerk.example:9001?••••••••");
    }

    private void openCamera() {
        page.addInitScript("""
            const set = RTCPeerConnection.prototype.setLocalDescription;
            RTCPeerConnection.prototype.setLocalDescription = async function (...of) {
              await set.apply(this, of);
              window.sent = this;
              window.offered = this.localDescription.sdp;
            }""");
        open(ADDRESS);
        at("open-camera").click();
        assertThat(at("capture-size")).isVisible();
        page.waitForFunction("() => document.querySelector('[data-testid=preview]').videoWidth > 0");
    }
}
