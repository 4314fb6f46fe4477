package dev.weir.simulcast.internal.bucket;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.simulcast.BucketConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An S3 server over HTTP that is no kinder than the real one: signatures, digests, least part sizes, pages of few
 * entries; and switches for its bad days. Paths only, one bucket.
 */
public final class StrictS3 implements AutoCloseable {

    private static final String BUCKET = "shows";
    private static final String REGION = "eu-central-1";
    private static final String ACCESS = "AKIDTEST";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG";
    private static final int PAGE = 3;
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
    private static final Pattern PART = Pattern.compile("<Part>.*?</Part>", Pattern.DOTALL);

    /** What was asked, such as {@code PUT /shows/key?partNumber=1}. */
    public final List<String> asked = new CopyOnWriteArrayList<>();

    /** Answers 503 SlowDown to so many requests. */
    public final AtomicInteger slowDowns = new AtomicInteger();

    /** From this part on uploads break off in the middle; 0: never. */
    public volatile int breaksAtPart;

    /** Answers 503 to all. */
    public volatile boolean down;

    /** Loses a byte of each object. */
    public volatile boolean damages;

    final StrictBucket bucket = new StrictBucket();
    private final SignatureCheck signatures = new SignatureCheck(ACCESS, SECRET, REGION);
    private final HttpServer http;

    /** Listens on a free port. */
    public StrictS3() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", this::handle);
        http.start();
    }

    /** Settings that fit. */
    public BucketConfig config(String prefix) {
        URI endpoint = URI.create("http://127.0.0.1:" + http.getAddress().getPort());
        return new BucketConfig(endpoint, REGION, BUCKET, prefix, ACCESS, SECRET, true);
    }

    /** Names of all objects. */
    public List<String> keys() {
        return List.copyOf(bucket.objects.keySet());
    }

    private void handle(HttpExchange exchange) throws IOException {
        String query =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        Map<String, String> asks = Arrays.stream(query.split("&"))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair.length > 1 ? decoded(pair[1]) : ""));
        try (exchange) {
            if (breaksAtPart > 0 && Integer.parseInt(asks.getOrDefault("partNumber", "0")) >= breaksAtPart) {
                exchange.getRequestBody().readNBytes(100_000);
                return;
            }
            byte[] body = exchange.getRequestBody().readAllBytes();
            try {
                check(exchange, body);
                answer(exchange, asks, body);
            } catch (StrictBucket.Refused e) {
                error(exchange, e.status, String.valueOf(e.getMessage()));
            }
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private void check(HttpExchange exchange, byte[] body) {
        if (down || slowDowns.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new StrictBucket.Refused(503, "SlowDown");
        }
        try {
            signatures.refuse(exchange, body).ifPresent(code -> {
                throw new StrictBucket.Refused(403, code);
            });
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        String md5 = exchange.getRequestHeaders().getFirst("Content-MD5");
        if (md5 != null
                && !md5.equals(
                        Base64.getEncoder().encodeToString(StrictBucket.md5().digest(body)))) {
            throw new StrictBucket.Refused(400, "BadDigest");
        }
    }

    private void answer(HttpExchange exchange, Map<String, String> asks, byte[] body) throws IOException {
        String[] path = exchange.getRequestURI().getPath().substring(1).split("/", 2);
        if (!path[0].equals(BUCKET)) {
            throw new StrictBucket.Refused(404, "NoSuchBucket");
        }
        String key = path.length > 1 ? path[1] : "";
        String upload = asks.get("uploadId");
        switch (exchange.getRequestMethod()) {
            case "PUT" -> put(exchange, key, asks, body);
            case "POST" -> {
                if (upload == null) {
                    xml(exchange, "InitiateMultipartUploadResult", "<UploadId>" + bucket.begin(key) + "</UploadId>");
                } else {
                    String etag = bucket.complete(key, upload, listed(body));
                    xml(exchange, "CompleteMultipartUploadResult", "<ETag>\"" + etag + "\"</ETag>");
                }
            }
            case "DELETE" -> {
                if (upload == null) {
                    bucket.objects.remove(key);
                } else {
                    bucket.uploads.remove(bucket.upload(key, upload).id());
                }
                exchange.sendResponseHeaders(204, -1);
            }
            case "GET", "HEAD" -> {
                if (asks.containsKey("uploads")) {
                    uploads(exchange, asks.getOrDefault("prefix", ""));
                } else if (upload != null) {
                    parts(exchange, bucket.upload(key, upload), asks);
                } else if (key.isEmpty()) {
                    list(exchange, asks);
                } else {
                    get(exchange, bucket.object(key));
                }
            }
            default -> throw new StrictBucket.Refused(405, "MethodNotAllowed");
        }
    }

    private void put(HttpExchange exchange, String key, Map<String, String> asks, byte[] body) throws IOException {
        String id = asks.get("uploadId");
        StrictBucket.Stored stored =
                StrictBucket.stored(damages && body.length > 0 ? Arrays.copyOf(body, body.length - 1) : body);
        if (id == null) {
            bucket.objects.put(key, stored);
        } else {
            bucket.upload(key, id).parts().put(Integer.parseInt(asks.getOrDefault("partNumber", "0")), stored);
        }
        exchange.getResponseHeaders().set("ETag", "\"" + stored.etag() + "\"");
        exchange.sendResponseHeaders(200, -1);
    }

    private static List<Map.Entry<Integer, String>> listed(byte[] body) {
        return PART.matcher(new String(body, StandardCharsets.UTF_8))
                .results()
                .map(part -> Map.entry(
                        Integer.parseInt(element(part.group(), "PartNumber")),
                        element(part.group(), "ETag").replace("&quot;", "").replace("\"", "")))
                .toList();
    }

    private static String element(String xml, String name) {
        Matcher found = Pattern.compile("<" + name + ">(.*?)</" + name + ">").matcher(xml);
        return found.find() ? found.group(1) : "";
    }

    private void uploads(HttpExchange exchange, String prefix) throws IOException {
        String found = bucket.uploads.values().stream()
                .filter(begun -> begun.key().startsWith(prefix))
                .map(begun -> "<Upload><Key>" + begun.key() + "</Key><UploadId>" + begun.id()
                        + "</UploadId><Initiated>2026-11-24T10:00:00.000Z</Initiated></Upload>")
                .collect(Collectors.joining());
        xml(exchange, "ListMultipartUploadsResult", "<IsTruncated>false</IsTruncated>" + found);
    }

    private static void parts(HttpExchange exchange, StrictBucket.Begun begun, Map<String, String> asks)
            throws IOException {
        int after = Integer.parseInt(asks.getOrDefault("part-number-marker", "0"));
        List<Integer> numbers =
                begun.parts().keySet().stream().filter(number -> number > after).toList();
        boolean more = numbers.size() > PAGE;
        List<Integer> page = numbers.subList(0, Math.min(PAGE, numbers.size()));
        String found = page.stream()
                .map(number -> "<Part><PartNumber>" + number + "</PartNumber><ETag>\""
                        + begun.parts().get(number).etag() + "\"</ETag></Part>")
                .collect(Collectors.joining());
        String next = more ? "<NextPartNumberMarker>" + page.getLast() + "</NextPartNumberMarker>" : "";
        xml(exchange, "ListPartsResult", "<IsTruncated>" + more + "</IsTruncated>" + next + found);
    }

    private void list(HttpExchange exchange, Map<String, String> asks) throws IOException {
        if (!"2".equals(asks.get("list-type"))) {
            throw new StrictBucket.Refused(400, "InvalidArgument");
        }
        boolean coded = "url".equals(asks.get("encoding-type"));
        var entries = bucket.entries(
                asks.getOrDefault("prefix", ""),
                asks.getOrDefault("delimiter", ""),
                asks.getOrDefault("continuation-token", ""));
        StringBuilder found = new StringBuilder();
        String last = "";
        for (String entry : entries.keySet().stream().limit(PAGE).toList()) {
            String name = coded ? URLEncoder.encode(entry, StandardCharsets.UTF_8) : entry;
            found.append(
                    entries.get(entry)
                            ? "<CommonPrefixes><Prefix>" + name + "</Prefix></CommonPrefixes>"
                            : "<Contents><Key>" + name + "</Key></Contents>");
            last = entry;
        }
        boolean more = entries.size() > PAGE;
        String next = more ? "<NextContinuationToken>" + last + "</NextContinuationToken>" : "";
        String encoding = coded ? "<EncodingType>url</EncodingType>" : "";
        xml(exchange, "ListBucketResult", "<IsTruncated>" + more + "</IsTruncated>" + encoding + next + found);
    }

    private static void get(HttpExchange exchange, StrictBucket.Stored object) throws IOException {
        byte[] all = object.bytes();
        String header = exchange.getRequestHeaders().getFirst("Range");
        Matcher range = RANGE.matcher(header == null ? "" : header);
        int from = 0;
        int end = all.length;
        exchange.getResponseHeaders().set("ETag", "\"" + object.etag() + "\"");
        if (range.matches()) {
            long first = Long.parseLong(range.group(1));
            if (first >= all.length) {
                throw new StrictBucket.Refused(416, "InvalidRange");
            }
            from = (int) first;
            end = range.group(2).isEmpty() ? end : (int) Math.min(end, Long.parseLong(range.group(2)) + 1);
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (end - 1) + "/" + all.length);
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(end - from));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(range.matches() ? 206 : 200, end == from ? -1 : end - from);
        exchange.getResponseBody().write(all, from, end - from);
    }

    private static void xml(HttpExchange exchange, String root, String inner) throws IOException {
        send(exchange, 200, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><" + root + ">" + inner + "</" + root + ">");
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            send(exchange, status, "<Error><Code>" + code + "</Code><Message>" + code + "</Message></Error>");
        }
    }

    private static void send(HttpExchange exchange, int status, String xml) throws IOException {
        byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
