package dev.weir.simulcast.internal.srt;

import dev.weir.simulcast.internal.codec.MalformedMediaException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What does a front have to read and write of SRT's packets? The caller's handshake and its goodbye, nothing else:
 * draft-sharabayko-srt-01, sections 3.2.1 and 3.2.7. Immutable.
 */
final class Handshake {

    /** Handshake types, section 3.2.1. */
    static final int INDUCTION = 1;

    static final int CONCLUSION = -1;
    /** Types from here on are refusals: this and the reason. */
    static final int FAILURE = 1000;

    static final int VERSION = 5;
    /** A listener that speaks version 5 says so in its first answer. */
    private static final int MAGIC = 0x4A17;

    private static final int DATAGRAM = 2;
    private static final int CALLER_VERSION = 4;
    private static final int STREAM_ID = 5;
    private static final int LONGEST_ID = 512;
    private static final int NONE = 0;

    private static final int HEADER = 16;
    private static final int TO_SOCKET = 12;
    private static final int AT_VERSION = 16;
    private static final int AT_ENCRYPTION = 20;
    private static final int AT_EXTENSION = 22;
    private static final int AT_TYPE = 36;
    private static final int AT_SOCKET = 40;
    private static final int AT_COOKIE = 44;
    private static final int LENGTH = 64;

    private final byte[] bytes;

    private Handshake(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The handshake in a datagram; null when it is anything else. */
    static @Nullable Handshake of(byte[] datagram, int length) {
        boolean is = length >= LENGTH && datagram[0] == (byte) 0x80 && datagram[1] == 0;
        return is ? new Handshake(Arrays.copyOf(datagram, length)) : null;
    }

    /** Whether the datagram says that its sender is leaving (control type 5). */
    static boolean isGoodbye(byte[] datagram, int length) {
        return length >= HEADER && datagram[0] == (byte) 0x80 && datagram[1] == 5;
    }

    int type() {
        return ByteBuffer.wrap(bytes).getInt(AT_TYPE);
    }

    int version() {
        return ByteBuffer.wrap(bytes).getInt(AT_VERSION);
    }

    int cookie() {
        return ByteBuffer.wrap(bytes).getInt(AT_COOKIE);
    }

    /** The sender's own number. */
    int socket() {
        return ByteBuffer.wrap(bytes).getInt(AT_SOCKET);
    }

    boolean isRefusal() {
        return type() >= FAILURE;
    }

    /** The caller's streamid (extension 5, section 3.2.1.3); empty when it sent none. */
    String streamId() {
        ByteBuffer blocks = ByteBuffer.wrap(bytes, LENGTH, bytes.length - LENGTH);
        while (blocks.remaining() >= 4) {
            int kind = blocks.getShort() & 0xFFFF;
            int size = (blocks.getShort() & 0xFFFF) * 4;
            if (size > blocks.remaining()) {
                throw new MalformedMediaException(
                        "SRT extension %d: %d bytes (expected: at most %d)".formatted(kind, size, blocks.remaining()));
            }
            if (kind == STREAM_ID) {
                return text(blocks, size);
            }
            blocks.position(blocks.position() + size);
        }
        return "";
    }

    /** Words of four bytes, each turned round, with zeros at the end. */
    private static String text(ByteBuffer from, int size) {
        if (size > LONGEST_ID) {
            throw new MalformedMediaException("streamid: %d bytes (expected: 0..%d)".formatted(size, LONGEST_ID));
        }
        ByteBuffer turned = ByteBuffer.allocate(size);
        while (turned.hasRemaining()) {
            turned.putInt(Integer.reverseBytes(from.getInt()));
        }
        int end = size;
        while (end > 0 && turned.get(end - 1) == 0) {
            end--;
        }
        return new String(turned.array(), 0, end, StandardCharsets.UTF_8);
    }

    /** What a listener answers to an induction. */
    byte[] inductionAnswer(int cookie) {
        byte[] answer = answer(INDUCTION);
        ByteBuffer.wrap(answer)
                .putShort(AT_ENCRYPTION, (short) NONE)
                .putShort(AT_EXTENSION, (short) MAGIC)
                .putInt(AT_COOKIE, cookie);
        return answer;
    }

    /** What a listener answers to a caller that it refuses. */
    byte[] refusal(int reason) {
        return answer(FAILURE + reason);
    }

    private byte[] answer(int type) {
        byte[] answer = Arrays.copyOf(bytes, LENGTH);
        ByteBuffer.wrap(answer)
                .putInt(TO_SOCKET, socket())
                .putInt(AT_VERSION, VERSION)
                .putInt(AT_TYPE, type);
        return answer;
    }

    /** The first packet of the same caller. */
    byte[] induction() {
        byte[] first = Arrays.copyOf(bytes, LENGTH);
        ByteBuffer.wrap(first)
                .putInt(AT_VERSION, CALLER_VERSION)
                .putShort(AT_ENCRYPTION, (short) NONE)
                .putShort(AT_EXTENSION, (short) DATAGRAM)
                .putInt(AT_TYPE, INDUCTION)
                .putInt(AT_COOKIE, 0);
        return first;
    }

    /** The same with another listener's cookie. */
    byte[] withCookie(int cookie) {
        byte[] copy = bytes.clone();
        ByteBuffer.wrap(copy).putInt(AT_COOKIE, cookie);
        return copy;
    }
}
