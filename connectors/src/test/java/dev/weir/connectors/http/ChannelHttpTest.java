package dev.weir.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A platform with moods: it answers what is queued, then 200; -1 hangs up without an answer. */
class ChannelHttpTest {
    private final Deque<Integer> moods = new ArrayDeque<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final ChannelHttp http = new ChannelHttp(100);
    private HttpServer platform;

    @BeforeEach
    void open() throws IOException {
        platform = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        platform.createContext("/", exchange -> {
            calls.incrementAndGet();
            int mood = moods.isEmpty() ? 200 : moods.poll();
            if (mood > 0) {
                exchange.sendResponseHeaders(mood, -1);
            }
            exchange.close();
        });
        platform.start();
    }

    @AfterEach
    void close() {
        platform.stop(0);
    }

    @Test
    void transientFailures_areTriedAgain_untilTheThirdTry() {
        moods.add(503);
        moods.add(503);

        assertThat(send(shop(), true).status()).isEqualTo(200);
        assertThat(calls).hasValue(3);
    }

    @Test
    void signature_isMadeAnew_forEveryAttempt() {
        moods.add(503);
        moods.add(503);
        AtomicInteger signatures = new AtomicInteger();
        URI uri = URI.create("http://127.0.0.1:" + platform.getAddress().getPort() + "/orders");
        HttpCall call = HttpCall.get("orders", uri, Map.of("Accept", "text/plain"))
                .signed(() -> Map.of("Authorization", "signature " + signatures.incrementAndGet()));

        http.exchange(
                shop(), call, answer -> answer.status() == 200 ? null : new ChannelException(Fault.TRANSIENT, "busy"));

        assertThat(signatures).hasValue(3);
        assertThat(call.attempt().headers())
                .containsEntry("Accept", "text/plain")
                .containsEntry("Authorization", "signature 4");
    }

    @Test
    void refusal_isNotTriedAgain() {
        moods.add(422);

        assertThat(fault(shop(), true)).isEqualTo(Fault.REJECTED);
        assertThat(calls).hasValue(1);
    }

    @Test
    void lostAnswerOfAnUnsafeCall_isUnknown_andNotSentAgain() {
        moods.add(-1);

        assertThat(fault(shop(), false)).isEqualTo(Fault.OUTCOME_UNKNOWN);
        assertThat(calls).hasValue(1);
    }

    @Test
    void lostAnswerOfASafeCall_isAskedAgain() {
        moods.add(-1);

        assertThat(send(shop(), true).status()).isEqualTo(200);
    }

    @Test
    void shopThatKeepsFailing_isLeftAlone_andTheOtherIsNot() {
        Connection failing = shop();
        for (int i = 0; i < 12; i++) {
            moods.add(503);
        }
        for (int i = 0; i < 4; i++) {
            catchThrowableOfType(ChannelException.class, () -> send(failing, true));
        }
        moods.clear();
        int before = calls.get();

        assertThatThrownBy(() -> send(failing, true)).hasMessageContaining("breaker is open");
        assertThat(calls).hasValue(before);
        assertThat(send(shop(), true).status()).isEqualTo(200);
    }

    private static Connection shop() {
        return new Connection(UUID.randomUUID(), "brand", "channel", "A shop", Map.of("accessToken", "secret"));
    }

    private Fault fault(Connection shop, boolean safe) {
        return catchThrowableOfType(ChannelException.class, () -> send(shop, safe))
                .fault();
    }

    private HttpAnswer send(Connection shop, boolean safe) {
        URI uri = URI.create("http://127.0.0.1:" + platform.getAddress().getPort() + "/orders");
        return http.exchange(
                shop, new HttpCall("order", "POST", uri, Map.of(), new byte[0], safe), answer -> switch (answer.status()
                        / 100) {
                    case 2 -> null;
                    case 5 -> new ChannelException(Fault.TRANSIENT, "busy");
                    default -> new ChannelException(Fault.REJECTED, "no");
                });
    }
}
