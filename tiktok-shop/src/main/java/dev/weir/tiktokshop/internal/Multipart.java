package dev.weir.tiktokshop.internal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** How does a file travel beside fields (RFC 7578)? */
final class Multipart {
    private Multipart() {}

    static byte[] of(String boundary, byte[] data, Map<String, String> fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(data.length + 512);
        fields.forEach((name, value) -> text(
                out,
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value
                        + "\r\n"));
        text(
                out,
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"data\"; filename=\"picture\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n");
        out.writeBytes(data);
        text(out, "\r\n--" + boundary + "--\r\n");
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
