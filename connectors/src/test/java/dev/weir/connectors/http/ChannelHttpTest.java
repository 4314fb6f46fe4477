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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
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
    private static final Classifier CLASSIFIER = answer -> switch (answer.status()) {
        case 200 -> null;
        case 429 -> new ChannelException(Fault.THROTTLED, "slow down");
        case 503 -> new ChannelException(Fault.TRANSIENT, "busy");
        default -> new ChannelException(Fault.REJECTED, "no");
    };

    private final Deque<Integer> moods = new ArrayDeque<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final MovedTime time = new MovedTime();
    private final ChannelHttp http =
            new ChannelHttp(RateBudget.inProcess(time), 100, time, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    private HttpServer platform;

    @BeforeEach
    void open() throws IOException {
        platform = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        platform.createContext("/", exchange -> {
            calls.incrementAndGet();
            int mood = moods.isEmpty() ? 200 : moods.poll();
            if (mood > 0) {
                if (mood == 429) {
                    exchange.getResponseHeaders().add("Retry-After", "3");
                }
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

    @Test
    void throttling_becomesAWaitOfTheStatedLength() {
        moods.add(429);

        assertThat(send(shop(), true).status()).isEqualTo(200);
        assertThat(time.total()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void throttling_holdsEveryOtherCallOfTheConnectionToo_andNobodyElse() {
        moods.add(429);
        Connection shop = shop();
        Connection other = shop();
        HttpCall stock = call(URI.create(address()), true).in(Lane.STOCK);
        HttpCall hold = stock.in(Lane.HOLD);
        BudgetTerms closed = new CallsPerWindow("", 100, Duration.ofSeconds(1))
                .closing(answer -> answer.status() == 429, Duration.ofSeconds(1));
        assertThat(http.exchange(shop, stock, CLASSIFIER, closed).status()).isEqualTo(200);
        Duration waited = time.total();

        http.exchange(other, hold, CLASSIFIER, closed);

        assertThat(waited).isBetween(Duration.ofSeconds(3), Duration.ofMillis(3100));
        assertThat(time.total()).isEqualTo(waited);
    }

    @Test
    void throttlingLongerThanTheCallerWaits_isToldWithItsLength() {
        moods.add(429);
        Connection shop = shop();
        BudgetTerms hourly = new CallsPerWindow("", 100, Duration.ofSeconds(1))
                .closing(answer -> answer.status() == 429, Duration.ofSeconds(1));
        send(shop, true);
        moods.add(429);
        moods.add(429);
        moods.add(429);

        ChannelException thrown = catchThrowableOfType(
                ChannelException.class,
                () -> http.exchange(shop, call(URI.create(address()), true), CLASSIFIER, hourly));

        assertThat(thrown.fault()).isEqualTo(Fault.THROTTLED);
        assertThat(http.lanes())
                .anySatisfy(lane -> assertThat(lane.closedForMillis()).isPositive());
    }

    @Test
    void calls_areRecorded_withWhatTheyCost_andHowTheyEnded() {
        Connection shop = shop();
        moods.add(503);
        send(shop, true);
        moods.add(422);
        catchThrowableOfType(ChannelException.class, () -> send(shop, true));

        assertThat(http.calls(shop.id())).hasSize(2);
        CallRecord newest = http.calls(shop.id()).getFirst();
        assertThat(newest.fault()).isEqualTo(Fault.REJECTED);
        assertThat(newest.status()).isEqualTo(422);
        CallRecord oldest = http.calls(shop.id()).getLast();
        assertThat(oldest.operation()).isEqualTo("order");
        assertThat(oldest.lane()).isEqualTo(Lane.ORDER);
        assertThat(oldest.tries()).isEqualTo(2);
        assertThat(oldest.charged()).isEqualTo(2);
        assertThat(oldest.fault()).isNull();
        assertThat(oldest.at()).isEqualTo(Instant.EPOCH);
        assertThat(http.calls(shop().id())).isEmpty();
    }

    @Test
    void dearCallWithoutTerms_isOneCall_andTheNextDoesNotWaitForItsPoints() {
        Connection shop = shop();

        http.exchange(shop, call(URI.create(address()), true).costing(810), CLASSIFIER);
        http.exchange(shop, call(URI.create(address()), true), CLASSIFIER);

        assertThat(time.waited).isEmpty();
        assertThat(http.calls(shop.id()).getLast().charged()).isEqualTo(1);
    }

    @Test
    void records_areTheLastThousand() {
        CallLog log = new CallLog();
        HttpCall call = call(URI.create(address()), true);
        for (int i = 0; i < 1_005; i++) {
            log.add(new Tally(Instant.ofEpochSecond(i), call, new BudgetTerms.Bucket("", 1, 1)).ended(null));
        }

        assertThat(log.newestFirst()).hasSize(1_000);
        assertThat(log.newestFirst().getFirst().at()).isEqualTo(Instant.ofEpochSecond(1_004));
    }

    @Test
    void openBreaker_isRecordedAsACallThatWasNeverSent() {
        Connection failing = shop();
        for (int i = 0; i < 12; i++) {
            moods.add(503);
        }
        for (int i = 0; i < 5; i++) {
            catchThrowableOfType(ChannelException.class, () -> send(failing, true));
        }

        assertThat(http.calls(failing.id()).getFirst().tries()).isZero();
        assertThat(http.lanes())
                .filteredOn(lane -> lane.connectionId().equals(failing.id()))
                .singleElement()
                .satisfies(lane -> assertThat(lane.breaker()).isEqualTo("OPEN"));
    }

    private static Connection shop() {
        return new Connection(UUID.randomUUID(), "brand", "channel", "A shop", Map.of("accessToken", "secret"));
    }

    private Fault fault(Connection shop, boolean safe) {
        return catchThrowableOfType(ChannelException.class, () -> send(shop, safe))
                .fault();
    }

    private HttpAnswer send(Connection shop, boolean safe) {
        return http.exchange(shop, call(URI.create(address()), safe), CLASSIFIER);
    }

    private String address() {
        return "http://127.0.0.1:" + platform.getAddress().getPort() + "/orders";
    }

    private static HttpCall call(URI uri, boolean safe) {
        return new HttpCall("order", "POST", uri, Map.of(), new byte[0], safe);
    }
}
