package dev.weir.tiktokshop.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
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
    void cipher_isOfAccessWhereItIsWrong_andABugWhereItDoesNotBelong() {
        assertThat(of(400, 36009004, "Invalid 'shop_cipher'")).isEqualTo(Fault.UNAUTHORISED);
        assertThat(of(400, 36009004, "Superfluous 'shop_cipher' in the request"))
                .isEqualTo(Fault.REJECTED);
        assertThat(of(400, 36009004, "Unexpected `category_asset_cipher`")).isEqualTo(Fault.REJECTED);
        assertThat(of(400, 106013, "shop_cipher is required")).isEqualTo(Fault.REJECTED);
        assertThat(of(400, 36009004, "Missing signature: 'sign' is required")).isEqualTo(Fault.REJECTED);
    }

    @Test
    void refusedStamp_keepsTheGatewaysTime() {
        TikTokFaults faults = faults(true);

        assertThat(faults.fault(new HttpAnswer(
                        400,
                        Map.of("date", "Tue, 24 Nov 2026 10:55:00 GMT"),
                        bytes("{\"code\":36009004,\"message\":\"Invalid 'timestamp' in the request\"}"))))
                .isNotNull();
        assertThat(faults.theirTime()).isEqualTo("2026-11-24T10:55:00Z");
    }

    @Test
    void hourlyCapOfTestShops_waitsForTheNextHour() {
        ChannelException fault = of(429, "{\"code\":36009037,\"message\":\"cap\"}");

        assertThat(fault.fault()).isEqualTo(Fault.THROTTLED);
        assertThat(fault.retryAfter()).hasMinutes(15);
    }

    @Test
    void priceThatAPromotionLocks_canBeSetLater() {
        assertThat(of(200, 12019045, "locked")).isEqualTo(Fault.CONFLICT);
        assertThat(of(200, 12052038, "locked")).isEqualTo(Fault.CONFLICT);
    }

    @Test
    void everyCodeOfTheSheet_isOfOneClass() {
        for (int code : new int[] {36009002, 36009037, 12052109}) {
            assertThat(of(200, code, "m")).as("code " + code).isEqualTo(Fault.THROTTLED);
        }
        for (int code : new int[] {
            36009003, 36009007, 12001000, 33001002, 10002014, 10002015, 10006402, 10037002, 10037003, 10037004
        }) {
            assertThat(of(200, code, "m")).as("code " + code).isEqualTo(Fault.TRANSIENT);
            assertThat(fault(faults(false)
                            .fault(new HttpAnswer(200, Map.of(), bytes("{\"code\":" + code + ",\"message\":\"\"}")))))
                    .as("code " + code)
                    .isEqualTo(Fault.OUTCOME_UNKNOWN);
        }
        for (int code :
                new int[] {105002, 101000, 105005, 106001, 36009033, 36009043, 36009044, 36004001, 36004004, 36004005
                }) {
            assertThat(of(200, code, "m")).as("code " + code).isEqualTo(Fault.UNAUTHORISED);
        }
        for (int code : new int[] {12019150, 12052032, 12052260, 66009315}) {
            assertThat(of(200, code, "m")).as("code " + code).isEqualTo(Fault.NOT_FOUND);
        }
        for (int code : new int[] {
            36009009, 36009010, 36009014, 36009021, 36009022, 36009023, 21008111, 12052048, 12052034, 12052097,
                    12019022,
            12052115, 12019028, 12019024, 12052055, 12052921, 12052144, 12052901, 12052093, 12052024, 12052230,
                    12052217,
            12052104, 12052105, 12019087, 12019027, 12019120, 12038002, 12019116, 98001004, 12052910
        }) {
            assertThat(of(200, code, "m")).as("code " + code).isEqualTo(Fault.REJECTED);
        }
    }

    @Test
    void lapsedCredentials_areUnauthorised() {
        for (int code : new int[] {105002, 105005, 101000, 106001, 36009043}) {
            assertThat(of(200, code, "any words")).as("code " + code).isEqualTo(Fault.UNAUTHORISED);
        }
    }

    @Test
    void throttledAnswer_carriesTheWaitAskedFor() {
        ChannelException fault = faults(true)
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
        assertThat(fault(faults(false).fault(new HttpAnswer(502, Map.of(), new byte[0]))))
                .isEqualTo(Fault.OUTCOME_UNKNOWN);
    }

    private static TikTokFaults faults(boolean safe) {
        return new TikTokFaults("Read", safe, Clock.fixed(Instant.parse("2026-11-24T10:45:00Z"), ZoneOffset.UTC));
    }

    private static Fault of(int status, int code, String message) {
        return fault(of(status, "{\"code\":" + code + ",\"message\":\"" + message + "\",\"data\":null}"));
    }

    private static Fault fault(ChannelException exception) {
        return exception.fault();
    }

    private static ChannelException of(int status, String body) {
        return faults(true).fault(new HttpAnswer(status, Map.of(), bytes(body)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
