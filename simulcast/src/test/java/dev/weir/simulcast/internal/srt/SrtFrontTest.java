package dev.weir.simulcast.internal.srt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.simulcast.fuzz.Mutator;
import dev.weir.simulcast.internal.codec.MalformedMediaException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SrtFrontTest {

    private static final StreamIds IDS = new StreamIds("autumn-kiln", "sk_secret", true);

    private static SrtFront front() throws IOException {
        return SrtFront.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), IDS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            spring-kiln                      | 1403
            autumn-kil                       | 1403
            publish:autumn-kiln              | 1403
            #!::r=spring-kiln,m=publish      | 1403
            #!::u=anna,m=publish             | 1401
            #!::r=autumn-kiln,m=request      | 1405
            #!::r=autumn-kiln,m=bidirectional| 1405
            #!::autumn-kiln                  | 1400
            #!:{r:autumn-kiln}               | 1400
            """)
    void callerWithAnotherStreamId_isRefusedWithTheReason(String streamId, int code) throws IOException {
        try (SrtFront front = front();
                var caller = new RawCaller(front.port())) {
            assertThat(caller.conclude(5, streamId)).isEqualTo(1000 + code);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            autumn-kiln
            sk_secret
            #!::r=autumn-kiln,m=publish,u=anna
            #!::u=anna,r=autumn-kiln
            """)
    void everyWayToNameTheLive_isTaken(String streamId) {
        byte[] packet = RawCaller.packet(5, Handshake.CONCLUSION, 1, streamId);
        assertThat(IDS.refusal(Handshake.of(packet, packet.length))).isNull();
    }

    @Test
    void callerWithoutStreamId_isTakenOnlyWhereNoneIsRequired() throws IOException {
        try (SrtFront front = front();
                var caller = new RawCaller(front.port())) {
            assertThat(caller.conclude(5, null)).isEqualTo(2401);
            assertThat(caller.conclude(4, null)).isEqualTo(1008);
        }
        byte[] packet = RawCaller.packet(5, Handshake.CONCLUSION, 1, null);
        var optional = new StreamIds("autumn-kiln", "sk_secret", false);
        assertThat(optional.refusal(Handshake.of(packet, packet.length))).isNull();
    }

    @Test
    void callerThatInventsItsCookie_isNotAnswered() throws IOException {
        try (SrtFront front = front();
                var caller = new RawCaller(front.port())) {
            caller.send(RawCaller.packet(5, Handshake.CONCLUSION, caller.greet() + 1, "spring-kiln"));
            assertThat(caller.answer(300)).isNull();
        }
    }

    @Test
    void malformedHandshakes_areRefusedOrIgnoredAndTheNextCallerIsAnswered() throws IOException {
        List<byte[]> corpus = List.of(
                RawCaller.packet(5, Handshake.CONCLUSION, 1, "#!::r=autumn-kiln,m=publish,u=anna"),
                RawCaller.packet(5, Handshake.CONCLUSION, 1, "autumn-kiln"),
                RawCaller.packet(4, Handshake.INDUCTION, 0, null));
        try (SrtFront front = front();
                var caller = new RawCaller(front.port())) {
            new Mutator(41, corpus).feed(20_000, SrtFrontTest::read);
            var mutator = new Mutator(42, corpus);
            for (int i = 0; i < 300; i++) {
                caller.send(mutator.next());
            }
            try (var other = new RawCaller(front.port())) {
                assertThat(other.conclude(5, "spring-kiln")).isEqualTo(2403);
            }
        }
    }

    private static void read(byte[] input) {
        Handshake handshake = Handshake.of(input, input.length);
        if (handshake != null) {
            try {
                assertThat(handshake.streamId().length()).isLessThanOrEqualTo(512);
            } catch (MalformedMediaException e) {
                assertThat(e.getMessage()).contains("expected");
            }
            assertThat(handshake.inductionAnswer(1)).hasSize(64);
        }
    }
}
