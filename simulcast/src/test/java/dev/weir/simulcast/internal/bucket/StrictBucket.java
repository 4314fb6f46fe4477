package dev.weir.simulcast.internal.bucket;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What a bucket holds, with S3's rules for parts. */
final class StrictBucket {

    private static final int LEAST_PART = 5 << 20;

    /** S3's answer to what it does not take. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final int status;

        Refused(int status, String code) {
            super(code);
            this.status = status;
        }
    }

    record Stored(byte[] bytes, String etag) {}

    record Begun(String key, String id, Map<Integer, Stored> parts) {}

    final Map<String, Stored> objects = new ConcurrentSkipListMap<>();
    final Map<String, Begun> uploads = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();

    Stored object(String key) {
        Stored found = objects.get(key);
        if (found == null) {
            throw new Refused(404, "NoSuchKey");
        }
        return found;
    }

    Begun upload(String key, String id) {
        Begun found = uploads.get(id);
        if (found == null || !found.key().equals(key)) {
            throw new Refused(404, "NoSuchUpload");
        }
        return found;
    }

    String begin(String key) {
        String id = "upload-" + ids.incrementAndGet();
        uploads.put(id, new Begun(key, id, new ConcurrentSkipListMap<>()));
        return id;
    }

    /** The parts that the client lists, in its order. */
    String complete(String key, String id, List<Map.Entry<Integer, String>> listed) {
        Begun begun = upload(key, id);
        var all = new ByteArrayOutputStream();
        MessageDigest md5 = md5();
        int last = 0;
        for (int i = 0; i < listed.size(); i++) {
            int number = listed.get(i).getKey();
            Stored part = begun.parts().get(number);
            if (part == null || !part.etag().equals(listed.get(i).getValue())) {
                throw new Refused(400, "InvalidPart");
            }
            if (number <= last) {
                throw new Refused(400, "InvalidPartOrder");
            }
            if (i < listed.size() - 1 && part.bytes().length < LEAST_PART) {
                throw new Refused(400, "EntityTooSmall");
            }
            last = number;
            all.writeBytes(part.bytes());
            md5.update(HexFormat.of().parseHex(part.etag()));
        }
        String etag = HexFormat.of().formatHex(md5.digest()) + "-" + listed.size();
        objects.put(key, new Stored(all.toByteArray(), etag));
        uploads.remove(id);
        return etag;
    }

    static Stored stored(byte[] bytes) {
        return new Stored(bytes, HexFormat.of().formatHex(md5().digest(bytes)));
    }

    static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a list with that delimiter has after {@code after}: keys, and folders with a null. */
    TreeMap<String, Boolean> entries(String prefix, String delimiter, String after) {
        var entries = new TreeMap<String, Boolean>();
        for (String key : objects.keySet()) {
            if (key.startsWith(prefix)) {
                int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
                String entry = end < 0 ? key : key.substring(0, end + 1);
                if (entry.compareTo(after) > 0) {
                    entries.put(entry, end >= 0);
                }
            }
        }
        return entries;
    }
}
