package dev.weir.magento.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.Fault;
import dev.weir.connectors.http.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MagentoFaultsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    401 | TRANSIENT    | oauth_problem=nonce_used
                    401 | UNAUTHORISED | The consumer is not authorized to access %resources.
                    404 | NOT_FOUND    | The entity that was requested does not exist.
                    404 | REJECTED     | Request does not match any route.
                    429 | THROTTLED    | Too Many Requests
                    404 | REJECTED     | No linked stock found
                    404 | REJECTED     | Source item not found by source code: wh and sku: A.
                    400 | UNAUTHORISED | oauth_problem=timestamp_refused
                    400 | UNAUTHORISED | oauth_problem=signature_method_rejected
                    401 | UNAUTHORISED | oauth_problem=signature_invalid
                    401 | UNAUTHORISED | oauth_problem=token_revoke
                    405 | REJECTED     | Method not allowed
                    500 | TRANSIENT    | Lock wait timeout exceeded
                    400 | REJECTED     | Input data is empty
                    400 | TRANSIENT    | Database deadlock found when trying to get lock
                    500 | TRANSIENT    | Internal Error. Details are available in Magento log file.
                    """)
    void fault_ofAnErrorBody_tellsWhatToDo(int status, Fault expected, String message) {
        assertThat(fault(status, "application/json", "{\"message\":\"" + message + "\"}", true))
                .isEqualTo(expected);
    }

    @Test
    void fault_ofAPlacementThatBroke_isUnknown() {
        assertThat(fault(500, "application/json", "{\"message\":\"Internal Error\"}", false))
                .isEqualTo(Fault.OUTCOME_UNKNOWN);
        assertThat(fault(503, "text/html", "<html>maintenance</html>", false)).isEqualTo(Fault.OUTCOME_UNKNOWN);
    }

    @Test
    void fault_ofAPageInsteadOfAnAnswer_isTransient() {
        assertThat(fault(503, "text/html", "<html>maintenance</html>", true)).isEqualTo(Fault.TRANSIENT);
        assertThat(fault(200, "text/html", "<html>blocked</html>", true)).isEqualTo(Fault.TRANSIENT);
    }

    @Test
    void message_isRenderedWithItsParameters_namedOrNumbered() throws Exception {
        assertThat(MagentoFaults.render(
                        "No such entity with %fieldName = %fieldValue",
                        MagentoClient.JSON.readTree("{\"fieldName\":\"cartId\",\"fieldValue\":\"x\"}")))
                .isEqualTo("No such entity with cartId = x");
        assertThat(MagentoFaults.render(
                        "%field of %fieldName", MagentoClient.JSON.readTree("{\"field\":\"a\",\"fieldName\":\"b\"}")))
                .isEqualTo("a of b");
        assertThat(MagentoFaults.render("Only %1 of %2", MagentoClient.JSON.readTree("[\"3\",\"5\"]")))
                .isEqualTo("Only 3 of 5");
    }

    private static Fault fault(int status, String type, String body, boolean safe) {
        HttpAnswer answer = new HttpAnswer(status, Map.of("content-type", type), body.getBytes(StandardCharsets.UTF_8));
        return java.util.Objects.requireNonNull(new MagentoFaults("op", safe).fault(answer))
                .fault();
    }
}
