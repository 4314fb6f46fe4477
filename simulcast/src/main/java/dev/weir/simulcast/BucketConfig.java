package dev.weir.simulcast;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Which S3-compatible bucket keeps the recordings that have ended?
 *
 * <p>The hub alone writes below {@code prefix}; it needs to list, read, write and delete there, multipart uploads
 * included. {@link #toString} leaves the secret out.
 *
 * @param endpoint where the service is; null for Amazon's of the region
 * @param region name of the region; services without regions usually take {@code us-east-1}
 * @param bucket its name; it exists
 * @param prefix folder in the bucket, without slashes around it; empty for all of it
 * @param accessKey id of the key
 * @param secretKey the key itself
 * @param pathStyle whether the bucket's name is in the path, as most services of one's own want it, or in the host name
 */
public record BucketConfig(
        @Nullable URI endpoint,
        String region,
        String bucket,
        String prefix,
        String accessKey,
        String secretKey,
        boolean pathStyle) {

    /** Checks the ranges. */
    public BucketConfig {
        required("bucket", bucket);
        required("region", region);
        required("accessKey", accessKey);
        required("secretKey", secretKey);
        if (endpoint != null && endpoint.getHost() == null) {
            throw new IllegalArgumentException(
                    "endpoint: %s (expected: http:// or https:// and a host)".formatted(endpoint));
        }
        if (prefix.startsWith("/") || prefix.endsWith("/")) {
            throw new IllegalArgumentException("prefix: %s (expected: no slash at its ends)".formatted(prefix));
        }
    }

    private static void required(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("%s: empty (expected: a value, once a bucket is set)".formatted(name));
        }
    }

    @Override
    public String toString() {
        return "BucketConfig[endpoint=%s, region=%s, bucket=%s, prefix=%s]".formatted(endpoint, region, bucket, prefix);
    }
}
