package dev.weir.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.live.CommentSales.Ask;
import dev.weir.live.CommentSales.Rules;
import dev.weir.live.CommentSales.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which comments ask for a product? */
class CommentSalesTest {
    private static final Sku MUG = new Sku("MUG-SAGE");
    private static final Sku BOWL = new Sku("BOWL");

    private final LiveBench bench = new LiveBench();
    private final Show show = bench.show(MUG, BOWL);
    private final CommentSales sales = bench.live.commentSales();

    @Test
    void noCommentBuys_untilSomebodySaysSo() {
        bench.live.runSheet().pin(show.id(), MUG);

        assertThat(ask("mug-sage")).isEmpty();
        assertThat(sales.rules(show.id())).isEqualTo(Rules.OFF);
    }

    @ParameterizedTest
    @CsvSource({
        "MUG-SAGE, 1",
        "mug-sage x2, 2",
        "SOLD 7, 1",
        "'#7!! ❤️', 1",
        "7 x3 please, 3",
        "2x mug-sage, 2",
        "'I want 2 MUG-SAGE', 2",
        "'MUG-SAGE, 12', 12"
    })
    void comment_thatSaysTheProductAndNothingElse_asksForIt(String text, int quantity) {
        sales.setRules(show.id(), new Rules(Scope.SHEET, 5, Map.of(MUG, "7")));

        Ask ask = ask(text).orElseThrow();

        assertThat(ask.sku()).isEqualTo(MUG);
        assertThat(ask.quantity()).isEqualTo(quantity);
        assertThat(ask.most()).isEqualTo(5);
        assertThat(ask.unitPrice()).isEqualTo(Money.of("10.00", "EUR"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MUG-SAGE?",
                "is the MUG-SAGE dishwasher safe",
                "MUG-SAGE or BOWL",
                "MUG-SAGE 2 3",
                "MUG-SAGE x0",
                "MUG",
                "2",
                "❤️❤️",
                "not MUG-SAGE"
            })
    void comment_thatAsksJokesOrNamesTwo_asksForNothing(String text) {
        sales.setRules(show.id(), new Rules(Scope.SHEET, 5, Map.of()));

        assertThat(ask(text)).isEmpty();
    }

    @Test
    void onlyWhatIsPinned_orWasAMinuteAgo_canBeAskedFor() {
        sales.setRules(show.id(), new Rules(Scope.PINNED, 5, Map.of(BOWL, "RAMEN")));
        bench.live.runSheet().pin(show.id(), MUG);
        bench.clock.turn(Duration.ofSeconds(30));
        bench.live.runSheet().pin(show.id(), BOWL);

        assertThat(ask("mug-sage")).isPresent();
        assertThat(ask("ramen").orElseThrow().pinned()).isEqualTo(BOWL);
        bench.clock.turn(Duration.ofSeconds(61));
        assertThat(ask("mug-sage")).isEmpty();
        assertThat(ask("ramen")).isPresent();
    }

    @Test
    void commentOfTheSecondInWhichTheHostPinned_counts() {
        sales.setRules(show.id(), new Rules(Scope.PINNED, 5, Map.of()));
        Instant second = bench.clock.instant();
        bench.clock.turn(Duration.ofMillis(700));
        bench.live.runSheet().pin(show.id(), MUG);

        assertThat(sales.ask(show.id(), "mug-sage", second)).isPresent();
    }

    @Test
    void priceIsTheFlashPrice_whileItRuns() {
        sales.setRules(show.id(), new Rules(Scope.SHEET, 5, Map.of()));
        bench.live.runSheet().flashPrice(show.id(), MUG, Money.of("7.50", "EUR"), null);

        assertThat(ask("mug-sage").orElseThrow().unitPrice()).isEqualTo(Money.of("7.50", "EUR"));
    }

    @Test
    void rules_areKept_andRefusedWhereAWordWouldMeanTwoThings() {
        Rules rules = new Rules(Scope.PINNED, 3, Map.of(MUG, "tasse", BOWL, "SCHÜSSEL"));
        sales.setRules(show.id(), rules);

        assertThat(sales.rules(show.id()))
                .isEqualTo(new Rules(Scope.PINNED, 3, Map.of(MUG, "TASSE", BOWL, "SCHÜSSEL")));
        refused(Map.of(MUG, "BOWL"), "keyword: BOWL (expected: one that does not mean BOWL)");
        refused(Map.of(MUG, "a b"), "keyword: a b (expected: 1..30 letters");
        refused(Map.of(new Sku("OTHER"), "X"), "sku: OTHER (expected: one on the run sheet");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Rules(Scope.SHEET, 21, Map.of()))
                .withMessage("mostUnits: 21 (expected: 1..20)");
        assertThat(sales.rules(show.id()).mostUnits()).isEqualTo(3);
    }

    private void refused(Map<Sku, String> keywords, String words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sales.setRules(show.id(), new Rules(Scope.SHEET, 5, keywords)))
                .withMessageContaining(words);
    }

    private Optional<Ask> ask(String text) {
        return sales.ask(show.id(), text, bench.clock.instant());
    }
}
