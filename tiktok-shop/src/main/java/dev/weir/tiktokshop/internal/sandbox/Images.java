package dev.weir.tiktokshop.internal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxAnswer;
import dev.weir.connectors.sandbox.SandboxRequest;
import dev.weir.connectors.sandbox.SandboxStore;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Which pictures were uploaded? JPEG, PNG and WebP of at most 10 MB; a product names them by their uri. */
final class Images {
    private static final String IMAGES = "images";
    private static final int MOST_BYTES = 10 << 20;
    private static final Set<String> USES =
            Set.of("MAIN_IMAGE", "ATTRIBUTE_IMAGE", "DESCRIPTION_IMAGE", "CERTIFICATION_IMAGE", "SIZE_CHART_IMAGE");

    private final SandboxStore store;

    Images(SandboxStore store) {
        this.store = store;
    }

    ObjectNode upload(SandboxRequest request) {
        if (!Gateway.isMultipart(request)) {
            throw new Refusal(200, 36009023, "must be multipart/form-data");
        }
        if (request.body().length > MOST_BYTES) {
            throw new Refusal(200, 36009021, "file too big");
        }
        String body = new String(request.body(), StandardCharsets.ISO_8859_1);
        String use = between(body, "name=\"use_case\"\r\n\r\n", "\r\n");
        int data = body.indexOf("name=\"data\"");
        int start = data < 0 ? -1 : body.indexOf("\r\n\r\n", data);
        if (!USES.contains(use) || start < 0) {
            throw new Refusal(200, 36009022, "data or use_case is missing");
        }
        String head = body.substring(start + 4, Math.min(body.length(), start + 16));
        if (!head.startsWith("\u0089PNG")
                && !head.startsWith("\u00ff\u00d8\u00ff")
                && !head.matches("(?s)RIFF....WEBP")) {
            throw new Refusal(200, 12038002, "image format is not supported");
        }
        String uri = "tos-sandbox/" + store.next("image");
        store.put(IMAGES, uri, SandboxStore.document().put("use_case", use));
        return SandboxStore.document()
                .put("uri", uri)
                .put("url", "https://p16.example/" + uri)
                .put("width", 600)
                .put("height", 600)
                .put("use_case", use);
    }

    boolean has(String uri) {
        return store.get(IMAGES, uri) != null;
    }

    private static String between(String text, String before, String after) {
        int from = text.indexOf(before);
        int to = from < 0 ? -1 : text.indexOf(after, from + before.length());
        return to < 0 ? "" : text.substring(from + before.length(), to);
    }

    /** A picture of the brand's for listings without: a plain square of 600 pixels. */
    static SandboxAnswer ofBrand() {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        chunk(png, "IHDR", new byte[] {0, 0, 2, 0x58, 0, 0, 2, 0x58, 1, 0, 0, 0, 0});
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(rows)) {
            deflater.write(new byte[600 * 76]);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        chunk(png, "IDAT", rows.toByteArray());
        chunk(png, "IEND", new byte[0]);
        return new SandboxAnswer(200, Map.of("Content-Type", "image/png"), png.toByteArray());
    }

    private static void chunk(ByteArrayOutputStream png, String name, byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.US_ASCII));
        crc.update(data);
        number(png, data.length);
        png.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        png.writeBytes(data);
        number(png, crc.getValue());
    }

    private static void number(ByteArrayOutputStream png, long value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            png.write((int) (value >> shift));
        }
    }
}
