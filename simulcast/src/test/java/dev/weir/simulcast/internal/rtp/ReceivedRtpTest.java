package dev.weir.simulcast.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ReceivedRtpTest {

    @Test
    void plainPacket_isRead() {
        ReceivedRtp packet = parse("80e0fffe 80000001 deadbeef 0a0b");

        assertThat(packet.payloadType()).isEqualTo(96);
        assertThat(packet.marker()).isTrue();
        assertThat(packet.sequence()).isEqualTo(65_534);
        assertThat(packet.timestamp()).isEqualTo(0x80000001);
        assertThat(packet.ssrc()).isEqualTo(0xDEADBEEF);
        assertThat(packet.payload()).containsExactly(10, 11);
    }

    @Test
    void contributorsExtensionAndPadding_areLeftOut() {
        ReceivedRtp packet = parse("b2600001 00000001 00000002 11111111 22222222 bede0001 10aabbcc 0a0b 000003");

        assertThat(packet.payload()).containsExactly(10, 11);
    }

    @Test
    void paddingAlone_isAnEmptyPacket() {
        assertThat(parse("a0600001 00000001 00000002 00000004").payload()).isEmpty();
    }

    @Test
    void whatIsNoPacket_isNull() {
        assertNone("80600001 00000001 000000");
        assertNone("40600001 00000001 00000002 0a");
        assertNone("83600001 00000001 00000002 11111111");
        assertNone("90600001 00000001 00000002 bede0002 11111111");
        assertNone("90600001 00000001 00000002 be");
        assertNone("a0600001 00000001 00000002 0a05");
        assertNone("a0600001 00000001 00000002 0a00");
    }

    private static ReceivedRtp parse(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        ReceivedRtp packet = ReceivedRtp.parse(bytes, 0, bytes.length);
        assertThat(packet).isNotNull();
        return packet;
    }

    private static void assertNone(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThat(ReceivedRtp.parse(bytes, 0, bytes.length)).as(hex).isNull();
    }
}
