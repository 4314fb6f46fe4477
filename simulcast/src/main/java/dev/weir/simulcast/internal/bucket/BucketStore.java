package dev.weir.simulcast.internal.bucket;

import dev.weir.simulcast.BucketConfig;
import dev.weir.simulcast.RecordingStore;
import dev.weir.simulcast.internal.record.Keys;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Recordings in a bucket. Each file is one object; an empty object {@code show/epoch/} says that there was one. */
public final class BucketStore implements RecordingStore {

    /** S3 takes no shorter parts; longer ones cost more to send again. */
    private static final long PART_BYTES = 16L << 20;

    /** A part at 1 Mbit/s takes over two minutes. */
    private static final Duration LONG_CALL = Duration.ofMinutes(10);

    private static final Duration SHORT_CALL = Duration.ofSeconds(10);

    private final String bucket;
    private final String root;
    private final long partBytes;
    private final S3Client quick;
    private final S3Client patient;

    /** Does not connect yet. */
    public BucketStore(BucketConfig config) {
        this(config, PART_BYTES, SHORT_CALL);
    }

    BucketStore(BucketConfig config, long partBytes, Duration shortCall) {
        this.bucket = config.bucket();
        this.root = config.prefix().isEmpty() ? "" : config.prefix() + "/";
        this.partBytes = partBytes;
        this.quick = Clients.of(config, shortCall);
        this.patient = Clients.of(config, LONG_CALL);
    }

    private interface Call<T> {
        T run() throws IOException;
    }

    private <T> T asking(Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (SdkException | UncheckedIOException e) {
            throw new IOException("bucket %s: %s".formatted(bucket, e.getMessage()), e);
        }
    }

    private Upload upload(String prefix, Path file) {
        return new Upload(patient, bucket, root + prefix + "/" + file.getFileName(), file, partBytes);
    }

    @Override
    public boolean keep(String prefix, List<Path> files) throws IOException {
        return asking(() -> {
            if (!files.isEmpty() && upload(prefix, files.getLast()).isTaken()) {
                throw new IOException(
                        "bucket %s: %s is another recording (expected: this one, or none)".formatted(bucket, prefix));
            }
            for (Path file : files) {
                upload(prefix, file).run();
            }
            return true;
        });
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        String above = prefix.isEmpty() ? root : root + prefix + "/";
        if (!prefix.isEmpty() && !Keys.isKey(prefix)) {
            return List.of();
        }
        return asking(() -> {
            var names = new TreeSet<String>();
            quick
                    .listObjectsV2Paginator(
                            list -> list.bucket(bucket).prefix(above).delimiter("/"))
                    .stream()
                    .forEach(page -> {
                        page.commonPrefixes().stream()
                                .map(CommonPrefix::prefix)
                                .forEach(found -> names.add(found.substring(above.length(), found.length() - 1)));
                        page.contents().stream()
                                .map(S3Object::key)
                                .forEach(found -> names.add(found.substring(above.length())));
                    });
            names.remove("");
            return List.copyOf(names);
        });
    }

    @Override
    public Optional<Content> open(String key, long from, long length) throws IOException {
        if (!Keys.isKey(key)) {
            return Optional.empty();
        }
        return asking(() -> {
            try {
                return Optional.of(length <= 0 ? nothingOf(key) : get(key, from, length));
            } catch (S3Exception e) {
                // 416: no byte of it is asked for, and how long it is has to be asked for apart.
                return switch (e.statusCode()) {
                    case 404 -> Optional.empty();
                    case 416 -> Optional.of(nothingOf(key));
                    default -> throw e;
                };
            }
        });
    }

    private Content nothingOf(String key) {
        long total =
                quick.headObject(head -> head.bucket(bucket).key(root + key)).contentLength();
        return new Content(InputStream.nullInputStream(), 0, total);
    }

    private Content get(String key, long from, long length) {
        long last = length > Long.MAX_VALUE - from ? Long.MAX_VALUE : from + length - 1;
        String range = from == 0 && last == Long.MAX_VALUE
                ? null
                : "bytes=" + from + "-" + (last == Long.MAX_VALUE ? "" : last);
        ResponseInputStream<GetObjectResponse> body =
                quick.getObject(get -> get.bucket(bucket).key(root + key).range(range));
        long count = body.response().contentLength();
        return new Content(
                new Span(body, count, body::abort), count, total(body.response().contentRange(), count));
    }

    private static long total(@Nullable String contentRange, long otherwise) {
        int slash = contentRange == null ? -1 : contentRange.lastIndexOf('/');
        return contentRange == null || slash < 0 ? otherwise : Long.parseLong(contentRange.substring(slash + 1));
    }

    @Override
    public void delete(String prefix) throws IOException {
        if (!Keys.isKey(prefix)) {
            return;
        }
        String marker = root + prefix + "/";
        asking(() -> {
            List<String> keys = keys(marker);
            if (!keys.isEmpty() && !keys.contains(marker)) {
                quick.putObject(put -> put.bucket(bucket).key(marker), RequestBody.empty());
            }
            for (String key : keys) {
                if (!key.equals(marker)) {
                    quick.deleteObject(delete -> delete.bucket(bucket).key(key));
                }
            }
            giveUpUploads(marker);
            return true;
        });
    }

    private List<String> keys(String below) {
        return quick.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(below)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private void giveUpUploads(String below) {
        quick.listMultipartUploadsPaginator(list -> list.bucket(bucket).prefix(below)).uploads().stream()
                .toList()
                .forEach(upload -> quick.abortMultipartUpload(
                        abort -> abort.bucket(bucket).key(upload.key()).uploadId(upload.uploadId())));
    }

    @Override
    public void close() {
        quick.close();
        patient.close();
    }
}
