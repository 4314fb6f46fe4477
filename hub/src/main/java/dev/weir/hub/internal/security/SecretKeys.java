package dev.weir.hub.internal.security;

import dev.weir.hub.internal.WeirSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Where does the sealing key come from? The setting, or a file below the data folder that only its owner can read. */
public final class SecretKeys {
    private SecretKeys() {}

    /** 32 bytes. */
    public static byte[] load(WeirSettings settings) throws IOException {
        if (!settings.secretKey().isBlank()) {
            return Base64.getDecoder().decode(settings.secretKey().strip());
        }
        Path file = settings.data().resolve("secret.key");
        if (!Files.exists(file)) {
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            Files.createDirectories(settings.data());
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, Base64.getEncoder().encodeToString(key));
        }
        return Base64.getDecoder().decode(Files.readString(file).strip());
    }
}
