package dev.weir.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What operators and producers see of a stream, and what they can do to its targets. */
class StreamDeskTest extends PageTest {
    private static final String WITH_KEY = "#key=" + FixtureHub.KEY;

    @Test
    void numbers_areInWordsAndInCharts() {
        open("/operator" + WITH_KEY);
        assertThat(at("host-line")).containsText("RTMP · 720 × 1280 · 30 frames/s · 3.1 Mbit/s · key frame every 2 s");
        assertThat(at("numbers")).containsText("The encoder sends B-frames");
        assertThat(at("numbers")).containsText("1,184 (9 over TCP)");
        assertThat(at("spark-bit-rate").locator("polyline")).hasAttribute("points", Pattern.compile("(\\S+ ){59}\\S+"));
        assertThat(at("spark-watching").locator("svg"))
                .hasAttribute("aria-label", Pattern.compile("Watching, last five minutes: now .*"));
        at("spark-frames").locator("svg").hover();
        assertThat(at("spark-frames").locator("line")).hasCount(1);
    }

    @Test
    void bucketThatLags_isToldWithItsLastWords() {
        open("/operator" + WITH_KEY);
        assertThat(at("bucket-lag")).containsText("2 recordings wait for the bucket: 1.3 GB");
        assertThat(at("bucket-lag")).containsText("503 SlowDown");
    }

    @Test
    void targets_tellStateReasonAndNextTry() {
        open("/operator" + WITH_KEY);
        assertThat(at("target-t1")).containsText("live");
        assertThat(at("target-t2")).containsText(Pattern.compile("next try in \\d+ s"));
        assertThat(at("target-t3")).containsText("refused");
        assertThat(at("target-t3")).containsText("the stream key is not valid");
        assertThat(at("target-t3")).containsText("bitrate: 8200 kbit/s");
        at("retry-t3").click();
        asked("POST /api/shows/sh_01/targets/t3/retry {}");
        at("reencode-t3").click();
        asked("PUT /api/shows/sh_01/targets/t3 {\"fit\":\"REENCODE\"}");
    }

    @Test
    void preset_asksForServerAndKey_whichIsNeverShownBack() {
        open("/operator" + WITH_KEY);
        at("add-target").click();
        assertThat(at("target-form")).containsText("In TikTok LIVE Center");
        assertThat(at("target-form")).containsText("Not published by the platform");
        at("preset-INSTAGRAM_LIVE").click();
        assertThat(at("target-server")).hasValue("rtmps://edgetee-upload.example:443/rtmp/");
        at("target-key").fill("IG-1?s_bl=1&a=b");
        assertThat(at("target-key")).hasAttribute("type", "password");
        at("save-target").click();
        asked(
                "POST /api/shows/sh_01/targets {\"preset\":\"INSTAGRAM_LIVE\",\"server\":\"rtmps://edgetee-upload.example:443/rtmp/\",\"key\":\"IG-1?s_bl=1&a=b\",\"fit\":\"AS_IS\"}");
        assertThat(at("target-form")).hasCount(0);
        at("rekey-t1").click();
        at("new-key").fill("fresh");
        at("save-key").click();
        asked("PUT /api/shows/sh_01/targets/t1 {\"key\":\"fresh\",\"server\":\"rtmps://push.tiktok.example/live\"}");
        assertThat(page.content()).doesNotContain("fresh");
    }

    @Test
    void cockpit_saysHowTheHostIs() {
        open("/cockpit?show=sh_01" + WITH_KEY);
        assertThat(at("host-line")).containsText("RTMP · 720 × 1280");
        assertThat(page.getByText("The encoder sends B-frames")).isVisible();
        assertThat(at("studio")).hasAttribute("href", "/shows/kiln-night/studio");
    }

    @Test
    void showWithoutAHost_saysWhatToDo() {
        open("/operator" + WITH_KEY);
        page.getByText("First time at the wheel").click();
        assertThat(page.getByText("None yet. The player always gets the stream"))
                .isVisible();
        assertThat(at("rtmp-url")).isVisible();
        assertThat(at("way-srt")).hasCount(0);
    }

    private void asked(String call) {
        await().until(() -> {
            page.waitForTimeout(20);
            return hub.desk.asked.contains(call);
        });
    }
}
