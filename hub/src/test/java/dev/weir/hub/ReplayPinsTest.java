package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay shows each product with the picture that it was pinned on; pictures carry their number in ten blocks. */
class ReplayPinsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int FPS = 30;
    private static final int BITS = 10;

    /** Notes for each picture shown its number and what is offered with it, as they are painted together. */
    private static final String WATCH = """
            () => {
              window.video = document.querySelector('[data-testid=replay]');
              const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
              window.shown = [];
              window.pinned = () => document.querySelector('[data-testid=pin-card]')?.dataset.sku ?? '';
              window.number = () => {
                canvas.drawImage(video, 0, 0, 10, 10);
                const { data } = canvas.getImageData(0, 0, 10, 1);
                return Array.from({ length: 10 }, (_, bit) => (data[bit * 4] > 128 ? 2 ** bit : 0)).reduce((a, b) => a + b);
              };
              const note = (_, { mediaTime }) => {
                const number = window.number();
                requestAnimationFrame(() => window.shown.push({ number, mediaTime, sku: window.pinned() }));
                video.requestVideoFrameCallback(note);
              };
              video.requestVideoFrameCallback(note);
            }""";

    @TempDir
    static Path data;

    private static DemoProcess demo;
    private static String show;
    private static Process encoder;

    @BeforeAll
    static void playAShow() throws Exception {
        Path ffmpeg = Tools.require("ffmpeg");
        Tools.require("chromium");
        Path film = data.resolve("numbered.flv");
        StringBuilder picture = new StringBuilder("color=c=black:size=360x640:rate=" + FPS);
        for (int bit = 0; bit < BITS; bit++) {
            picture.append(",drawbox=x=%d:y=0:w=36:h=640:t=fill:c=white:enable='gte(mod(n\\,%d)\\,%d)'"
                    .formatted(bit * 36, 2 << bit, 1 << bit));
        }
        List<String> make = new ArrayList<>(List.of(ffmpeg.toString(), "-v", "error", "-f", "lavfi", "-i"));
        make.add(picture.toString());
        make.addAll(List.of("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=44100", "-t", "9"));
        make.addAll(List.of("-c:v", "libx264", "-preset", "veryfast", "-bf", "2", "-g", "60", "-pix_fmt", "yuv420p"));
        make.addAll(List.of("-c:a", "aac", "-f", "flv", film.toString()));
        assertThat(new ProcessBuilder(make).inheritIO().start().waitFor()).isZero();

        demo = DemoProcess.start(data.resolve("demo"), "--no-host");
        show = "/api/shows/" + demo.showId();
        String address = demo.facts().path("rtmpUrl").asText() + "/"
                + demo.facts().path("streamKey").asText();
        encoder = new ProcessBuilder(
                        ffmpeg.toString(),
                        "-v",
                        "error",
                        "-nostdin",
                        "-re",
                        "-i",
                        film.toString(),
                        "-c",
                        "copy",
                        "-f",
                        "flv",
                        address)
                .inheritIO()
                .start();
        JsonNode products = demo.get(show, "").json().path("products");
        await().atMost(SOON)
                .until(() -> demo.get(show + "/media", "")
                        .json()
                        .path("state")
                        .asText()
                        .equals("LIVE"));
        long began = System.nanoTime();
        for (int pin = 1; pin <= 3; pin++) {
            Duration due = Duration.ofMillis(1_800L * pin);
            await().pollInterval(Duration.ofMillis(10)).until(() -> System.nanoTime() - began > due.toNanos());
            String sku = products.path(pin).path("sku").asText();
            demo.post(show + "/pins", "producer", "{\"sku\":\"" + sku + "\"}");
        }
        encoder.waitFor();
        demo.post(show + "/end", "producer", "{}");
    }

    @AfterAll
    static void stop() throws IOException {
        if (encoder != null) {
            encoder.destroyForcibly();
        }
        if (demo != null) {
            demo.close();
        }
    }

    @Test
    void pins_standOnTheirPicture_whenPlayedAndWhenSought() throws IOException {
        JsonNode pins = demo.get(show + "/timeline", "").json().path("items");
        assertThat(pins).as("the first was pinned before the picture began").hasSize(4);
        try (Browsers browser = new Browsers()) {
            Page page = browser.phone();
            page.navigate(demo.base() + "/shows/autumn-kiln");
            page.getByTestId("replay").waitFor();
            page.evaluate(WATCH);
            page.evaluate("() => { video.muted = true; return video.play(); }");
            page.waitForFunction("() => video.currentTime > 7 || video.ended");
            JsonNode shown =
                    DemoProcess.JSON.readTree(String.valueOf(page.evaluate("() => JSON.stringify(window.shown)")));
            assertThat(shown.size()).as("pictures shown").isGreaterThan(100);
            shown.forEach(picture -> assertThat(picture.path("sku").asText())
                    .as("%s of %s", picture, pins)
                    .isIn(skus(pins, picture.path("number").asInt())));

            page.evaluate("() => video.pause()");
            for (int again = 0; again < 2; again++) {
                pins.valueStream()
                        .filter(pin -> pin.path("fromMillis").asLong() > 0)
                        .forEach(pin -> assertSought(page, pin));
            }
        }
    }

    private static void assertSought(Page page, JsonNode pin) {
        String sku = pin.path("sku").asText();
        page.evaluate("() => { video.play = async () => undefined; window.shown = []; }");
        page.getByTestId("replay-pin-" + sku).click();
        page.waitForFunction("() => !video.seeking && window.shown.length > 0");
        assertThat((int) page.evaluate("() => window.number()"))
                .as("picture of %s", pin)
                .isBetween(
                        picture(pin.path("fromMillis").asLong()) - 1,
                        picture(pin.path("fromMillis").asLong()) + 1);
        assertThat(page.evaluate("() => window.pinned()")).isEqualTo(sku);
    }

    /** What may be offered with that picture: what is pinned on it, and on its neighbours. */
    private static Set<String> skus(JsonNode pins, int number) {
        Set<String> skus = new HashSet<>();
        for (int near = number - 1; near <= number + 1; near++) {
            String pinned = "";
            for (JsonNode pin : pins) {
                boolean begun = picture(pin.path("fromMillis").asLong()) <= near;
                boolean over = picture(pin.path("toMillis").asLong()) <= near;
                pinned = begun && !over ? pin.path("sku").asText() : pinned;
            }
            skus.add(pinned);
        }
        return skus;
    }

    /** The picture on screen then: two B-frames put the first one two pictures after the beginning of time. */
    private static int picture(long millis) {
        return (int) Math.max(0, Math.floorDiv((millis - 67) * FPS, 1000L));
    }
}
