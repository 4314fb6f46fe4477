package dev.weir.simulcast.internal.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.simulcast.internal.codec.FlvTags;
import dev.weir.simulcast.internal.codec.MalformedMediaException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChunkCodecTest {

    private static byte[] encode(List<RtmpMessage> messages) {
        var channel = new EmbeddedChannel(new ChunkEncoder());
        ByteBuf all = Unpooled.buffer();
        for (RtmpMessage message : messages) {
            channel.writeOutbound(message);
            for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
                all.writeBytes(bytes);
                bytes.release();
            }
        }
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes);
        return bytes;
    }

    private static List<RtmpMessage> decode(byte[] bytes, SplittableRandom random) {
        var channel = new EmbeddedChannel(new ChunkDecoder());
        List<RtmpMessage> messages = new ArrayList<>();
        try {
            for (int at = 0; at < bytes.length; ) {
                int take = Math.min(bytes.length - at, 1 + random.nextInt(400));
                channel.writeInbound(Unpooled.copiedBuffer(bytes, at, take));
                at += take;
                for (RtmpMessage m = channel.readInbound(); m != null; m = channel.readInbound()) {
                    messages.add(m);
                }
            }
        } finally {
            channel.finishAndReleaseAll();
        }
        return messages;
    }

    private static List<RtmpMessage> samples(SplittableRandom random) {
        List<RtmpMessage> messages = new ArrayList<>();
        messages.add(RtmpMessage.control(RtmpMessage.SET_CHUNK_SIZE, 1 + random.nextInt(5000)));
        int[] streams = {3, 6, 64, 300, 320, 5000};
        for (int i = 0; i < 20; i++) {
            byte[] payload = new byte[random.nextInt(9000)];
            random.nextBytes(payload);
            int time = i % 3 == 0 ? -1 - random.nextInt(1000) : random.nextInt(0xFFFFFF);
            messages.add(new RtmpMessage(streams[random.nextInt(streams.length)], 9, 1, time, payload));
        }
        return messages;
    }

    @Test
    void whatIsEncoded_isDecodedWhateverThePacketBoundaries() {
        for (int seed = 0; seed < 20; seed++) {
            var random = new SplittableRandom(seed);
            List<RtmpMessage> sent = samples(random);
            List<RtmpMessage> received = decode(encode(sent), random);
            assertThat(received).usingRecursiveComparison().isEqualTo(sent.subList(1, sent.size()));
        }
    }

    @Test
    void extendedTimestampThatIsNotRepeated_isUnderstoodToo() {
        ByteBuf chunks = Unpooled.buffer();
        chunks.writeByte(6)
                .writeMedium(0xFFFFFF)
                .writeMedium(200)
                .writeByte(9)
                .writeIntLE(1)
                .writeInt(0x01000005);
        chunks.writeZero(128)
                .writeByte(0xC6)
                .writeBytes(new byte[] {7, 7, 7, 7})
                .writeZero(68);
        byte[] bytes = new byte[chunks.readableBytes()];
        chunks.readBytes(bytes);
        List<RtmpMessage> received = decode(bytes, new SplittableRandom(1));
        assertThat(received).hasSize(1);
        assertThat(received.getFirst().timestamp()).isEqualTo(0x01000005);
        assertThat(received.getFirst().payload()).hasSize(200).contains((byte) 7);
    }

    @Test
    void interleavedChunkStreams_areKeptApart() {
        ByteBuf chunks = Unpooled.buffer();
        chunks.writeByte(4)
                .writeMedium(1)
                .writeMedium(130)
                .writeByte(8)
                .writeIntLE(1)
                .writeZero(128);
        chunks.writeByte(6)
                .writeMedium(2)
                .writeMedium(1)
                .writeByte(9)
                .writeIntLE(1)
                .writeByte(5);
        chunks.writeByte(0xC4).writeZero(2);
        byte[] bytes = new byte[chunks.readableBytes()];
        chunks.readBytes(bytes);
        assertThat(decode(bytes, new SplittableRandom(2)))
                .extracting(RtmpMessage::type)
                .containsExactly(9, 8);
    }

    @Test
    void messageOverFourMebibytes_isRefused() {
        ByteBuf chunk = Unpooled.buffer();
        chunk.writeByte(6)
                .writeMedium(1)
                .writeMedium(5_000_000)
                .writeByte(9)
                .writeIntLE(1)
                .writeZero(128);
        byte[] bytes = new byte[chunk.readableBytes()];
        chunk.readBytes(bytes);
        assertThatThrownBy(() -> decode(bytes, new SplittableRandom(1)))
                .hasMessageContaining("message length: 5000000 (expected: 0..4194304)");
    }

    @Test
    void mutatedChunks_endInAProtocolErrorOrInMessages() {
        for (int seed = 0; seed < 400; seed++) {
            var random = new SplittableRandom(seed);
            byte[] bytes = encode(samples(random));
            mutate(bytes, random);
            try {
                decode(bytes, random);
            } catch (DecoderException e) {
                assertThat(e.getCause()).isInstanceOf(RtmpException.class);
            }
        }
    }

    @Test
    void mutatedCommands_endInAProtocolErrorOrInValues() {
        Map<String, Object> nested = new LinkedHashMap<>();
        nested.put("app", "live");
        nested.put("inner", Map.of("n", 1.0, "b", true));
        byte[] good = Amf0.write("connect", 1.0, nested, null, "text");
        assertThat(Amf0.readAll(good)).containsExactly("connect", 1.0, nested, null, "text");
        for (int seed = 0; seed < 3000; seed++) {
            byte[] bytes = good.clone();
            mutate(bytes, new SplittableRandom(seed));
            try {
                Amf0.readAll(bytes);
            } catch (RtmpException e) {
                assertThat(e).hasMessageContaining("expected");
            }
        }
    }

    @Test
    void mutatedTags_endInAMediaErrorOrInATag() {
        byte[] avc = {
            0x17,
            0,
            0,
            0,
            0,
            1,
            0x42,
            (byte) 0xC0,
            0x1F,
            (byte) 0xFF,
            (byte) 0xE1,
            0,
            10,
            0x67,
            0x42,
            (byte) 0xC0,
            0x1F,
            (byte) 0xDA,
            2,
            (byte) 0xD0,
            0x28,
            0x64,
            (byte) 0x80,
            1,
            0,
            4,
            0x68,
            (byte) 0xCE,
            0x3C,
            (byte) 0x80
        };
        for (int seed = 0; seed < 5000; seed++) {
            byte[] bytes = avc.clone();
            mutate(bytes, new SplittableRandom(seed));
            try {
                FlvTags.video(bytes);
                FlvTags.audio(bytes);
            } catch (MalformedMediaException e) {
                assertThat(e).hasMessageContaining("expected");
            }
        }
    }

    @Test
    void otherCodec_isRefusedByName() {
        assertThatThrownBy(() -> FlvTags.video(new byte[] {(byte) 0x90, 'h', 'v', 'c', '1'}))
                .hasMessage("video codec: hvc1 (expected: avc1, which is H.264)");
        assertThatThrownBy(() -> FlvTags.audio(new byte[] {0x2F, 0, 0}))
                .hasMessage("audio codec: 2 (expected: 10, AAC)");
    }

    private static void mutate(byte[] bytes, SplittableRandom random) {
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
    }
}
