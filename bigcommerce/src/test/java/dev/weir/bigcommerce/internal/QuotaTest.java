package dev.weir.bigcommerce.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.http.HttpAnswer;
import dev.weir.connectors.http.Reading;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What do the quota's headers say of what may be sent? */
class QuotaTest {
    private final Quota quota = new Quota();

    @Test
    void freshWindow_hasAFifthAtOnce_andTheRestOverItsLength() {
        assertThat(quota.learn(answer(200, "150", "149", "30000", "30000")))
                .contains(new Reading.Level(29, 30, 4, null));
    }

    @Test
    void whatWasNotUsed_mayGoAtOnce_towardsTheWindowsEnd() {
        assertThat(quota.learn(answer(200, "150", "149", "30000", "15000")))
                .contains(new Reading.Level(89, 30, 4, null));
    }

    @Test
    void whatOthersTook_isMissed() {
        assertThat(quota.learn(answer(200, "150", "0", "30000", "10000")))
                .contains(new Reading.Level(-40, 30, 4, null));
    }

    @Test
    void largerPlan_isUsed() {
        assertThat(quota.learn(answer(404, "450", "400", "30000", "20000")))
                .contains(new Reading.Level(160, 90, 12, null));
    }

    @Test
    void tooMany_closesUntilTheReset_orAsLongAsItSays_or2Seconds() {
        assertThat(quota.learn(answer(429, "150", "0", "30000", "12500")))
                .contains(new Reading.Closed(Duration.ofMillis(12_500)));
        assertThat(quota.learn(new HttpAnswer(429, Map.of("retry-after", "4"), new byte[0])))
                .contains(new Reading.Closed(Duration.ofSeconds(4)));
        assertThat(quota.learn(new HttpAnswer(429, Map.of(), new byte[0])))
                .contains(new Reading.Closed(Duration.ofSeconds(2)));
    }

    @Test
    void headersThatAreMissingOrNoNumbers_sayNothing() {
        assertThat(quota.learn(new HttpAnswer(200, Map.of(), new byte[0]))).isEmpty();
        assertThat(quota.learn(answer(200, "many", "149", "30000", "1"))).isEmpty();
        assertThat(quota.learn(answer(200, "150", "149", "0", "1"))).isEmpty();
        assertThat(quota.learn(answer(200, "0", "0", "30000", "1"))).isEmpty();
    }

    private static HttpAnswer answer(int status, String calls, String left, String window, String reset) {
        Map<String, String> headers = new HashMap<>();
        headers.put("x-rate-limit-requests-quota", calls);
        headers.put("x-rate-limit-requests-left", left);
        headers.put("x-rate-limit-time-window-ms", window);
        headers.put("x-rate-limit-time-reset-ms", reset);
        return new HttpAnswer(status, headers, new byte[0]);
    }
}
