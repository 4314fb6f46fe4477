package dev.weir.connectors.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The script that keeps a shared bucket, and the SHA-1 by which Redis knows it. */
record BudgetScript(String text, String sha) {
    static BudgetScript load() {
        try (InputStream in = BudgetScript.class.getResourceAsStream("budget.lua")) {
            if (in == null) {
                throw new IllegalStateException("script: budget.lua (expected: a file beside the classes)");
            }
            byte[] bytes = in.readAllBytes();
            byte[] sha = MessageDigest.getInstance("SHA-1").digest(bytes);
            return new BudgetScript(
                    new String(bytes, StandardCharsets.UTF_8), HexFormat.of().formatHex(sha));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-1 is part of every Java platform", e);
        }
    }
}
