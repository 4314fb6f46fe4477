package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxAnswer;
import dev.weir.connectors.sandbox.SandboxRequest;
import dev.weir.connectors.sandbox.SandboxStore;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How is a bulk result fetched? From another host in fact: it takes no token of the shop, and gives ranges. Written once, to a
 * file of this machine that a restart finds again.
 */
final class BulkFiles {
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]+)?");

    private final SandboxStore store;
    private final Shelf shelf;
    private final BulkJobs jobs;
    private final ShopQuirk.Switches quirks;

    BulkFiles(SandboxStore store, Shelf shelf, BulkJobs jobs, ShopQuirk.Switches quirks) {
        this.store = store;
        this.shelf = shelf;
        this.jobs = jobs;
        this.quirks = quirks;
    }

    SandboxAnswer answer(SandboxRequest request) {
        if (request.header("x-shopify-access-token") != null || request.header("authorization") != null) {
            return text(400, "Only one authentication mechanism is allowed");
        }
        String id = request.path().substring(request.path().lastIndexOf('/') + 1);
        try {
            List<GraphQl.Selection> rows = jobs.rows(id, request.query().getOrDefault("signature", ""));
            return part(file(id, rows), request.header("range"));
        } catch (IllegalArgumentException e) {
            return text(403, "SignatureDoesNotMatch");
        } catch (IOException e) {
            throw new UncheckedIOException("bulk result " + id + " cannot be read", e);
        }
    }

    private SandboxAnswer part(Path file, @org.jspecify.annotations.Nullable String range) throws IOException {
        long length = Files.size(file);
        Matcher asked = RANGE.matcher(range == null ? "" : range);
        Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/jsonl"));
        if (!asked.matches() || quirks.isOn(ShopQuirk.RESULT_WITHOUT_RANGES)) {
            return new SandboxAnswer(200, headers, Files.readAllBytes(file));
        }
        long from = Long.parseLong(asked.group(1));
        long to = Math.min(length - 1, asked.group(2) == null ? length - 1 : Long.parseLong(asked.group(2)));
        if (from >= length) {
            headers.put("Content-Range", "bytes */" + length);
            return new SandboxAnswer(416, headers, new byte[0]);
        }
        headers.put("Content-Range", "bytes " + from + "-" + to + "/" + length);
        byte[] bytes = new byte[Math.toIntExact(to - from + 1)];
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(from);
            in.readFully(bytes);
        }
        return new SandboxAnswer(206, headers, bytes);
    }

    private synchronized Path file(String id, List<GraphQl.Selection> rows) throws IOException {
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "weir-shopify-" + nonce() + "-" + id + ".jsonl");
        if (!Files.exists(file)) {
            Path half = Files.createTempFile("weir-shopify-", ".half");
            try (BufferedWriter out = Files.newBufferedWriter(half, StandardCharsets.UTF_8)) {
                for (ObjectNode item : shelf.all()) {
                    out.write(
                            QueryRules.project(Variants.view(item, rows), rows).toString());
                    out.write('\n');
                }
            }
            Files.move(half, file);
            file.toFile().deleteOnExit();
        }
        return file;
    }

    /** Tells the files of this shop from those of another on the same machine. */
    private String nonce() {
        return store.locked(() -> {
            ObjectNode known = store.get("bulk-files", "nonce");
            if (known == null) {
                known = SandboxStore.document()
                        .put("value", UUID.randomUUID().toString().substring(0, 8));
                store.put("bulk-files", "nonce", known);
            }
            return known.path("value").asText();
        });
    }

    private static SandboxAnswer text(int status, String text) {
        return new SandboxAnswer(status, Map.of("Content-Type", "text/plain"), text.getBytes(StandardCharsets.UTF_8));
    }
}
