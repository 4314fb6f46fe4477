package dev.weir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.bench.glass.Browser;
import dev.weir.bench.glass.Shown;
import dev.weir.bench.glass.WriteTimes;
import dev.weir.bench.rig.Clip;
import dev.weir.bench.rig.FlvClip;
import dev.weir.bench.rig.Machine;
import dev.weir.bench.rig.Options;
import dev.weir.bench.rig.Publisher;
import dev.weir.bench.rig.Rig;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How old is a picture when Chromium shows it? A clip with a number drawn into each picture is published over RTMP; a
 * page plays it with the player's own code and reads the number from each decoded picture. Time zero is the write to the
 * RTMP socket. Anchors from elsewhere: SRS 80 ms, OvenMediaEngine 22-54 ms on the server's side, Broadcast Box 120 ms
 * over WebRTC; OvenMediaEngine 2-5 s over low-latency HLS.
 *
 * <p>Usage: {@code GlassToGlass [path=whep,hls] [clip=house|obs] [seconds=60] [joins=10] [kilobits=3000]}.
 */
public final class GlassToGlass {
    private static final long GOP_MILLIS = 2000;

    private final PrintStream out;
    private final Rig rig;
    private final Browser browser;
    private final WriteTimes written;

    private GlassToGlass(PrintStream out, Rig rig, Browser browser, WriteTimes written) {
        this.out = out;
        this.rig = rig;
        this.browser = browser;
        this.written = written;
    }

    /** Plays and prints the figures. */
    public static void main(String[] args) throws Exception {
        var options = new Options(args, "path", "clip", "seconds", "joins", "kilobits");
        PrintStream out = System.out;
        int kilobits = options.number("kilobits", 3000);
        Clip clip = options.text("clip", "house").equals("obs") ? Clip.obs(kilobits) : Clip.house(kilobits);
        FlvClip tags = FlvClip.read(clip.flv(), clip.seconds());
        var written = new WriteTimes(clip, tags);
        out.printf(
                "%s; browser on the same machine; %d kbit/s, 720x1280 at 30, %d B-frames, AAC %d Hz%n",
                Machine.describe(), kilobits, clip.bFrames(), clip.audioRate());
        try (Rig rig = Rig.start();
                Browser browser = Browser.open(rig.http("/pages/glass.html"));
                Publisher host = Publisher.start(rig.rtmp("glass"), tags, written)) {
            TimeUnit.SECONDS.sleep(5);
            var bench = new GlassToGlass(out, rig, browser, written);
            for (String path : options.text("path", "whep,hls").split(",")) {
                if (path.equals("whep")) {
                    bench.joins(options.number("joins", 10));
                }
                bench.watch(path, options.number("seconds", 60));
            }
            out.printf("host: longest delay of a write %d ms (this machine's own unrest)%n", host.worstDelayMillis());
        }
        System.exit(0);
    }

    /** The first join finds the server cold; the others come at different places between two key frames. */
    private void joins(int warm) throws IOException, InterruptedException {
        long cold = join();
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < warm; i++) {
            TimeUnit.MILLISECONDS.sleep(GOP_MILLIS + i * GOP_MILLIS / warm);
            millis.add(join());
        }
        out.printf(
                "whep first picture after the answer: cold %d ms; warm, at %d places between key frames: %s ms%n",
                cold, warm, millis);
    }

    private long join() throws IOException {
        long millis = browser.play("whep", rig.http("/whep/glass").toString());
        browser.leave();
        return millis;
    }

    private void watch(String path, int seconds) throws IOException, InterruptedException {
        String url = path.equals("whep") ? "/whep/glass" : "/live/glass/index.m3u8";
        browser.play(path, rig.http(url).toString());
        TimeUnit.SECONDS.sleep(path.equals("whep") ? 3 : 10);
        browser.take(new Shown(written));
        var shown = new Shown(written);
        for (int i = 0; i < seconds; i++) {
            TimeUnit.SECONDS.sleep(1);
            browser.take(shown);
        }
        out.printf("%s for %d s: %s%n", path, seconds, shown.line());
        if (path.equals("whep")) {
            statistics();
        }
        browser.leave();
    }

    private void statistics() throws IOException {
        JsonNode video = browser.statistics().path("video");
        JsonNode audio = browser.statistics().path("audio");
        out.printf(
                Locale.ROOT,
                "whep by the browser: packets lost %d, pictures decoded %d, dropped %d, freezes %d, PLI %d, NACK %d;"
                        + " sound: energy %.4f, concealed %.2f %%%n",
                video.path("packetsLost").asLong(),
                video.path("framesDecoded").asLong(),
                video.path("framesDropped").asLong(),
                video.path("freezeCount").asLong(),
                video.path("pliCount").asLong(),
                video.path("nackCount").asLong(),
                audio.path("totalAudioEnergy").asDouble(),
                100.0
                        * audio.path("concealedSamples").asDouble()
                        / Math.max(1, audio.path("totalSamplesReceived").asDouble()));
    }
}
