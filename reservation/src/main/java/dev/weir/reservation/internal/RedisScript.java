package dev.weir.reservation.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** One of our scripts, and the SHA-1 by which Redis knows it (EVALSHA). */
record RedisScript(String text, String sha) {
    static final RedisScript ADMIT = load("admit.lua");
    static final RedisScript SETTLE = load("settle.lua");
    static final RedisScript REBUILD = load("rebuild.lua");
    static final RedisScript OPEN = load("open.lua");
    static final RedisScript READY = load("ready.lua");

    private static RedisScript load(String name) {
        try (InputStream in = RedisScript.class.getResourceAsStream("/dev/weir/reservation/" + name)) {
            if (in == null) {
                throw new IllegalStateException("script: " + name + " (expected: a file beside the classes)");
            }
            byte[] bytes = in.readAllBytes();
            String sha =
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
            return new RedisScript(new String(bytes, StandardCharsets.UTF_8), sha);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-1 is part of every Java platform", e);
        }
    }
}
