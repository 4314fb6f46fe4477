package dev.weir.simulcast.internal.rtmp;

import java.util.Optional;

/**
 * One whole RTMP message (Adobe RTMP 1.0 §5.3).
 *
 * @param chunkStream chunk stream id, 2..65599
 * @param type message type id, 0..255
 * @param streamId message stream id
 * @param timestamp milliseconds, unsigned 32 bit
 * @param payload the body
 */
record RtmpMessage(int chunkStream, int type, int streamId, int timestamp, byte[] payload) {

    static final int SET_CHUNK_SIZE = 1;
    static final int ABORT = 2;
    static final int ACK = 3;
    static final int USER_CONTROL = 4;
    static final int WINDOW_ACK_SIZE = 5;
    static final int SET_PEER_BANDWIDTH = 6;
    static final int AUDIO = 8;
    static final int VIDEO = 9;
    static final int DATA_AMF3 = 15;
    static final int COMMAND_AMF3 = 17;
    static final int DATA = 18;
    static final int COMMAND = 20;
    static final int AGGREGATE = 22;

    private static final byte PING = 6;
    private static final byte PONG = 7;

    /** A protocol control message: chunk stream 2, message stream 0 (§5.4). */
    static RtmpMessage control(int type, byte... payload) {
        return new RtmpMessage(2, type, 0, 0, payload);
    }

    static RtmpMessage control(int type, int value) {
        return control(type, bytes(value));
    }

    /** A command on the connection or a stream. */
    static RtmpMessage command(int streamId, byte[] amf) {
        return new RtmpMessage(3, COMMAND, streamId, 0, amf);
    }

    static byte[] bytes(int value) {
        return new byte[] {(byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value};
    }

    /** The answer that a ping asks for (§7.1.7); empty for every other user control message. */
    Optional<RtmpMessage> pong() {
        if (payload.length < 6 || payload[0] != 0 || payload[1] != PING) {
            return Optional.empty();
        }
        byte[] answer = payload.clone();
        answer[1] = PONG;
        return Optional.of(control(USER_CONTROL, answer));
    }

    /** The first four bytes of a control message as one number. */
    int number() {
        if (payload.length < 4) {
            throw new RtmpException("control message %d: %d bytes (expected: 4)".formatted(type, payload.length));
        }
        return ((payload[0] & 0xFF) << 24)
                | ((payload[1] & 0xFF) << 16)
                | ((payload[2] & 0xFF) << 8)
                | (payload[3] & 0xFF);
    }
}
