package dev.weir.simulcast.internal.bucket;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Brings one file into the bucket, in parts when it is long; parts that an earlier try brought are not sent again. */
final class Upload {

    private static final Pattern MD5_ETAG = Pattern.compile("[0-9a-f]{32}(-\\d+)?");
    private static final String TYPE = "application/octet-stream";

    private final S3Client s3;
    private final String bucket;
    private final String key;
    private final Path file;
    private final long partBytes;

    Upload(S3Client s3, String bucket, String key, Path file, long partBytes) {
        this.s3 = s3;
        this.bucket = bucket;
        this.key = key;
        this.file = file;
        this.partBytes = partBytes;
    }

    /** Whether the bucket has a file of this key that is another one. */
    boolean isTaken() throws IOException {
        Optional<HeadObjectResponse> there = head();
        return there.isPresent() && !isSame(there.get(), FileSum.of(file, partBytes));
    }

    /** Returns when the bucket has all of it. */
    void run() throws IOException {
        Optional<HeadObjectResponse> before = head();
        FileSum sum = FileSum.of(file, partBytes);
        if (before.isPresent() && isSame(before.get(), sum)) {
            return;
        }
        if (sum.inParts()) {
            inParts(sum);
        } else {
            String md5 = Base64.getEncoder().encodeToString(sum.parts().getFirst());
            s3.putObject(put -> put.bucket(bucket).key(key).contentType(TYPE).contentMD5(md5), body(sum, 0));
        }
        if (head().filter(now -> isSame(now, sum)).isEmpty()) {
            throw new IOException("%s: not in the bucket as it was sent (expected: %d bytes, ETag %s)"
                    .formatted(key, sum.size(), sum.etag()));
        }
    }

    private Optional<HeadObjectResponse> head() {
        try {
            return Optional.of(s3.headObject(head -> head.bucket(bucket).key(key)));
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Some encryptions and some services make ETags that say nothing of the bytes; then the length has to do. */
    private static boolean isSame(HeadObjectResponse there, FileSum sum) {
        String etag = there.eTag().replace("\"", "");
        boolean telling = MD5_ETAG.matcher(etag).matches()
                && there.sseCustomerAlgorithm() == null
                && there.serverSideEncryption() != ServerSideEncryption.AWS_KMS
                && there.serverSideEncryption() != ServerSideEncryption.AWS_KMS_DSSE;
        return there.contentLength() == sum.size() && (!telling || etag.equals(sum.etag()));
    }

    private void inParts(FileSum sum) {
        String id = begun().orElseGet(() -> s3.createMultipartUpload(
                        create -> create.bucket(bucket).key(key).contentType(TYPE))
                .uploadId());
        Map<Integer, Part> there = new HashMap<>();
        s3.listPartsPaginator(list -> list.bucket(bucket).key(key).uploadId(id)).parts().stream()
                .forEach(part -> there.put(part.partNumber(), part));
        List<CompletedPart> parts = new ArrayList<>();
        for (int part = 0; part < sum.parts().size(); part++) {
            int number = part + 1;
            Part old = there.get(number);
            String etag = old != null && old.eTag().replace("\"", "").equals(sum.hex(part))
                    ? old.eTag()
                    : send(sum, part, id);
            parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
        }
        s3.completeMultipartUpload(
                done -> done.bucket(bucket).key(key).uploadId(id).multipartUpload(all -> all.parts(parts)));
    }

    private String send(FileSum sum, int part, String id) {
        String md5 = Base64.getEncoder().encodeToString(sum.parts().get(part));
        return s3.uploadPart(
                        put -> put.bucket(bucket)
                                .key(key)
                                .uploadId(id)
                                .partNumber(part + 1)
                                .contentMD5(md5),
                        body(sum, part))
                .eTag();
    }

    /** The newest upload that was begun and not ended; older ones are given up. */
    private Optional<String> begun() {
        List<MultipartUpload> found =
                s3.listMultipartUploadsPaginator(list -> list.bucket(bucket).prefix(key)).uploads().stream()
                        .filter(upload -> upload.key().equals(key))
                        .sorted(Comparator.comparing(MultipartUpload::initiated).reversed())
                        .toList();
        found.stream()
                .skip(1)
                .forEach(old -> s3.abortMultipartUpload(
                        abort -> abort.bucket(bucket).key(key).uploadId(old.uploadId())));
        return found.stream().findFirst().map(MultipartUpload::uploadId);
    }

    private RequestBody body(FileSum sum, int part) {
        return RequestBody.fromContentProvider(
                () -> bytes(part * sum.partBytes(), sum.length(part)), sum.length(part), TYPE);
    }

    private InputStream bytes(long from, long length) {
        try {
            if (length == 0) {
                return InputStream.nullInputStream();
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            channel.position(from);
            return new BufferedInputStream(new Span(Channels.newInputStream(channel), length, () -> {}));
        } catch (IOException e) {
            throw new UncheckedIOException(Files.exists(file) ? e : new IOException(file + ": gone", e));
        }
    }
}
