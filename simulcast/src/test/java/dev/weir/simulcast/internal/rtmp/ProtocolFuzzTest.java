package dev.weir.simulcast.internal.rtmp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.simulcast.fuzz.Mutator;
import dev.weir.simulcast.internal.codec.CodecHeaders;
import dev.weir.simulcast.internal.codec.FlvTags;
import dev.weir.simulcast.internal.codec.MalformedMediaException;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Whatever the bytes, each parser answers or says in its own exception what is wrong with them. */
class ProtocolFuzzTest {

    private static final int MUTATIONS = 20_000;

    @Test
    void chunks_giveMessagesOrAnRtmpException() {
        Mutator.of("chunk", 11).feed(MUTATIONS / 4, input -> {
            var channel = new EmbeddedChannel(new ChunkDecoder());
            try {
                channel.writeInbound(Unpooled.wrappedBuffer(input));
                long bytes = 0;
                for (RtmpMessage m = channel.readInbound(); m != null; m = channel.readInbound()) {
                    bytes += m.payload().length;
                }
                assertThat(bytes).isLessThanOrEqualTo(input.length);
                channel.finishAndReleaseAll();
            } catch (DecoderException e) {
                assertThat(e.getCause()).isInstanceOf(RtmpException.class);
            }
        });
    }

    @Test
    void amf_givesValuesOrAnRtmpException() {
        Mutator.of("amf", 12).feed(MUTATIONS, input -> {
            try {
                assertThat(Amf0.readAll(input).size()).isLessThanOrEqualTo(input.length);
            } catch (RtmpException e) {
                assertThat(e.getMessage()).contains("expected");
            }
        });
    }

    @Test
    void aggregates_giveMessagesOrAnRtmpException() {
        Mutator.of("amf", 13).feed(MUTATIONS / 4, input -> {
            try {
                assertThat(Aggregate.split(new RtmpMessage(4, RtmpMessage.AGGREGATE, 1, 0, input))
                                .size())
                        .isLessThanOrEqualTo(input.length);
            } catch (RtmpException e) {
                assertThat(e.getMessage()).contains("expected");
            }
        });
    }

    @Test
    void tags_giveFramesOrSayWhatIsMalformed() {
        Mutator.of("flv", 14).feed(MUTATIONS, input -> {
            byte[] body = input.length == 0 ? input : Arrays.copyOfRange(input, 1, input.length);
            try {
                boolean video = input.length > 0 && input[0] % 2 != 0;
                assertThat(video ? FlvTags.video(body) : FlvTags.audio(body)).isNotNull();
            } catch (MalformedMediaException e) {
                assertThat(e.getMessage()).contains("expected");
            }
        });
    }

    @Test
    void codecHeaders_giveSizesOrSayWhatIsMalformed() {
        Mutator.of("avcc", 15).feed(MUTATIONS, input -> {
            try {
                assertThat(CodecHeaders.avc(input).width()).isBetween(2, 8192);
            } catch (MalformedMediaException e) {
                assertThat(e.getMessage()).contains("expected");
            }
        });
        Mutator.of("asc", 16).feed(MUTATIONS, input -> {
            try {
                assertThat(CodecHeaders.aac(input).channels()).isBetween(1, 8);
            } catch (MalformedMediaException e) {
                assertThat(e.getMessage()).contains("expected");
            }
        });
    }

    @Test
    void parameterSets_giveSizesOrSayWhatIsMalformed() {
        Mutator.of("sps", 17).feed(MUTATIONS, input -> {
            byte[] record = new byte[8 + input.length + 3];
            record[0] = 1;
            record[4] = 3;
            record[5] = 1;
            record[6] = (byte) (input.length >> 8);
            record[7] = (byte) input.length;
            System.arraycopy(input, 0, record, 8, input.length);
            try {
                assertThat(CodecHeaders.avc(record).height()).isBetween(2, 8192);
            } catch (MalformedMediaException e) {
                assertThat(e.getMessage()).contains("expected");
            }
        });
    }
}
