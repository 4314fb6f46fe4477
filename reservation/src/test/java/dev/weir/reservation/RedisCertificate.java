package dev.weir.reservation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/** A certificate for 127.0.0.1 that nobody knows, and its key, as PEM files; by the JDK's own keytool. */
record RedisCertificate(Path certificate, Path key) {
    private static final char[] PASSWORD = "for the test".toCharArray();

    static RedisCertificate make(Path folder) throws Exception {
        Path store = folder.resolve("store.p12");
        String[] command = {
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "redis",
            "-keyalg",
            "EC",
            "-dname",
            "CN=redis",
            "-ext",
            "san=ip:127.0.0.1",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            new String(PASSWORD)
        };
        int ended =
                new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
        if (ended != 0) {
            throw new IllegalStateException("keytool: ended with " + ended + " (expected: 0)");
        }
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        return new RedisCertificate(
                pem(
                        folder.resolve("cert.pem"),
                        "CERTIFICATE",
                        keys.getCertificate("redis").getEncoded()),
                pem(
                        folder.resolve("key.pem"),
                        "PRIVATE KEY",
                        keys.getKey("redis", PASSWORD).getEncoded()));
    }

    private static Path pem(Path file, String what, byte[] bytes) throws Exception {
        return Files.writeString(
                file,
                "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + what
                        + "-----\n");
    }
}
