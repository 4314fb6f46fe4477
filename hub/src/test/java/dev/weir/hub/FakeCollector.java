package dev.weir.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** Receives spans by OTLP over HTTP, and reads as much of its protocol buffers as stories ask for. */
final class FakeCollector implements AutoCloseable {
    private static final HexFormat HEX = HexFormat.of();

    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    FakeCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    record Span(String name, String traceId, String id, String parent, Map<String, String> attributes) {
        String order() {
            return attributes.getOrDefault("weir.order", "");
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    List<Span> spans() {
        return List.copyOf(spans);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            ByteBuffer request = ByteBuffer.wrap(exchange.getRequestBody().readAllBytes());
            messages(
                    request,
                    1,
                    resource -> messages(resource, 2, scope -> messages(scope, 2, span -> spans.add(span(span)))));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static Span span(ByteBuffer message) {
        Map<Integer, ByteBuffer> fields = new HashMap<>();
        Map<String, String> attributes = new HashMap<>();
        each(message, (field, content) -> {
            if (field == 9) {
                Map<Integer, ByteBuffer> pair = new HashMap<>();
                each(content, pair::put);
                each(pair.get(2), (kind, value) -> attributes.put(text(pair.get(1)), text(value)));
            } else {
                fields.put(field, content);
            }
        });
        return new Span(text(fields.get(5)), hex(fields.get(1)), hex(fields.get(2)), hex(fields.get(4)), attributes);
    }

    private interface Reader {
        void read(ByteBuffer message);
    }

    private static void messages(ByteBuffer outer, int wanted, Reader reader) {
        each(outer, (field, content) -> {
            if (field == wanted) {
                reader.read(content);
            }
        });
    }

    /** Fields with a length; numbers are passed over. */
    private static void each(ByteBuffer message, BiConsumer<Integer, ByteBuffer> reader) {
        ByteBuffer in = message.duplicate();
        while (in.hasRemaining()) {
            int tag = (int) varint(in);
            switch (tag & 7) {
                case 0 -> varint(in);
                case 1 -> in.position(in.position() + 8);
                case 2 -> {
                    int length = (int) varint(in);
                    reader.accept(tag >>> 3, in.slice(in.position(), length));
                    in.position(in.position() + length);
                }
                case 5 -> in.position(in.position() + 4);
                default -> throw new AssertionError("wire type " + (tag & 7));
            }
        }
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static String text(ByteBuffer bytes) {
        return bytes == null
                ? ""
                : StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    private static String hex(ByteBuffer bytes) {
        if (bytes == null) {
            return "";
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return HEX.formatHex(copy);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
