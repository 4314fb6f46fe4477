package dev.weir.simulcast.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.simulcast.GeneratedHost;
import dev.weir.simulcast.HostSpec;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.PublishVerdict;
import dev.weir.simulcast.RtmpConfig;
import dev.weir.simulcast.RtmpServer;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.StreamSink;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.testing.Clips;
import dev.weir.simulcast.testkit.Tools;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdrRepeatTest {

    private static final int COPIES = 20;

    @TempDir
    Path folder;

    private List<MediaUnit> withRepeats(List<MediaUnit> stream) {
        List<MediaUnit> units = new ArrayList<>();
        MediaUnit key = null;
        for (MediaUnit unit : stream) {
            if (unit.startsGop()) {
                key = repeatOf(units, key);
                key = unit;
            }
            units.add(unit);
        }
        repeatOf(units, key);
        return units;
    }

    private MediaUnit repeatOf(List<MediaUnit> units, MediaUnit key) {
        if (key != null) {
            IdrRepeat repeat =
                    IdrRepeat.of(key.headers().video(), key.payload()).orElseThrow();
            for (int i = 0; i < COPIES; i++) {
                units.add(new MediaUnit(Track.VIDEO, 0, 0, true, repeat.copy(i), key.headers()));
            }
        }
        return key;
    }

    private static byte[] annexB(List<MediaUnit> units) {
        var out = new ByteArrayOutputStream();
        byte[] config = units.getFirst().headers().video().avcConfig();
        int spsLength = (config[6] & 0xFF) << 8 | config[7] & 0xFF;
        nal(out, config, 8, spsLength);
        int pps = 8 + spsLength + 1;
        nal(out, config, pps + 2, (config[pps] & 0xFF) << 8 | config[pps + 1] & 0xFF);
        for (MediaUnit unit : units) {
            byte[] bytes = unit.payload();
            for (int at = 0; at < bytes.length; ) {
                int length = (bytes[at] & 0xFF) << 24
                        | (bytes[at + 1] & 0xFF) << 16
                        | (bytes[at + 2] & 0xFF) << 8
                        | bytes[at + 3] & 0xFF;
                nal(out, bytes, at + 4, length);
                at += 4 + length;
            }
        }
        return out.toByteArray();
    }

    private static void nal(ByteArrayOutputStream out, byte[] bytes, int at, int length) {
        out.writeBytes(new byte[] {0, 0, 0, 1});
        out.write(bytes, at, length);
    }

    /** What ffmpeg says, and the checksum of every picture it decoded. */
    private List<String> decode(List<MediaUnit> units) throws Exception {
        Path file = folder.resolve("stream.h264");
        Files.write(file, annexB(units));
        Process process = new ProcessBuilder(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-threads",
                        "1",
                        "-i",
                        file.toString(),
                        "-fps_mode",
                        "passthrough",
                        "-f",
                        "framemd5",
                        "-")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return said.lines().filter(line -> !line.startsWith("#")).toList();
    }

    private void assertRepeatsDecode(List<MediaUnit> stream) throws Exception {
        Tools.require(Tools.find("ffmpeg").isPresent(), "ffmpeg");
        List<MediaUnit> pictures =
                stream.stream().filter(unit -> unit.track() == Track.VIDEO).toList();
        List<MediaUnit> repeated = withRepeats(pictures);
        List<String> said = decode(repeated);
        assertThat(said).hasSameSizeAs(repeated).allMatch(line -> line.matches("0,.*,[ 0-9]+, [0-9a-f]{32}"));
        List<String> sums =
                said.stream().map(line -> line.replaceFirst(".*, ", "")).toList();
        assertThat(sums.subList(sums.size() - COPIES, sums.size())).containsOnly(lastKeySum(pictures));
    }

    private String lastKeySum(List<MediaUnit> pictures) throws Exception {
        MediaUnit key = pictures.stream().filter(MediaUnit::startsGop).toList().getLast();
        return decode(List.of(key)).getFirst().replaceFirst(".*, ", "");
    }

    @Test
    void cabacHighProfile_isRepeatedToTheBit() throws Exception {
        assertRepeatsDecode(Clips.obsDefault(6).units());
    }

    @Test
    void severalSlices_areAllRewritten() throws Exception {
        assertRepeatsDecode(Clips.multiSlice(4).units());
    }

    @Test
    void cavlcBaseline_isRepeatedToTheBit() throws Exception {
        List<MediaUnit> units = new CopyOnWriteArrayList<>();
        StreamSink sink = new StreamSink() {
            @Override
            public void headers(StreamHeaders headers) {}

            @Override
            public void unit(MediaUnit unit) {
                units.add(unit);
            }

            @Override
            public void closed(String reason) {}
        };
        try (RtmpServer server =
                        RtmpServer.start(RtmpConfig.on("127.0.0.1", 0), request -> new PublishVerdict.Accepted(sink));
                GeneratedHost host = GeneratedHost.start(
                        new HostSpec("Slate", "rtmp://127.0.0.1:%d/live/k".formatted(server.port())),
                        Clock.systemUTC())) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> units.stream().filter(MediaUnit::startsGop).count() > 1);
            assertThat(host.isRunning()).isTrue();
        }
        assertRepeatsDecode(List.copyOf(units));
    }

    @Test
    void whatIsNoIdrPicture_isNotRepeated() {
        MediaUnit inter = Clips.house(6).of(Track.VIDEO).get(1);
        assertThat(IdrRepeat.of(inter.headers().video(), inter.payload())).isEmpty();
        assertThat(IdrRepeat.of(inter.headers().video(), new byte[] {0, 0, 0, 9, 0x65}))
                .isEmpty();
        assertThat(IdrRepeat.of(inter.headers().video(), new byte[] {0, 0, 0, 1, 0x65}))
                .isEmpty();
    }

    @Test
    void emulationPrevention_comesBackAsItWas() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            byte[] raw = new byte[random.nextInt(1, 60)];
            for (int i = 0; i < raw.length; i++) {
                raw[i] = (byte) random.nextInt(5);
            }
            raw[raw.length - 1] = (byte) 0x80;
            byte[] escaped = Rbsp.escape(raw);
            assertThat(Rbsp.unescape(escaped)).isEqualTo(raw);
            for (int i = 2; i < escaped.length; i++) {
                assertThat(escaped[i - 2] == 0 && escaped[i - 1] == 0 && (escaped[i] & 0xFF) < 3)
                        .isFalse();
            }
        }
    }
}
