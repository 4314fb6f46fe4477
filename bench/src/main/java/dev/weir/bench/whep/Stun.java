package dev.weir.bench.whep;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How does an ICE agent ask for and give consent? Binding messages of RFC 8489 with the attributes of RFC 8445 §7.1. */
final class Stun {

    static final int HEADER = 20;
    static final int TRANSACTION = 12;

    private static final int COOKIE = 0x2112A442;
    private static final int REQUEST = 0x0001;
    private static final int SUCCESS = 0x0101;
    private static final int USERNAME = 0x0006;
    private static final int INTEGRITY = 0x0008;
    private static final int MAPPED = 0x0020;
    private static final int PRIORITY = 0x0024;
    private static final int USE_CANDIDATE = 0x0025;
    private static final int FINGERPRINT = 0x8028;
    private static final int CONTROLLING = 0x802A;
    private static final int FINGERPRINT_XOR = 0x5354554E;
    /** Peer-reflexive host on component 1, RFC 8445 §5.1.2.1. */
    private static final int OWN_PRIORITY = 0x6E0001FF;

    private Stun() {}

    /** A check that nominates; also what asks for consent later. */
    static byte[] request(byte[] transaction, String username, String password, long tieBreaker) {
        ByteBuffer out = begin(REQUEST, transaction);
        byte[] name = username.getBytes(StandardCharsets.UTF_8);
        out.putShort((short) USERNAME).putShort((short) name.length).put(name);
        out.position((out.position() + 3) & ~3);
        out.putShort((short) PRIORITY).putShort((short) 4).putInt(OWN_PRIORITY);
        out.putShort((short) CONTROLLING).putShort((short) 8).putLong(tieBreaker);
        out.putShort((short) USE_CANDIDATE).putShort((short) 0);
        return finish(out, password);
    }

    /** The answer to the other side's check. */
    static byte[] response(byte[] request, InetSocketAddress from, String password) {
        byte[] transaction = new byte[TRANSACTION];
        System.arraycopy(request, HEADER - TRANSACTION, transaction, 0, TRANSACTION);
        ByteBuffer out = begin(SUCCESS, transaction);
        int address = ByteBuffer.wrap(from.getAddress().getAddress()).getInt();
        out.putShort((short) MAPPED).putShort((short) 8).putShort((short) 1);
        out.putShort((short) (from.getPort() ^ (COOKIE >>> 16))).putInt(address ^ COOKIE);
        return finish(out, password);
    }

    static boolean isRequest(byte[] packet, int length) {
        return type(packet, length) == REQUEST;
    }

    /** True when it agrees to the check with that transaction. */
    static boolean isSuccess(byte[] packet, int length, byte[] transaction) {
        if (type(packet, length) != SUCCESS) {
            return false;
        }
        for (int i = 0; i < TRANSACTION; i++) {
            if (packet[HEADER - TRANSACTION + i] != transaction[i]) {
                return false;
            }
        }
        return true;
    }

    private static int type(byte[] packet, int length) {
        return length < HEADER ? -1 : ByteBuffer.wrap(packet).getShort() & 0xFFFF;
    }

    private static ByteBuffer begin(int type, byte[] transaction) {
        return ByteBuffer.allocate(512)
                .putShort((short) type)
                .putShort((short) 0)
                .putInt(COOKIE)
                .put(transaction);
    }

    private static byte[] finish(ByteBuffer out, String password) {
        // Each of the two covers what is before it, with a length that already counts it.
        out.putShort(2, (short) (out.position() - HEADER + 24));
        byte[] integrity = hmac(soFar(out), password);
        out.putShort((short) INTEGRITY).putShort((short) 20).put(integrity);
        out.putShort(2, (short) (out.position() - HEADER + 8));
        var crc = new CRC32();
        crc.update(soFar(out));
        out.putShort((short) FINGERPRINT).putShort((short) 4).putInt((int) crc.getValue() ^ FINGERPRINT_XOR);
        return soFar(out);
    }

    private static byte[] soFar(ByteBuffer out) {
        byte[] bytes = new byte[out.position()];
        out.get(0, bytes);
        return bytes;
    }

    private static byte[] hmac(byte[] bytes, String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA1 (expected: in every JDK)", e);
        }
    }
}
