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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({
        "1,0,TRANSIENT",
        "2,0,TRANSIENT",
        "3,0,UNAUTHORISED",
        "4,0,THROTTLED",
        "10,0,UNAUTHORISED",
        "12,0,REJECTED",
        "17,2446079,THROTTLED",
        "32,0,THROTTLED",
        "102,0,UNAUTHORISED",
        "190,458,UNAUTHORISED",
        "190,460,UNAUTHORISED",
        "200,0,UNAUTHORISED",
        "299,0,UNAUTHORISED",
        "341,0,THROTTLED",
        "368,0,UNAUTHORISED",
        "506,0,REJECTED",
        "613,1996,THROTTLED",
        "803,0,NOT_FOUND",
        "2500,0,REJECTED",
        "80001,0,THROTTLED",
        "80009,0,THROTTLED",
        "80014,0,THROTTLED",
        "80015,0,REJECTED"
    })
    void fault_ofEachCode_saysWhatToDo(int code, int subcode, Fault expected) {
        ChannelException fault = fault("\"code\":" + code + ",\"error_subcode\":" + subcode);

        assertThat(fault.fault()).isEqualTo(expected);
        assertThat(fault.retryAfter() == null).isEqualTo(expected != Fault.THROTTLED);
    }

    @Test
    void fault_ofAVoidToken_tellsTheOperatorWhatHappened() {
        assertThat(fault("\"code\":190,\"error_subcode\":460")).hasMessageContaining("password was changed");
        assertThat(fault("\"code\":190,\"error_subcode\":458")).hasMessageContaining("app was removed");
        assertThat(fault("\"code\":190,\"error_subcode\":463,\"fbtrace_id\":\"T4\""))
                .hasMessageContaining("T4");
    }

    @Test
    void fault_ofASpentBudget_withoutAnyFigure_waitsAMinute_andOfTheAppsLimitAnHour() {
        HttpAnswer bare = new HttpAnswer(400, Map.of(), "{\"error\":{\"code\":4}}".getBytes(StandardCharsets.UTF_8));
        HttpAnswer odd = new HttpAnswer(
                400,
                Map.of("x-business-use-case-usage", "{half", "x-ad-account-usage", "{\"reset_time_duration\":90}"),
                "{\"error\":{\"code\":4}}".getBytes(StandardCharsets.UTF_8));

        assertThat(retryAfter(bare)).isEqualTo(Duration.ofMinutes(1));
        assertThat(retryAfter(odd)).isEqualTo(Duration.ofSeconds(90));
        assertThat(fault("\"code\":341").retryAfter()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void fault_ofMetasOwn_whenTheCallMustNotBeRepeated_leavesTheOutcomeUnknown() {
        GraphFaults once = new GraphFaults("op", false);

        assertThat(Objects.requireNonNull(once.fault(answer(500, "{\"error\":{\"code\":2}}")))
                        .fault())
                .isEqualTo(Fault.OUTCOME_UNKNOWN);
        assertThat(Objects.requireNonNull(once.fault(answer(502, "<html>"))).fault())
                .isEqualTo(Fault.OUTCOME_UNKNOWN);
    }

    private static Duration retryAfter(HttpAnswer answer) {
        return Objects.requireNonNull(Objects.requireNonNull(new GraphFaults("op", true).fault(answer))
                .retryAfter());
    }

    @Test
    void fault_insideASuccess_isSeen() {
        assertThat(new GraphFaults("op", true).fault(answer(200, "{\"handles\":[\"a\"]}")))
                .isNull();
        assertThat(new GraphFaults("op", true).fault(answer(200, "{\"error\":{\"code\":1}}")))
                .isNotNull();
        assertThat(new GraphFaults("op", true).fault(answer(502, "<html>"))).isNotNull();
    }

    private static ChannelException fault(String fields) {
        return Objects.requireNonNull(new GraphFaults("op", true).fault(answer(400, "{\"error\":{" + fields + "}}")));
    }

    private static HttpAnswer answer(int status, String body) {
        String usage = "{\"24\":[{\"type\":\"catalog_batch\",\"estimated_time_to_regain_access\":3}]}";
        return new HttpAnswer(
                status, Map.of("x-business-use-case-usage", usage), body.getBytes(StandardCharsets.UTF_8));
    }
}
