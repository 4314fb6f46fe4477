package dev.weir.instagram.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GraphClientTest {
    @Test
    void proof_ofTheReferenceVector_isItsHmac() {
        assertThat(GraphClient.proof("meta-demo-app-secret-0001", "EAADEMOtoken123"))
                .isEqualTo("4c0586d50a95ce75c3d0f122f8702a0de801a8245ebf06f2f3d18023f568a874");
    }

    @Test
    void fault_isReadFromCodeTypeAndSubcode() {
        assertThat(fault("\"code\":190,\"error_subcode\":463").fault()).isEqualTo(Fault.UNAUTHORISED);
        assertThat(fault("\"code\":100,\"type\":\"OAuthException\"").fault()).isEqualTo(Fault.REJECTED);
        assertThat(fault("\"code\":100,\"type\":\"GraphMethodException\"").fault())
                .isEqualTo(Fault.UNAUTHORISED);
        assertThat(fault("\"code\":100,\"type\":\"GraphMethodException\",\"error_subcode\":33")
                        .fault())
                .isEqualTo(Fault.NOT_FOUND);
        assertThat(fault("\"code\":12").fault()).isEqualTo(Fault.REJECTED);
        assertThat(fault("\"code\":2").fault()).isEqualTo(Fault.TRANSIENT);
    }

    @Test
    void fault_ofASpentBudget_waitsTheMinutesThatTheHeaderNames() {
        ChannelException fault = fault("\"code\":80014");

        assertThat(fault.fault()).isEqualTo(Fault.THROTTLED);
        assertThat(fault.retryAfter()).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void fault_insideASuccess_isSeen() {
        assertThat(new GraphFaults("op").fault(answer(200, "{\"handles\":[\"a\"]}")))
                .isNull();
        assertThat(new GraphFaults("op").fault(answer(200, "{\"error\":{\"code\":1}}")))
                .isNotNull();
        assertThat(new GraphFaults("op").fault(answer(502, "<html>"))).isNotNull();
    }

    private static ChannelException fault(String fields) {
        return Objects.requireNonNull(new GraphFaults("op").fault(answer(400, "{\"error\":{" + fields + "}}")));
    }

    private static HttpAnswer answer(int status, String body) {
        String usage = "{\"24\":[{\"type\":\"catalog_batch\",\"estimated_time_to_regain_access\":3}]}";
        return new HttpAnswer(
                status, Map.of("x-business-use-case-usage", usage), body.getBytes(StandardCharsets.UTF_8));
    }
}
