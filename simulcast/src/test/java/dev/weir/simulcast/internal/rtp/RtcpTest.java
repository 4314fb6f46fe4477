package dev.weir.simulcast.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RtcpTest {

    private static final Rtcp.Block BLOCK = new Rtcp.Block(0xCAFE, 128, -3, 70_000, 42, 0xFFFF_0001L, 65_536);

    @Test
    void everyKind_isReadAsWritten() {
        var sender = new Rtcp.SenderReport(0x80000001, 0xE000_0000_8000_0000L, 0xFFFF_FFFFL, 5, 6, List.of(BLOCK));
        var receiver = new Rtcp.ReceiverReport(7, List.of(BLOCK, BLOCK));
        byte[] compound = new RtcpWriter()
                .senderReport(sender)
                .cname(0x80000001, "weir")
                .receiverReport(receiver)
                .nack(1, 2, List.of(65_530, 65_535, 0, 10, 11, 300))
                .pli(3, 4)
                .remb(5, 3_000_000, List.of(6))
                .bye(8)
                .bytes();

        List<Rtcp> read = RtcpReader.parse(compound);
        assertThat(read).hasSize(6);
        assertThat(read.get(0)).isEqualTo(sender);
        assertThat(read.get(1)).isEqualTo(receiver);
        assertThat(read.get(2)).isEqualTo(new Rtcp.Nack(1, 2, List.of(65_530, 65_535, 0, 10, 11, 300)));
        assertThat(read.get(3)).isEqualTo(new Rtcp.Pli(3, 4));
        assertThat(((Rtcp.Remb) read.get(4)).bitsPerSecond()).isBetween(2_999_900L, 3_000_000L);
        assertThat(read.get(5)).isEqualTo(new Rtcp.Bye(List.of(8)));
    }

    @Test
    void cutCompound_givesWhatIsWhole() {
        byte[] compound = new RtcpWriter().pli(3, 4).nack(1, 2, List.of(9)).bytes();
        for (int length = 0; length < compound.length; length++) {
            assertThat(RtcpReader.parse(Arrays.copyOf(compound, length))).hasSize(length < 12 ? 0 : 1);
        }
    }

    @Test
    void nackOfAnySize_isBounded() {
        byte[] nack = new byte[4 + 8 + 4 * 300];
        Arrays.fill(nack, (byte) 0xFF);
        nack[0] = (byte) 0x81;
        nack[1] = (byte) 205;
        nack[2] = (byte) ((nack.length / 4 - 1) >> 8);
        nack[3] = (byte) (nack.length / 4 - 1);

        assertThat(RtcpReader.parse(nack))
                .singleElement()
                .satisfies(
                        packet -> assertThat(((Rtcp.Nack) packet).sequences()).hasSize(1024));
    }

    @Test
    void ntpTime_countsFrom1900() {
        assertThat(RtcpWriter.ntp(Instant.EPOCH)).isEqualTo(2_208_988_800L << 32);
        assertThat(RtcpWriter.ntp(Instant.ofEpochSecond(1, 500_000_000))).isEqualTo(2_208_988_801L << 32 | 1L << 31);
    }

    @Test
    void headerOfAPacket_isReadAsWritten() {
        byte[] bytes = new byte[20];
        RtpPacket.writeHeader(bytes, 108, true, 0xABCD, 0xF000_0001, 0x8000_0002);
        RtpPacket packet = RtpPacket.parse(bytes).orElseThrow();

        assertThat(packet.payloadType()).isEqualTo(108);
        assertThat(packet.marker()).isTrue();
        assertThat(packet.sequence()).isEqualTo(0xABCD);
        assertThat(packet.timestamp()).isEqualTo(0xF000_0001L);
        assertThat(packet.ssrc()).isEqualTo(0x8000_0002);
        assertThat(packet.payload()).hasSize(8);
    }

    @Test
    void extensionSourcesAndPadding_areNoPayload() {
        byte[] bytes = new byte[12 + 4 + 8 + 5 + 3];
        bytes[0] = (byte) (0x80 | 0x20 | 0x10 | 1);
        bytes[19] = 1;
        bytes[24] = 77;
        bytes[bytes.length - 1] = 3;
        assertThat(RtpPacket.parse(bytes).orElseThrow().payload()).containsExactly(77, 0, 0, 0, 0);
        bytes[bytes.length - 1] = 40;
        assertThat(RtpPacket.parse(bytes)).isEmpty();
    }

    @Test
    void opusPackets_tellTheirLength() {
        assertThat(OpusPackets.ticks(new byte[] {(byte) 0xFC, 1}))
                .as("CELT 20 ms")
                .isEqualTo(960);
        assertThat(OpusPackets.ticks(new byte[] {(byte) 0xE0, 1}))
                .as("CELT 2.5 ms")
                .isEqualTo(120);
        assertThat(OpusPackets.ticks(new byte[] {0x18, 1})).as("SILK 60 ms").isEqualTo(2880);
        assertThat(OpusPackets.ticks(new byte[] {0x78 | 1, 1}))
                .as("two hybrid frames of 20 ms")
                .isEqualTo(1920);
        assertThat(OpusPackets.ticks(new byte[0])).isZero();
        assertThat(OpusPackets.ticks(new byte[] {0x1B, 63})).as("over 120 ms").isZero();
    }
}
