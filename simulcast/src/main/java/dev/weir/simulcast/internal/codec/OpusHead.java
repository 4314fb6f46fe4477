package dev.weir.simulcast.internal.codec;

import dev.weir.simulcast.AudioCodec;
import dev.weir.simulcast.AudioHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The header of an Opus stream (RFC 7845 §5.1). */
public final class OpusHead {

    /** The clock of Opus in every container, whatever the encoder was given (RFC 7587 §4.1). */
    public static final int CLOCK = 48_000;

    /** What the reference encoder delays by: 6.5 ms. */
    private static final int PRE_SKIP = 312;

    private static final int BYTES = 19;

    private OpusHead() {}

    /** A header for one stream of one or two channels, from an encoder that delays as the reference one does. */
    public static AudioHeader of(int channels) {
        return of(channels, PRE_SKIP);
    }

    /**
     * A header for one stream of one or two channels.
     *
     * @param preSkip samples at 48 kHz that the encoder delays by, 0..65535
     */
    public static AudioHeader of(int channels, int preSkip) {
        if (channels < 1 || channels > 2) {
            throw new IllegalArgumentException("channels: %d (expected: 1..2)".formatted(channels));
        }
        byte[] head = ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("OpusHead".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) channels)
                .putShort((short) preSkip)
                .putInt(CLOCK)
                .array();
        return new AudioHeader(AudioCodec.OPUS, head, CLOCK, channels);
    }

    /** Reads the header that a publisher sent. */
    public static AudioHeader parse(byte[] head) {
        boolean named = head.length >= BYTES && new String(head, 0, 8, StandardCharsets.US_ASCII).equals("OpusHead");
        int channels = named ? head[9] : 0;
        if (channels < 1 || channels > 8) {
            throw new MalformedMediaException("Opus header: %d bytes, %d channels (expected: OpusHead, 1..8 channels)"
                    .formatted(head.length, channels));
        }
        return new AudioHeader(AudioCodec.OPUS, head, CLOCK, channels);
    }
}
