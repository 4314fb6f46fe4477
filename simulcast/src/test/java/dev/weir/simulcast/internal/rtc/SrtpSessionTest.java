package dev.weir.simulcast.internal.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two ends of one DTLS association, without the network between them. */
class SrtpSessionTest {
    private static final int SSRC = 7;

    /** A key frame of 3 Mbit/s has more packets than the usual replay window, and its first one may be repeated last. */
    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void repetitionBehindTwoHundredNewerPackets_isOpened(SrtpProfile profile) {
        byte[] exported = new byte[SrtpKeys.exportedBytes(profile)];
        new Random(1).nextBytes(exported);
        SrtpSession host = new SrtpSession(SrtpKeys.cut(profile, exported, false));
        SrtpSession hub = new SrtpSession(SrtpKeys.cut(profile, exported, true));
        List<byte[]> sent = new ArrayList<>();
        for (int sequence = 65_400; sequence < 65_601; sequence++) {
            sent.add(protectedPacket(host, sequence & 0xFFFF));
        }

        for (byte[] packet : sent.subList(1, sent.size())) {
            assertThat(hub.openRtp(buffer(packet))).isTrue();
        }
        PacketBuffer late = buffer(sent.getFirst());
        assertThat(hub.openRtp(late)).isTrue();
        assertThat(ByteBuffer.wrap(late.getBuffer()).getInt(12)).isEqualTo(65_400);

        byte[] tampered = sent.getLast().clone();
        tampered[20] ^= 1;
        assertThat(hub.openRtp(buffer(tampered))).isFalse();
    }

    private static byte[] protectedPacket(SrtpSession host, int sequence) {
        PacketBuffer packet = new PacketBuffer().reset(40);
        ByteBuffer.wrap(packet.getBuffer())
                .putShort((short) 0x8060)
                .putShort((short) sequence)
                .putInt(sequence * 3000)
                .putInt(SSRC)
                .putInt(sequence);
        host.protectRtp(packet);
        return Arrays.copyOfRange(packet.getBuffer(), packet.getOffset(), packet.getOffset() + packet.getLength());
    }

    private static PacketBuffer buffer(byte[] bytes) {
        PacketBuffer packet = new PacketBuffer().reset(bytes.length);
        System.arraycopy(bytes, 0, packet.getBuffer(), 0, bytes.length);
        return packet;
    }
}
