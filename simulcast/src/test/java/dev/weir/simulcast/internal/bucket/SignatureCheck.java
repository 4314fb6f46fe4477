package dev.weir.simulcast.internal.bucket;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature that S3 wants (AWS Signature Version 4), recomputed from the request as it arrived. */
final class SignatureCheck {

    private static final Pattern AUTHORIZATION = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/s3/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

    private final String accessKey;
    private final String secretKey;
    private final String region;

    SignatureCheck(String accessKey, String secretKey, String region) {
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.region = region;
    }

    /** S3's code for what is wrong; empty when nothing is. */
    Optional<String> refuse(HttpExchange exchange, byte[] body) throws GeneralSecurityException {
        Matcher given = AUTHORIZATION.matcher(header(exchange, "Authorization"));
        if (!given.matches()) {
            return Optional.of("AccessDenied");
        }
        List<String> signed = List.of(given.group(4).split(";"));
        String hash = header(exchange, "x-amz-content-sha256");
        String time = header(exchange, "x-amz-date");
        if (!given.group(1).equals(accessKey)) {
            return Optional.of("InvalidAccessKeyId");
        }
        if (!given.group(3).equals(region) || !time.startsWith(given.group(2))) {
            return Optional.of("AuthorizationHeaderMalformed");
        }
        if (!signed.containsAll(List.of("host", "x-amz-date", "x-amz-content-sha256"))) {
            return Optional.of("AccessDenied");
        }
        Instant sent = LocalDateTime.parse(time, TIME).toInstant(ZoneOffset.UTC);
        if (Duration.between(sent, Instant.now()).abs().compareTo(Duration.ofMinutes(15)) > 0) {
            return Optional.of("RequestTimeTooSkewed");
        }
        if (!hash.equals("UNSIGNED-PAYLOAD")
                && !hash.equals(hex(MessageDigest.getInstance("SHA-256").digest(body)))) {
            return Optional.of("XAmzContentSHA256Mismatch");
        }
        String scope = given.group(2) + "/" + region + "/s3/aws4_request";
        String text = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n"
                + hex(MessageDigest.getInstance("SHA-256")
                        .digest(canonical(exchange, signed, hash).getBytes(StandardCharsets.UTF_8)));
        String signature = hex(mac(key(given.group(2)), text));
        return signature.equals(given.group(5)) ? Optional.empty() : Optional.of("SignatureDoesNotMatch");
    }

    private static String canonical(HttpExchange exchange, List<String> signed, String hash) {
        String query =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        String sorted = Arrays.stream(query.split("&"))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.contains("=") ? pair : pair + "=")
                .sorted()
                .collect(Collectors.joining("&"));
        String headers = signed.stream()
                .map(name -> name + ":" + header(exchange, name).strip().replaceAll(" +", " ") + "\n")
                .collect(Collectors.joining());
        return String.join(
                "\n",
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                sorted,
                headers,
                String.join(";", signed),
                hash);
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().get(name))
                .map(values -> String.join(",", values))
                .orElse("");
    }

    private byte[] key(String day) throws GeneralSecurityException {
        byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
        for (String step : List.of(day, region, "s3", "aws4_request")) {
            key = mac(key, step);
        }
        return key;
    }

    private static byte[] mac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
