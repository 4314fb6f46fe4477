package dev.weir.hub.internal.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads each body once, at most 1 MiB of it, 4 MiB of a platform's delivery, before anyone parses it. Signed bodies must reach their
 * check byte for byte; servlet containers would eat a form-encoded one.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class BodyLimitFilter extends OncePerRequestFilter {
    static final int MAX_BYTES = 1 << 20;

    /** Meta puts up to 1,000 changes into one delivery, with six bytes for each letter outside ASCII. */
    static final int MAX_DELIVERY_BYTES = 4 << 20;

    /** Over 1 MiB at once, 64 MiB together: they are read before anybody knows who sent them. The next is told to come again. */
    static final int MOST_LARGE = 16;

    private final Semaphore large = new Semaphore(MOST_LARGE);
    private final EarlyRefusals refusals;

    BodyLimitFilter(EarlyRefusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getContentLengthLong() == 0
                || (request.getContentLengthLong() < 0 && request.getHeader("Transfer-Encoding") == null);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        int most = request.getRequestURI().startsWith("/webhooks/") ? MAX_DELIVERY_BYTES : MAX_BYTES;
        if (request.getContentLengthLong() > most) {
            refuse(request, response, most);
            return;
        }
        // As much as was announced and one more: no buffer larger than most bodies are.
        int announced = (int) Math.min(MAX_BYTES, request.getContentLengthLong());
        byte[] body = request.getInputStream().readNBytes((announced < 0 ? MAX_BYTES : announced) + 1);
        if (body.length <= MAX_BYTES) {
            chain.doFilter(new Replayed(request, body), response);
        } else if (most == MAX_BYTES) {
            refuse(request, response, most);
        } else {
            large(request, body, response, chain);
        }
    }

    private void large(HttpServletRequest request, byte[] start, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!large.tryAcquire()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "2");
            refuse(
                    request,
                    response,
                    Problem.of(
                            503,
                            "unavailable",
                            "Try again shortly",
                            "large bodies at once: " + MOST_LARGE + " (expected: fewer)"));
            return;
        }
        try {
            byte[] rest = request.getInputStream().readNBytes(MAX_DELIVERY_BYTES + 1 - start.length);
            if (start.length + rest.length > MAX_DELIVERY_BYTES) {
                refuse(request, response, MAX_DELIVERY_BYTES);
                return;
            }
            byte[] body = Arrays.copyOf(start, start.length + rest.length);
            System.arraycopy(rest, 0, body, start.length, rest.length);
            chain.doFilter(new Replayed(request, body), response);
        } finally {
            large.release();
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, int most) throws IOException {
        refuse(request, response, Problem.invalid(413, "body: over the limit (expected: at most " + most + " bytes)"));
    }

    /** What is left of the body is not read, so the connection ends. */
    private void refuse(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        response.setHeader("Connection", "close");
        refusals.refuse(request, response, problem);
    }

    private static final class Replayed extends HttpServletRequestWrapper {
        private final byte[] body;

        private Replayed(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new Bytes(new ByteArrayInputStream(body));
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8));
        }
    }

    private static final class Bytes extends ServletInputStream {
        private final ByteArrayInputStream in;

        private Bytes(ByteArrayInputStream in) {
            this.in = in;
        }

        @Override
        public boolean isFinished() {
            return in.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("The body is in memory: read it");
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return in.read(into, offset, length);
        }
    }
}
