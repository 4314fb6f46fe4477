package dev.weir.bigcommerce.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What do the store's refusals ask of the caller, in the words of either version? */
class BigCommerceFaultsTest {
    @Test
    void statuses_sayWhatToDo() {
        assertThat(Map.of(
                        400, Fault.REJECTED,
                        401, Fault.UNAUTHORISED,
                        403, Fault.UNAUTHORISED,
                        404, Fault.NOT_FOUND,
                        409, Fault.CONFLICT,
                        422, Fault.REJECTED,
                        429, Fault.THROTTLED,
                        500, Fault.TRANSIENT,
                        503, Fault.TRANSIENT,
                        507, Fault.REJECTED))
                .allSatisfy((status, fault) ->
                        assertThat(refusal(true, status, "{}").fault()).isEqualTo(fault));
        assertThat(refusal(false, 502, "").fault()).isEqualTo(Fault.OUTCOME_UNKNOWN);
        assertThat(new BigCommerceFaults("x", true, "secret").fault(new HttpAnswer(204, Map.of(), new byte[0])))
                .isNull();
    }

    @Test
    void words_areThoseOfV3_orOfV2_withoutTheToken() {
        assertThat(refusal(true, 422, "{\"title\":\"Invalid\",\"errors\":{\"items.0\":\"too many\"}}"))
                .hasMessage("adjust: HTTP 422, Invalid; items.0: too many");
        assertThat(refusal(true, 404, "[{\"status\":404,\"message\":\"Not here\"}]"))
                .hasMessage("adjust: HTTP 404, Not here");
        assertThat(refusal(true, 401, "{\"title\":\"Token secret is unknown\"}"))
                .hasMessageStartingWith("accessToken: ")
                .hasMessageEndingWith("adjust: HTTP 401, Token … is unknown");
        assertThat(refusal(true, 502, "<html>")).hasMessage("adjust: HTTP 502, no JSON");
    }

    private static ChannelException refusal(boolean safe, int status, String body) {
        HttpAnswer answer = new HttpAnswer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        return Objects.requireNonNull(new BigCommerceFaults("adjust", safe, "secret").fault(answer));
    }
}
