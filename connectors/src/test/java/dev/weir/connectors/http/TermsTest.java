package dev.weir.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the platforms' answers say, in the words of the reference sheets. */
class TermsTest {
    private final PointBucket points = new PointBucket(2000, 100);
    private final CallsPerWindow calls = new CallsPerWindow("", 10, Duration.ofSeconds(1));
    private final UsagePercent usage = new UsagePercent("catalog", 5);
    private final BackPressure pressure = new BackPressure(4, Duration.ofSeconds(5));

    @Test
    void points_areReadAsNumbersWithOrWithoutDecimals() {
        assertThat(points.learn(answer(200, """
                {"data":{},"extensions":{"cost":{"requestedQueryCost":13,"actualQueryCost":11.5,
                 "throttleStatus":{"maximumAvailable":2000.0,"currentlyAvailable":1986,"restoreRate":100.0}}}}"""))).contains(new Reading.Level(1986, 1900, 100, 11.5));
    }

    @Test
    void throttledQuery_isChargedNothing() {
        assertThat(points.learn(answer(200, """
                {"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}],"extensions":{"cost":{"requestedQueryCost":13,
                 "actualQueryCost":null,"throttleStatus":{"maximumAvailable":2000,"currentlyAvailable":3,"restoreRate":100}}}}"""))).contains(new Reading.Level(3, 1900, 100, 0.0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"errors\":[{\"extensions\":{\"code\":\"INVALID_VARIABLE\"}}]}",
                "",
                "[1]",
                "{\"extensions\":{\"cost\":{\"throttleStatus\":{\"maximumAvailable\":0,\"currentlyAvailable\":0,\"restoreRate\":0}}}}"
            })
    void answersWithoutACost_sayNothing(String body) {
        assertThat(points.learn(answer(200, body))).isEmpty();
    }

    @Test
    void pointBucket_leavesWhatRefillsWhileACallIsUnderWay() {
        assertThat(points.bucket()).isEqualTo(new BudgetTerms.Bucket("", 1900, 100));
        assertThat(new PointBucket(100, 90).bucket().limit()).isEqualTo(50);
    }

    @Test
    void whatShopifyRefusedAtTheDoor_costsNothing() {
        for (int status : new int[] {401, 402, 423, 502}) {
            assertThat(points.learn(answer(status, "<html>"))).contains(new Reading.Charged(0));
        }
        assertThat(points.learn(answer(200, "<html>maintenance</html>"))).contains(new Reading.Charged(0));
        assertThat(Reading.charged(new Reading.Charged(0), 750)).isZero();
        assertThat(Reading.charged(null, 750)).isEqualTo(750);
    }

    @Test
    void edgesOf429_closeShopify() {
        assertThat(points.learn(answer(429, "", Map.of("retry-after", "2.0"))))
                .contains(new Reading.Closed(Duration.ofSeconds(2)));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "8,60", "10,1", "100,60", "1000,3600"})
    void noWindow_seesMoreCallsThanItMay(int most, int seconds) {
        BudgetTerms.Bucket bucket = new CallsPerWindow("", most, Duration.ofSeconds(seconds)).bucket();

        // From a full bucket, in a window that began a hundredth early.
        double sent = Math.floor(bucket.limit() + bucket.refillPerSecond() * seconds * 1.04);
        assertThat(sent).isLessThanOrEqualTo(most);
        assertThat(bucket.refillPerSecond() * seconds).isGreaterThanOrEqualTo(most * 0.9);
    }

    @ParameterizedTest
    @CsvSource({"2,8,60", "2,88,60", "2,3,60", "1,4,60", "2,600,60"})
    void callsThatAreSpared_areNoMoreInAnyWindow_andNeverACatalogues(int spared, int most, int seconds) {
        BudgetTerms.Bucket bucket = CallsPerWindow.sparing(spared, "", most, Duration.ofSeconds(seconds))
                .bucket();

        assertThat(Math.floor(bucket.limit() + bucket.refillPerSecond() * seconds * 1.04))
                .isLessThanOrEqualTo(most);
        if (most > 3 * spared) {
            assertThat(bucket.limit()).isGreaterThanOrEqualTo(1 + spared);
            assertThat(bucket.headroom(Lane.CATALOGUE) * bucket.limit()).isCloseTo(spared, within(1e-9));
            assertThat(bucket.headroom(Lane.STOCK)).isZero();
        }
    }

    @Test
    void tooManyCalls_closeForAsLongAsStated_orASecond() {
        assertThat(calls.learn(answer(429, "{\"code\":36009002}", Map.of("retry-after", "7"))))
                .contains(new Reading.Closed(Duration.ofSeconds(7)));
        assertThat(calls.learn(answer(429, "{\"code\":36009002}"))).contains(new Reading.Closed(Duration.ofSeconds(1)));
        assertThat(calls.learn(answer(200, "{\"code\":0}"))).isEmpty();
    }

    @Test
    void tooManyCalls_mayBeToldByTheBodyToo() {
        BudgetTerms byBody = calls.closing(answer -> answer.text().contains("36009002"), Duration.ofSeconds(4));

        assertThat(byBody.learn(answer(200, "{\"code\":36009002}")))
                .contains(new Reading.Closed(Duration.ofSeconds(4)));
    }

    @Test
    void callsPerWindow_refusesFiguresThatLetNothingThrough() {
        assertThatThrownBy(() -> new CallsPerWindow("", 0, Duration.ofSeconds(1)))
                .hasMessageContaining("calls: 0 in PT1S (expected: 1 or more");
    }

    @Test
    void usage_slowsDownBeforeItIsFull() {
        assertThat(usage.learn(used("{\"call_count\":28,\"total_time\":25,\"total_cputime\":60}")))
                .isEmpty();
        assertThat(usage.learn(used("{\"call_count\":28,\"total_time\":80,\"total_cputime\":25}")))
                .contains(new Reading.Pace(0.5));
        assertThat(usage.learn(used("{\"call_count\":99.9,\"total_time\":1,\"total_cputime\":1}")))
                .contains(new Reading.Pace(0.05));
    }

    @Test
    void fullUsage_closesForTheMinutesThatItNames() {
        assertThat(usage.learn(answer(400, "", Map.of("x-business-use-case-usage", """
                {"24000000000000099":[{"type":"catalog_batch","call_count":101,"total_cputime":30,"total_time":31,
                 "estimated_time_to_regain_access":1}],"7":[{"type":"ads","call_count":2,"estimated_time_to_regain_access":3}]}"""))))
                .contains(new Reading.Closed(Duration.ofMinutes(3)));
    }

    @Test
    void fullUsage_ofAnAdAccount_closesForTheSecondsUntilItIsReset() {
        assertThat(usage.learn(answer(200, "", Map.of("x-ad-account-usage", """
                {"acc_id_util_pct":100,"reset_time_duration":90,"ads_api_access_tier":"standard"}"""))))
                .contains(new Reading.Closed(Duration.ofSeconds(90)));
    }

    @Test
    void fullUsage_thatNamesNoTime_closesForAMinute() {
        assertThat(usage.learn(used("{\"call_count\":100}"))).contains(new Reading.Closed(Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "[]", "7", "{\"a\":[]}", "{\"call_count\":\"x\"}"})
    void usageThatCannotBeRead_saysNothing(String value) {
        assertThat(usage.learn(used(value))).isEmpty();
    }

    @Test
    void windowThatHeedsUsage_closesByEither() {
        BudgetTerms both = new CallsPerWindow("catalog", 8, Duration.ofMinutes(1)).heeding(usage);

        assertThat(both.bucket().name()).isEqualTo("catalog");
        assertThat(both.learn(used("{\"call_count\":100}"))).contains(new Reading.Closed(Duration.ofMinutes(1)));
        assertThat(both.learn(answer(429, ""))).contains(new Reading.Closed(Duration.ofSeconds(1)));
    }

    @Test
    void serverUnderPressure_isClosed_orSlowedDown() {
        assertThat(pressure.learn(answer(503, "", Map.of("retry-after", "9"))))
                .contains(new Reading.Closed(Duration.ofSeconds(9)));
        assertThat(pressure.learn(answer(429, "{\"message\":\"Too Many Requests\"}")))
                .contains(new Reading.Closed(Duration.ofSeconds(2)));
        assertThat(pressure.learn(answer(500, ""))).contains(new Reading.Slower(0.5));
        assertThat(pressure.learn(new HttpAnswer(200, Map.of(), new byte[0], Duration.ofSeconds(6))))
                .contains(new Reading.Slower(0.8));
        assertThat(pressure.learn(answer(200, ""))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2|PT2S",
                "0.25|PT0.25S",
                "99999999|PT24H",
                "Mon, 30 Nov 2026 10:00:09 GMT|PT9S",
                "Mon, 30 Nov 2026 09:00:00 GMT|PT0S"
            })
    void retryAfter_isSecondsOrADate(String value, Duration expected) {
        assertThat(RetryAfter.in(
                        answer(429, "", Map.of("retry-after", value, "date", "Mon, 30 Nov 2026 10:00:00 GMT"))))
                .contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1e9"})
    void retryAfterThatCannotBeRead_saysNothing(String value) {
        assertThat(RetryAfter.in(answer(429, "", Map.of("retry-after", value)))).isEmpty();
    }

    private static HttpAnswer used(String value) {
        return answer(200, "{}", Map.of("x-app-usage", value));
    }

    private static HttpAnswer answer(int status, String body) {
        return answer(status, body, Map.of());
    }

    private static HttpAnswer answer(int status, String body, Map<String, String> headers) {
        return new HttpAnswer(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }
}
