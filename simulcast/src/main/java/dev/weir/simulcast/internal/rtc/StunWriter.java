package dev.weir.simulcast.internal.rtc;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Writes STUN messages with MESSAGE-INTEGRITY and FINGERPRINT at their end (RFC 8489 §14.5, §14.7). */
final class StunWriter {

    private static final int MAX_BYTES = 600;

    private final ByteBuffer out = ByteBuffer.allocate(MAX_BYTES);

    private StunWriter(int type, byte[] transactionId) {
        out.putShort((short) type).putShort((short) 0).putInt(StunMessage.MAGIC_COOKIE);
        out.put(transactionId);
    }

    /** The answer to a check: where it came from, signed with our own password. */
    static byte[] bindingSuccess(byte[] transactionId, InetSocketAddress from, String password) {
        return new StunWriter(StunMessage.BINDING_SUCCESS, transactionId)
                .mappedAddress(from)
                .sealed(password);
    }

    /** A check as the controlling side sends it. */
    static byte[] bindingRequest(byte[] transactionId, String username, String password, boolean useCandidate) {
        var writer = new StunWriter(StunMessage.BINDING_REQUEST, transactionId)
                .attribute(StunMessage.USERNAME, username.getBytes(StandardCharsets.UTF_8));
        if (useCandidate) {
            writer.attribute(StunMessage.USE_CANDIDATE, new byte[0]);
        }
        return writer.sealed(password);
    }

    private StunWriter attribute(int type, byte[] value) {
        out.putShort((short) type).putShort((short) value.length).put(value);
        while (out.position() % 4 != 0) {
            out.put((byte) 0);
        }
        return this;
    }

    private StunWriter mappedAddress(InetSocketAddress from) {
        byte[] address = from.getAddress().getAddress();
        var value = ByteBuffer.allocate(4 + address.length);
        value.put((byte) 0).put((byte) (address.length == 4 ? 1 : 2));
        value.putShort((short) (from.getPort() ^ (StunMessage.MAGIC_COOKIE >>> 16)));
        for (int i = 0; i < address.length; i++) {
            value.put((byte) (address[i] ^ out.get(4 + i)));
        }
        return attribute(StunMessage.XOR_MAPPED_ADDRESS, value.array());
    }

    private byte[] sealed(String password) {
        out.putShort(2, (short) (out.position() + 24 - StunMessage.HEADER));
        byte[] mac = hmac(Arrays.copyOf(out.array(), out.position()), password);
        attribute(StunMessage.MESSAGE_INTEGRITY, mac);
        out.putShort(2, (short) (out.position() + 8 - StunMessage.HEADER));
        var crc = new CRC32();
        crc.update(out.array(), 0, out.position());
        out.putShort((short) StunMessage.FINGERPRINT).putShort((short) 4);
        out.putInt((int) crc.getValue() ^ StunMessage.FINGERPRINT_XOR);
        return Arrays.copyOf(out.array(), out.position());
    }

    static byte[] hmac(byte[] covered, String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return mac.doFinal(covered);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA1: absent (expected: part of every JDK)", e);
        }
    }
}
