package dev.weir.orders.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Which id does a thing get that must get the same id each time? Name-based, version 5 of RFC 9562 §5.5: SHA-1 over a
 * namespace of ours and the name.
 */
final class Ids {
    private static final UUID NAMESPACE = UUID.fromString("5f0b1c5e-7a0e-5d0c-9a52-77656972c0de");

    private Ids() {}

    static UUID ofHold(UUID holdId) {
        return named("hold/" + holdId);
    }

    static UUID ofExternal(UUID connectionId, String externalId) {
        return named("external/" + connectionId + "/" + externalId);
    }

    private static UUID named(String name) {
        MessageDigest sha1 = sha1();
        sha1.update(ByteBuffer.allocate(16)
                .putLong(NAMESPACE.getMostSignificantBits())
                .putLong(NAMESPACE.getLeastSignificantBits())
                .array());
        ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
        long most = (hash.getLong() & 0xffff_ffff_ffff_0fffL) | 0x5000L;
        long least = (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(most, least);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-1 belongs to every Java platform", e);
        }
    }
}
