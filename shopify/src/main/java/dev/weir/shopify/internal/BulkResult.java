package dev.weir.shopify.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.HttpAnswer;
import dev.weir.connectors.http.HttpCall;
import dev.weir.connectors.http.Lane;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How is a result file of any length read line by line? In pieces of 2 MiB by HTTP range, so that no more than one piece is in
 * memory and reading can begin at any line. The address is signed by itself and of another host: nothing of ours goes there.
 *
 * <p>A host that ignores ranges is understood as long as the whole file fits into one answer. A line may have 1 MiB.
 */
final class BulkResult {
    private static final int PIECE = 2 << 20;
    private static final int LONGEST_LINE = 1 << 20;

    private final ShopifyClient client;

    BulkResult(ShopifyClient client) {
        this.client = client;
    }

    /** Hands every line from byte {@code from} on to {@code each}; returns the file's length. */
    long lines(URI url, long from, Lines each) {
        long at = from;
        while (true) {
            HttpAnswer answer = client.fetch(range(url, at), BulkResult::fault);
            if (answer.status() == 416) {
                return at;
            }
            boolean whole = answer.status() == 200;
            int start = whole ? (int) Math.min(at, answer.body().length) : 0;
            boolean last = whole || at + answer.body().length >= total(answer);
            int read = hand(answer.body(), start, at, last, each);
            at += read;
            if (last) {
                return at;
            }
            if (read == 0) {
                throw new ChannelException(Fault.REJECTED, "bulk result: a line over " + LONGEST_LINE + " bytes");
            }
        }
    }

    /** Hands the lines of {@code piece} that end in it, and the last one of the file; returns how many bytes they are. */
    private static int hand(byte[] piece, int start, long at, boolean last, Lines each) {
        int begin = start;
        for (int end = start; end < piece.length; end++) {
            if (piece[end] == '\n') {
                line(piece, begin, end, at + end + 1 - start, each);
                begin = end + 1;
            }
        }
        if (last && begin < piece.length) {
            line(piece, begin, piece.length, at + piece.length - start, each);
            begin = piece.length;
        }
        return begin - start;
    }

    private static void line(byte[] piece, int begin, int end, long behind, Lines each) {
        if (end - begin > LONGEST_LINE) {
            throw new ChannelException(Fault.REJECTED, "bulk result: a line over " + LONGEST_LINE + " bytes");
        }
        String text = new String(piece, begin, end - begin, StandardCharsets.UTF_8);
        if (!text.isBlank()) {
            each.line(text, behind);
        }
    }

    private static HttpCall range(URI url, long at) {
        Map<String, String> range = Map.of("Range", "bytes=" + at + "-" + (at + PIECE - 1));
        return HttpCall.get("BulkResult", url, range).in(Lane.CATALOGUE);
    }

    /** The file's length, as {@code Content-Range: bytes 0-1/2} says it. */
    private static long total(HttpAnswer answer) {
        String range = answer.header("content-range");
        try {
            return Long.parseLong(
                    String.valueOf(range).substring(String.valueOf(range).indexOf('/') + 1));
        } catch (NumberFormatException e) {
            throw new ChannelException(
                    Fault.TRANSIENT, "bulk result: Content-Range " + range + " (expected: bytes a-b/length)", null, e);
        }
    }

    private static @Nullable ChannelException fault(HttpAnswer answer) {
        int status = answer.status();
        if (status == 200 || status == 206 || status == 416) {
            return null;
        }
        Fault fault = status >= 500 || status == 429 ? Fault.TRANSIENT : Fault.NOT_FOUND;
        return new ChannelException(fault, "BulkResult: HTTP " + status);
    }

    /** Where do lines go? */
    @FunctionalInterface
    interface Lines {
        /** Takes one line without its end; {@code behind} is the byte that follows it. */
        void line(String text, long behind);
    }
}
