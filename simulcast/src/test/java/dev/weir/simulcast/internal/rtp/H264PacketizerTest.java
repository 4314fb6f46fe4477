package dev.weir.simulcast.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.simulcast.VideoHeader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class H264PacketizerTest {

    private static final byte[] SPS = {0x67, 0x42, (byte) 0xE0, 0x1F, 1, 2};
    private static final byte[] PPS = {0x68, (byte) 0xCE, 3};
    private static final VideoHeader HEADER = header(SPS, PPS);

    private final H264Packetizer packetizer = new H264Packetizer();

    private static VideoHeader header(byte[] sps, byte[] pps) {
        var record = ByteBuffer.allocate(11 + sps.length + pps.length);
        record.put(new byte[] {1, 0x42, (byte) 0xE0, 0x1F, (byte) 0xFF, (byte) 0xE1});
        record.putShort((short) sps.length).put(sps).put((byte) 1);
        record.putShort((short) pps.length).put(pps);
        return new VideoHeader(record.array(), 4, 320, 180, 66, 31);
    }

    private static byte[] nal(int type, int size) {
        byte[] nal = new byte[size];
        for (int i = 1; i < size; i++) {
            nal[i] = (byte) (i * 31);
        }
        nal[0] = (byte) (0x60 | type);
        return nal;
    }

    private static byte[] unit(byte[]... nals) {
        var out = new ByteArrayOutputStream();
        for (byte[] nal : nals) {
            out.writeBytes(ByteBuffer.allocate(4).putInt(nal.length).array());
            out.writeBytes(nal);
        }
        return out.toByteArray();
    }

    private static List<Integer> types(List<RtpPayload> payloads) {
        return payloads.stream().map(payload -> payload.bytes()[0] & 31).toList();
    }

    @Test
    void keyFrame_followsOneAggregateOfItsParameterSets() {
        List<RtpPayload> payloads = packetizer.packetize(unit(nal(5, 100)), true, HEADER);

        assertThat(types(payloads)).containsExactly(24, 5);
        assertThat(payloads.getFirst().bytes())
                .containsExactly(0x78, 0, 6, 0x67, 0x42, 0xE0, 0x1F, 1, 2, 0, 3, 0x68, 0xCE, 3);
        assertThat(payloads.getFirst().marker()).isFalse();
        assertThat(payloads.getLast().marker()).isTrue();
    }

    @Test
    void setsInsideTheUnit_takeThePlaceOfTheHeaders() {
        byte[] newer = {0x67, 0x64, 0, 0x28, 9};
        List<RtpPayload> payloads = packetizer.packetize(unit(newer, PPS, nal(5, 50)), true, HEADER);

        assertThat(types(payloads)).containsExactly(24, 5);
        assertThat(Arrays.copyOfRange(payloads.getFirst().bytes(), 3, 8)).isEqualTo(newer);
    }

    @Test
    void newHeader_isSentWithTheNextKeyFrame() {
        packetizer.packetize(unit(nal(5, 50)), true, HEADER);
        byte[] other = {0x67, 0x4D, 0, 0x1F, 7};
        List<RtpPayload> payloads = packetizer.packetize(unit(nal(5, 50)), true, header(other, PPS));

        assertThat(Arrays.copyOfRange(payloads.getFirst().bytes(), 3, 8)).isEqualTo(other);
    }

    @Test
    void bigUnit_isFragmented_andJoinsToTheSame() {
        byte[] slice = nal(1, 5000);
        List<RtpPayload> payloads = packetizer.packetize(unit(slice), false, HEADER);

        var joined = new ByteArrayOutputStream();
        joined.write(payloads.getFirst().bytes()[0] & 0x60 | payloads.getFirst().bytes()[1] & 31);
        payloads.forEach(payload -> joined.write(payload.bytes(), 2, payload.bytes().length - 2));
        assertThat(joined.toByteArray()).isEqualTo(slice);
        assertThat(payloads).allMatch(payload -> payload.bytes().length <= H264Packetizer.MAX_PAYLOAD);
        assertThat(payloads.stream().map(payload -> payload.bytes()[1] & 0xE0)).containsExactly(0x80, 0, 0, 0, 0x40);
        assertThat(payloads.stream().map(RtpPayload::marker)).containsExactly(false, false, false, false, true);
    }

    @Test
    void biggestSinglePacket_isNotFragmented() {
        assertThat(types(packetizer.packetize(unit(nal(1, H264Packetizer.MAX_PAYLOAD)), false, HEADER)))
                .containsExactly(1);
        assertThat(types(packetizer.packetize(unit(nal(1, H264Packetizer.MAX_PAYLOAD + 1)), false, HEADER)))
                .containsExactly(28, 28);
    }

    @Test
    void slicesOfOnePicture_shareOneMarker() {
        List<RtpPayload> payloads = packetizer.packetize(unit(nal(1, 10), nal(1, 3000), nal(1, 20)), false, HEADER);

        assertThat(types(payloads)).containsExactly(1, 28, 28, 28, 1);
        assertThat(payloads.stream().filter(RtpPayload::marker)).hasSize(1);
        assertThat(payloads.getLast().marker()).isTrue();
    }

    @Test
    void delimiterFillerAndSei_stayBehind() {
        List<RtpPayload> payloads =
                packetizer.packetize(unit(nal(9, 2), nal(6, 40), nal(1, 30), nal(12, 90)), false, HEADER);

        assertThat(types(payloads)).containsExactly(1);
        assertThat(packetizer.packetize(unit(nal(9, 2), nal(6, 40)), false, HEADER))
                .isEmpty();
    }

    @Test
    void malformedLengths_giveNothing() {
        byte[] unit = unit(nal(1, 100));
        unit[3] = 101;
        assertThat(packetizer.packetize(unit, false, HEADER)).isEmpty();
        unit[0] = (byte) 0xFF;
        assertThat(packetizer.packetize(unit, false, HEADER)).isEmpty();
        assertThat(packetizer.packetize(new byte[3], true, HEADER)).isEmpty();
    }

    @Test
    void brokenConfiguration_stillLetsThePictureThrough() {
        var broken = new VideoHeader(new byte[] {1, 2, 3, 4, 5, (byte) 0xE5, 0x7F, 0x7F}, 4, 320, 180, 66, 31);
        assertThat(types(packetizer.packetize(unit(nal(5, 30)), true, broken))).containsExactly(5);
    }
}
