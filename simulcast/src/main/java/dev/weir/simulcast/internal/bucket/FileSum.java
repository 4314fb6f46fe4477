package dev.weir.simulcast.internal.bucket;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What S3 says of a file when it has all of it: the ETag of one that came in one piece is its MD5, that of one that came
 * in parts the MD5 of their MD5s, and their number (Amazon S3 User Guide, "Checking object integrity").
 *
 * @param size bytes
 * @param partBytes bytes of each part but the last
 * @param parts MD5 of each; at least one
 */
record FileSum(long size, long partBytes, List<byte[]> parts) {

    /** As many parts as S3 takes. */
    private static final int MAX_PARTS = 10_000;

    private static final int BUFFER = 64 * 1024;

    /** Reads the file. */
    static FileSum of(Path file, long leastPartBytes) throws IOException {
        long size = Files.size(file);
        long partBytes = Math.max(leastPartBytes, Math.ceilDiv(size, MAX_PARTS));
        List<byte[]> parts = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            for (long left = Math.max(1, size); left > 0; left -= partBytes) {
                parts.add(md5(in, partBytes));
            }
        }
        return new FileSum(size, partBytes, List.copyOf(parts));
    }

    private static byte[] md5(InputStream in, long length) throws IOException {
        MessageDigest md5 = md5();
        byte[] buffer = new byte[BUFFER];
        long left = length;
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (count < 0) {
                break;
            }
            md5.update(buffer, 0, count);
            left -= count;
        }
        return md5.digest();
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean inParts() {
        return parts.size() > 1;
    }

    /** Bytes of a part, counted from 0. */
    long length(int part) {
        return Math.min(partBytes, size - part * partBytes);
    }

    String hex(int part) {
        return HexFormat.of().formatHex(parts.get(part));
    }

    /** Without quotes. */
    String etag() {
        if (!inParts()) {
            return hex(0);
        }
        MessageDigest md5 = md5();
        parts.forEach(md5::update);
        return HexFormat.of().formatHex(md5.digest()) + "-" + parts.size();
    }
}
