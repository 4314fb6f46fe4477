package dev.weir.bench.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code bench/run Torture} with few webhooks and few blows. */
class TortureTest {
    private static final TortureSettings SHORT =
            new TortureSettings(400, 1, 1, 1, 1, Duration.ofSeconds(1), Duration.ofSeconds(5), true, 16);

    @Test
    void fourHundredWebhooks_killedFlushedAndCutOff_endAsInPeace() throws Exception {
        TortureRun.Verdict verdict = TortureRun.runTogether(SHORT);

        assertThat(verdict.broken()).as(String.join("\n", verdict.lines())).isEmpty();
    }
}
