package dev.weir.simulcast.internal.rtc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * What does a STUN message say, and is it from whom it claims to be?
 *
 * <p>The part of RFC 8489 that ICE connectivity checks use (RFC 8445 §7). Attributes behind MESSAGE-INTEGRITY are not
 * believed, but for FINGERPRINT. Immutable.
 */
final class StunMessage {

    static final int BINDING_REQUEST = 0x0001;
    static final int BINDING_SUCCESS = 0x0101;
    static final int MAGIC_COOKIE = 0x2112A442;
    static final int HEADER = 20;
    static final int USERNAME = 0x0006;
    static final int MESSAGE_INTEGRITY = 0x0008;
    static final int XOR_MAPPED_ADDRESS = 0x0020;
    static final int USE_CANDIDATE = 0x0025;
    static final int FINGERPRINT = 0x8028;
    static final int FINGERPRINT_XOR = 0x5354554E;
    static final int HMAC_SHA1_BYTES = 20;

    private static final int MAX_BYTES = 1500;
    private static final int MAX_USERNAME = 513;

    private final byte[] raw;
    private int userOffset = -1;
    private int userLength;
    private int integrityOffset = -1;
    private int fingerprintOffset = -1;
    private boolean useCandidate;

    private StunMessage(byte[] raw) {
        this.raw = raw;
    }

    /** The message, or empty when these bytes are none. */
    static Optional<StunMessage> parse(byte[] raw) {
        if (raw.length < HEADER
                || raw.length > MAX_BYTES
                || (raw[0] & 0xC0) != 0
                || raw.length != HEADER + u16(raw, 2)
                || raw.length % 4 != 0
                || i32(raw, 4) != MAGIC_COOKIE) {
            return Optional.empty();
        }
        var message = new StunMessage(raw);
        return message.readAttributes() ? Optional.of(message) : Optional.empty();
    }

    private boolean readAttributes() {
        int at = HEADER;
        while (at < raw.length) {
            if (at + 4 > raw.length) {
                return false;
            }
            int type = u16(raw, at);
            int length = u16(raw, at + 2);
            int next = at + 4 + (length + 3) / 4 * 4;
            if (next > raw.length || fingerprintOffset >= 0) {
                return false;
            }
            if (!read(type, at, length)) {
                return false;
            }
            at = next;
        }
        return true;
    }

    private boolean read(int type, int at, int length) {
        if (type == FINGERPRINT) {
            fingerprintOffset = at;
            return length == 4;
        }
        if (integrityOffset >= 0) {
            return true;
        }
        switch (type) {
            case USERNAME -> {
                userOffset = at + 4;
                userLength = length;
                return length <= MAX_USERNAME;
            }
            case MESSAGE_INTEGRITY -> {
                integrityOffset = at;
                return length == HMAC_SHA1_BYTES;
            }
            case USE_CANDIDATE -> useCandidate = true;
            default -> {
                // Priority, tie-breaker and the like change nothing for the lite side (RFC 8445 §6.1.1).
            }
        }
        return true;
    }

    /** Method and class, for example {@link #BINDING_REQUEST}. */
    int type() {
        return u16(raw, 0);
    }

    /** The 12 bytes that a response must repeat. */
    byte[] transactionId() {
        return Arrays.copyOfRange(raw, 8, HEADER);
    }

    /** The USERNAME; empty text when there is none. */
    String username() {
        return userOffset < 0 ? "" : new String(raw, userOffset, userLength, StandardCharsets.UTF_8);
    }

    /** True when the controlling side has chosen the pair that this check came over. */
    boolean useCandidate() {
        return useCandidate;
    }

    /** True when the message carries a MESSAGE-INTEGRITY made with this short-term password. */
    boolean integrityHolds(String password) {
        if (integrityOffset < 0) {
            return false;
        }
        byte[] covered = Arrays.copyOf(raw, integrityOffset);
        putU16(covered, 2, integrityOffset + 4 + HMAC_SHA1_BYTES - HEADER);
        byte[] theirs = Arrays.copyOfRange(raw, integrityOffset + 4, integrityOffset + 4 + HMAC_SHA1_BYTES);
        return MessageDigest.isEqual(theirs, StunWriter.hmac(covered, password));
    }

    /** True when there is a FINGERPRINT and it fits the bytes. */
    boolean fingerprintHolds() {
        if (fingerprintOffset < 0) {
            return false;
        }
        var crc = new CRC32();
        crc.update(raw, 0, fingerprintOffset);
        return i32(raw, fingerprintOffset + 4) == ((int) crc.getValue() ^ FINGERPRINT_XOR);
    }

    static int u16(byte[] bytes, int at) {
        return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
    }

    static int i32(byte[] bytes, int at) {
        return (u16(bytes, at) << 16) | u16(bytes, at + 2);
    }

    static void putU16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 8);
        bytes[at + 1] = (byte) value;
    }
}
