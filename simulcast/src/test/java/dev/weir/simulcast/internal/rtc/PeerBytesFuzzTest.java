package dev.weir.simulcast.internal.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.simulcast.VideoHeader;
import dev.weir.simulcast.internal.rtp.H264Packetizer;
import dev.weir.simulcast.internal.rtp.RtcpReader;
import dev.weir.simulcast.internal.rtp.RtpPacket;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Bytes of any kind end in an answer, never in a fault. Seeds are kept under {@code fuzz/}, one a line in hex or one a
 * file of text; a case that once failed is added there. Each run mutates them by the same random numbers.
 */
class PeerBytesFuzzTest {

    private static final int ROUNDS = 20_000;

    /** What reads bytes of strangers. */
    enum Reader {
        STUN("stun.hex"),
        RTP("rtp.hex"),
        RTCP("rtcp.hex"),
        AVC("avc.hex"),
        SDP("offer.sdp");

        private final String seeds;

        Reader(String seeds) {
            this.seeds = seeds;
        }

        void read(byte[] bytes) {
            switch (this) {
                case STUN ->
                    StunMessage.parse(bytes).ifPresent(message -> {
                        message.username();
                        message.integrityHolds("password");
                        message.fingerprintHolds();
                    });
                case RTP -> RtpPacket.parse(bytes).ifPresent(RtpPacket::payload);
                case RTCP -> assertThat(RtcpReader.parse(bytes)).hasSizeLessThanOrEqualTo(32);
                case AVC ->
                    new H264Packetizer()
                            .packetize(bytes, true, new VideoHeader(bytes, 4, 320, 180, 66, 31))
                            .forEach(payload -> assertThat(payload.bytes()).hasSizeLessThanOrEqualTo(1188));
                case SDP -> sdp(new String(bytes, StandardCharsets.ISO_8859_1));
            }
        }

        private static void sdp(String text) {
            try {
                SdpOffer offer = SdpOffer.parse(text);
                offer.media().forEach(media -> {
                    media.bestH264();
                    media.opus();
                });
                assertThat(Answers.of(offer, List.of())).startsWith("v=0\r\n").doesNotContain("\n\n");
            } catch (SdpException e) {
                assertThat(e.status()).isIn(400, 422);
            }
        }

        List<byte[]> seeds() throws IOException, URISyntaxException {
            Path file = Path.of(
                    PeerBytesFuzzTest.class.getResource("/fuzz/rtc/" + seeds).toURI());
            if (!seeds.endsWith(".hex")) {
                return List.of(Files.readAllBytes(file));
            }
            List<byte[]> all = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                all.add(HexFormat.of().parseHex(line.strip()));
            }
            return all;
        }
    }

    @ParameterizedTest
    @EnumSource
    void mutatedBytes_neverBreakTheReader(Reader reader) throws Exception {
        var random = new Random(4711);
        List<byte[]> seeds = reader.seeds();
        int rounds = reader == Reader.SDP ? ROUNDS / 20 : ROUNDS;
        for (byte[] seed : seeds) {
            reader.read(seed);
        }
        for (int round = 0; round < rounds; round++) {
            byte[] bytes = mutated(seeds.get(random.nextInt(seeds.size())), random);
            try {
                reader.read(bytes);
            } catch (RuntimeException e) {
                throw new AssertionError(
                        "round %d: %s".formatted(round, HexFormat.of().formatHex(bytes)), e);
            }
        }
    }

    private static byte[] mutated(byte[] seed, Random random) {
        byte[] bytes = seed.clone();
        for (int i = random.nextInt(6); i >= 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xFF : 0);
                case 3 -> bytes = Arrays.copyOf(bytes, at);
                case 4 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(40));
                default -> {
                    int count = Math.min(random.nextInt(16), bytes.length - at);
                    System.arraycopy(bytes, at, bytes, random.nextInt(bytes.length - count + 1), count);
                }
            }
        }
        return bytes;
    }
}
