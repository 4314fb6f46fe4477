package dev.weir.simulcast.internal.whep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.simulcast.internal.rtp.RtpPacket;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutStreamTest {

    private final OutStream stream = new OutStream(7, 108);

    private static RoomPacket packet(long index) {
        return new RoomPacket(index, index, new byte[] {(byte) index}, true, false, false, (int) index * 3000);
    }

    private RtpPacket send(long index) {
        byte[] target = new byte[20];
        stream.writeNext(packet(index), target);
        return RtpPacket.parse(target).orElseThrow();
    }

    @Test
    void noSequenceNumber_everMeansTwoPackets() {
        Map<Integer, Long> meanings = new HashMap<>();
        long[] jumps = {0, 500, 501, 9000};
        for (long from : jumps) {
            stream.startAt(from);
            for (long index = from; index < from + 300; index++) {
                assertThat(meanings.put(send(index).sequence(), index)).isNull();
            }
        }
        assertThat(meanings).hasSize(1200);
    }

    @Test
    void sequenceGoesOnWithoutAGap_overASkip() {
        stream.startAt(10);
        int last = send(10).sequence();
        stream.startAt(700);
        assertThat(send(700).sequence()).isEqualTo((last + 1) & 0xFFFF);
    }

    @Test
    void onlyWhatWasSentSinceTheSkip_canBeAskedForAgain() {
        stream.startAt(10);
        int before = send(10).sequence();
        stream.startAt(700);
        int after = send(700).sequence();
        assertThat(stream.indexOf(after)).isEqualTo(700);
        assertThat(stream.indexOf(before)).isEqualTo(-1);
        assertThat(stream.indexOf((after + 1) & 0xFFFF)).isEqualTo(-1);
    }

    @Test
    void wrap_isFound() {
        stream.startAt(0);
        Map<Integer, Long> sent = new HashMap<>();
        for (long index = 0; index < 70_000; index++) {
            sent.put(send(index).sequence(), index);
        }
        for (long index = 69_000; index < 70_000; index++) {
            long expected = index;
            sent.forEach((sequence, of) -> {
                if (of == expected) {
                    assertThat(stream.indexOf(sequence)).isEqualTo(expected);
                }
            });
            if (index > 69_010) {
                break;
            }
        }
    }

    @Test
    void squeezedFrames_areAMillisecondApart_andTheSameWhenRepeated() {
        stream.startAt(100);
        stream.squeezeBefore(packet(103));
        long live = packet(103).timestamp();
        assertThat(send(100).timestamp()).isEqualTo(live - 270);
        assertThat(send(101).timestamp()).isEqualTo(live - 180);
        assertThat(send(102).timestamp()).isEqualTo(live - 90);
        assertThat(send(103).timestamp()).isEqualTo(live);
        assertThat(send(104).timestamp()).isEqualTo(live + 3000);
        byte[] again = new byte[20];
        stream.write(packet(101), again);
        assertThat(RtpPacket.parse(again).orElseThrow().timestamp()).isEqualTo(live - 180);
    }
}
