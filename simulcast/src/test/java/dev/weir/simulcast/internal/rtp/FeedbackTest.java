package dev.weir.simulcast.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeedbackTest {

    @Test
    void keyFrameRequest_isAPictureLossIndication() {
        assertThat(hex(Feedback.pictureLoss(1, 2))).isEqualTo("81ce0002" + "00000001" + "00000002");
    }

    @Test
    void missingPackets_areAPairOfNumberAndMask() {
        assertThat(Feedback.nack(1, 2, List.of(100, 101, 116, 117)).stream()
                        .map(FeedbackTest::hex)
                        .toList())
                .containsExactly("81cd0004" + "00000001" + "00000002" + "00648001" + "00750000");
    }

    @Test
    void missingPackets_acrossTheWrap_shareAMask() {
        assertThat(hex(Feedback.nack(1, 2, List.of(65_535, 0, 2)).getFirst()))
                .isEqualTo("81cd0003" + "00000001" + "00000002" + "ffff0005");
    }

    @Test
    void largeHoles_takeAsManyPacketsAsTheyNeed() {
        List<Integer> missing =
                IntStream.range(0, 1000).map(i -> i * 20).boxed().toList();
        List<byte[]> packets = Feedback.nack(1, 2, missing);

        assertThat(packets).hasSize(8).allSatisfy(packet -> assertThat(packet).hasSizeLessThanOrEqualTo(524));
        assertThat(numbers(packets)).isEqualTo(missing);
    }

    @Test
    void bitrate_isMantissaAndExponent() {
        assertThat(hex(Feedback.maximumBitrate(1, 2_500_000, List.of(2, 3))))
                .isEqualTo("8fce0006" + "00000001" + "00000000" + "52454d42" + "0212625a" + "00000002" + "00000003");
    }

    @Test
    void receiverReport_carriesItsBlocksAndAName() {
        var block = new Reception.Block(7, 64, -2, 0x1FFFF, 9, 0x11223344, 0x10000);

        assertThat(hex(Feedback.receiverReport(1, List.of(block), "weir")))
                .isEqualTo("81c90007" + "00000001" + "00000007" + "40fffffe" + "0001ffff" + "00000009" + "11223344"
                        + "00010000" + "81ca0003" + "00000001" + "01047765" + "69720000");
    }

    private static List<Integer> numbers(List<byte[]> packets) {
        List<Integer> numbers = new ArrayList<>();
        for (byte[] packet : packets) {
            for (int at = 12; at < packet.length; at += 4) {
                int first = ((packet[at] & 0xFF) << 8) | (packet[at + 1] & 0xFF);
                int mask = ((packet[at + 2] & 0xFF) << 8) | (packet[at + 3] & 0xFF);
                numbers.add(first);
                for (int bit = 0; bit < 16; bit++) {
                    if ((mask >> bit & 1) != 0) {
                        numbers.add((first + bit + 1) & 0xFFFF);
                    }
                }
            }
        }
        return numbers;
    }

    private static String hex(byte[] packet) {
        return HexFormat.of().formatHex(packet);
    }
}
