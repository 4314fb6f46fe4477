package dev.weir.tiktokshop.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which fault is each answer of TikTok Shop, whatever its HTTP status says? */
class TikTokFaultsTest {
    @Test
    void codeZero_isGood_whateverElseTheAnswerSays() {
        assertThat(of(200, "{\"code\":0,\"message\":\"Success\",\"data\":{\"errors\":[{\"code\":12052990}]}}"))
                .isNull();
    }

    @Test
    void oneNumberForManyFaults_isToldApartByItsWords_quotedEitherWay() {
        assertThat(of(200, 36009004, "Invalid 'app_key'")).isEqualTo(Fault.UNAUTHORISED);
        assertThat(of(200, 36009004, "Invalid `x-tts-access-token` header")).isEqualTo(Fault.UNAUTHORISED);
        assertThat(of(400, 36009004, "Invalid 'timestamp'")).isEqualTo(Fault.REJECTED);
        assertThat(of(200, 36009004, "invalid param")).isEqualTo(Fault.REJECTED);
    }

    @Test
    void lapsedCredentials_areUnauthorised() {
        for (int code : new int[] {105002, 105005, 101000, 106001, 36009043}) {
            assertThat(of(200, code, "any words")).as("code " + code).isEqualTo(Fault.UNAUTHORISED);
        }
    }

    @Test
    void throttledAnswer_carriesTheWaitAskedFor() {
        ChannelException fault = new TikTokFaults("Read", true)
                .fault(new HttpAnswer(
                        429, Map.of("retry-after", "2"), bytes("{\"code\":36009002,\"message\":\"slow down\"}")));

        assertThat(fault).isNotNull();
        assertThat(fault.fault()).isEqualTo(Fault.THROTTLED);
        assertThat(fault.retryAfter()).hasSeconds(2);
    }

    @Test
    void unknownProduct_isNotFound_andInternalErrorsAreTransient() {
        assertThat(of(200, 12052032, "no product")).isEqualTo(Fault.NOT_FOUND);
        assertThat(of(500, 36009003, "internal")).isEqualTo(Fault.TRANSIENT);
        assertThat(of(200, 12052901, "status forbids")).isEqualTo(Fault.REJECTED);
    }

    @Test
    void answerWithoutAnEnvelope_isReadFromItsStatus() {
        assertThat(fault(of(502, "<html>"))).isEqualTo(Fault.TRANSIENT);
        assertThat(fault(of(200, "{}"))).isEqualTo(Fault.TRANSIENT);
        assertThat(fault(of(401, ""))).isEqualTo(Fault.UNAUTHORISED);
        assertThat(fault(new TikTokFaults("Write", false).fault(new HttpAnswer(502, Map.of(), new byte[0]))))
                .isEqualTo(Fault.OUTCOME_UNKNOWN);
    }

    private static Fault of(int status, int code, String message) {
        return fault(of(status, "{\"code\":" + code + ",\"message\":\"" + message + "\",\"data\":null}"));
    }

    private static Fault fault(ChannelException exception) {
        return exception.fault();
    }

    private static ChannelException of(int status, String body) {
        return new TikTokFaults("Read", true).fault(new HttpAnswer(status, Map.of(), bytes(body)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
