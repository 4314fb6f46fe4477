package dev.weir.instagram.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.connectors.Connection;
import dev.weir.connectors.http.BudgetTerms;
import dev.weir.connectors.http.HttpAnswer;
import dev.weir.connectors.http.Lane;
import dev.weir.connectors.http.RateBudget;
import dev.weir.connectors.http.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphBudgetTest {
    @Test
    void batches_ofANewCatalogue_areEightInAnyMinute_andMoreOnceEntered() {
        BudgetTerms.Bucket fresh = GraphBudget.batches(connection(Map.of())).bucket();
        BudgetTerms.Bucket known = GraphBudget.batches(connection(Map.of("batchCallsPerMinute", "600")))
                .bucket();

        assertThat(fresh.limit() + fresh.refillPerSecond() * 60).isBetween(8.0, 9.0);
        assertThat(known.limit() + known.refillPerSecond() * 60).isCloseTo(600, within(31.0));
        assertThat(fresh.name()).isNotEqualTo(GraphBudget.calls().bucket().name());
    }

    @Test
    void catalogue_leavesTwoBatchesForStock_howeverFewThereAre() {
        BudgetTerms.Bucket fresh = GraphBudget.batches(connection(Map.of())).bucket();

        try (RateBudget budget = RateBudget.inProcess()) {
            UUID shop = UUID.randomUUID();
            assertThat(spend(budget, shop, fresh, Lane.CATALOGUE)).isInstanceOf(RateBudget.Outcome.Spent.class);
            assertThat(spend(budget, shop, fresh, Lane.CATALOGUE)).isInstanceOf(RateBudget.Outcome.Refused.class);
            assertThat(spend(budget, shop, fresh, Lane.STOCK)).isInstanceOf(RateBudget.Outcome.Spent.class);
            assertThat(spend(budget, shop, fresh, Lane.STOCK)).isInstanceOf(RateBudget.Outcome.Spent.class);
            assertThat(spend(budget, shop, fresh, Lane.STOCK)).isInstanceOf(RateBudget.Outcome.Refused.class);
        }
    }

    private static RateBudget.Outcome spend(RateBudget budget, UUID shop, BudgetTerms.Bucket bucket, Lane lane) {
        return budget.spend(new RateBudget.Ask(shop, bucket, lane, 1, Duration.ZERO));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "10001", "999999"})
    void batches_ofANumberThatIsNone_nameTheSetting(String entered) {
        assertThatThrownBy(() -> GraphBudget.batches(connection(Map.of("batchCallsPerMinute", entered))))
                .hasMessageContaining("batchCallsPerMinute: " + entered + " (expected: 1..10000)");
    }

    @Test
    void usage_thatClimbs_slowsDown_andAtAHundredPercentCloses() {
        BudgetTerms terms = GraphBudget.batches(connection(Map.of()));

        assertThat(terms.learn(answer(80, 0))).isEmpty();
        assertThat(terms.learn(answer(85, 0))).isEqualTo(Optional.of(new Reading.Pace(0.75)));
        assertThat(terms.learn(answer(101, 1))).isEqualTo(Optional.of(new Reading.Closed(Duration.ofMinutes(1))));
    }

    private static HttpAnswer answer(int percent, int minutes) {
        String usage = "{\"24\":[{\"type\":\"catalog_batch\",\"call_count\":" + percent
                + ",\"estimated_time_to_regain_access\":" + minutes + "}]}";
        return new HttpAnswer(200, Map.of("x-business-use-case-usage", usage), "{}".getBytes(StandardCharsets.UTF_8));
    }

    private static Connection connection(Map<String, String> settings) {
        return new Connection(UUID.randomUUID(), "demo", "instagram", "Shop", settings);
    }
}
