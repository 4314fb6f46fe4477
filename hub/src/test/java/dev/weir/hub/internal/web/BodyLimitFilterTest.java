package dev.weir.hub.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How much of what strangers send is kept in memory. */
class BodyLimitFilterTest {
    private static final String DELIVERY = "/webhooks/instagram/1";

    private final BodyLimitFilter filter = new BodyLimitFilter(new EarlyRefusals(new ObjectMapper()));
    private final List<Integer> passed = new ArrayList<>();
    private final FilterChain pass =
            (request, response) -> passed.add(request.getInputStream().readAllBytes().length);

    @Test
    void deliveryUpToFourMebibytes_passesByteForByte_andAnythingElseEndsAtOne() throws Exception {
        byte[] body = body(BodyLimitFilter.MAX_DELIVERY_BYTES);
        body[BodyLimitFilter.MAX_BYTES + 1] = 'y';
        List<Integer> differences = new ArrayList<>();
        Answer answer = send(
                DELIVERY,
                body,
                (request, response) -> differences.add(
                        Arrays.mismatch(body, request.getInputStream().readAllBytes())));
        assertThat(answer.status).isEqualTo(200);
        assertThat(differences).containsExactly(-1);
        assertThat(send(DELIVERY, body(BodyLimitFilter.MAX_DELIVERY_BYTES + 1), pass).status)
                .isEqualTo(413);
        assertThat(send("/api/shows", body(BodyLimitFilter.MAX_BYTES + 1), pass).status)
                .isEqualTo(413);
        assertThat(passed).isEmpty();
    }

    @Test
    void moreLargeOnesAtOnceThanThereIsRoomFor_areToldToComeAgain_andSmallOnesPass() throws Exception {
        Answer last = oneWithin(0);
        assertThat(last.status).isEqualTo(503);
        assertThat(last.headers)
                .containsEntry("Retry-After", "2")
                .containsEntry("Connection", "close")
                .containsEntry("Referrer-Policy", "no-referrer")
                .containsEntry("X-Frame-Options", "DENY");
        assertThat(passed).hasSize(BodyLimitFilter.MOST_LARGE + 1).endsWith(10);
        assertThat(send(DELIVERY, body(BodyLimitFilter.MAX_BYTES + 1), pass).status)
                .as("those before have ended")
                .isEqualTo(200);
    }

    /** Each is still under way while the next one comes, until one is refused: that one's answer. */
    private Answer oneWithin(int others) throws IOException, ServletException {
        List<Answer> next = new ArrayList<>();
        Answer answer = send(DELIVERY, body(BodyLimitFilter.MAX_BYTES + 1), (request, response) -> {
            pass.doFilter(request, response);
            next.add(oneWithin(others + 1));
        });
        if (next.isEmpty()) {
            assertThat(others).isEqualTo(BodyLimitFilter.MOST_LARGE);
            send(DELIVERY, body(10), pass);
            return answer;
        }
        return next.getFirst();
    }

    private Answer send(String path, byte[] body, FilterChain chain) throws IOException, ServletException {
        Answer answer = new Answer();
        filter.doFilter(request(path, body), answer.response(), chain);
        return answer;
    }

    private static byte[] body(int length) {
        byte[] body = new byte[length];
        Arrays.fill(body, (byte) 'x');
        return body;
    }

    /** In chunks: its length is not told. */
    private static HttpServletRequest request(String path, byte[] body) {
        Map<String, Object> attributes = new HashMap<>();
        ServletInputStream in = new Sent(body);
        return (HttpServletRequest) Proxy.newProxyInstance(
                BodyLimitFilterTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, given) -> switch (method.getName()) {
                    case "getRequestURI" -> path;
                    case "getContentLengthLong" -> -1L;
                    case "isSecure" -> false;
                    case "getHeader" -> given[0].equals("Transfer-Encoding") ? "chunked" : null;
                    case "getInputStream" -> in;
                    case "getAttribute" -> attributes.get(given[0]);
                    case "setAttribute" -> attributes.put((String) given[0], given[1]);
                    case "removeAttribute" -> attributes.remove(given[0]);
                    default -> null;
                });
    }

    private static final class Answer {
        private final Map<String, String> headers = new HashMap<>();
        private int status = 200;

        private HttpServletResponse response() {
            return (HttpServletResponse) Proxy.newProxyInstance(
                    BodyLimitFilterTest.class.getClassLoader(),
                    new Class<?>[] {HttpServletResponse.class},
                    (proxy, method, given) -> answer(method.getName(), given));
        }

        private @Nullable Object answer(String method, Object[] given) {
            switch (method) {
                case "setStatus" -> status = (int) given[0];
                case "setHeader", "addHeader" -> headers.put((String) given[0], (String) given[1]);
                case "containsHeader" -> {
                    return headers.containsKey((String) given[0]);
                }
                case "getStatus" -> {
                    return status;
                }
                case "getOutputStream" -> {
                    return new Ignored();
                }
                default -> {}
            }
            return null;
        }
    }

    private static final class Sent extends ServletInputStream {
        private final ByteArrayInputStream in;

        private Sent(byte[] body) {
            in = new ByteArrayInputStream(body);
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
        public void setReadListener(ReadListener listener) {}

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return in.read(into, offset, length);
        }
    }

    private static final class Ignored extends ServletOutputStream {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}

        @Override
        public void write(int one) {}
    }
}
