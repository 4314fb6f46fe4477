package dev.weir.instagram.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ContractBase;
import dev.weir.connectors.Listing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How do a show's items become one set, however often they are written? */
class ProductSetStoriesTest extends ContractBase {
    private static final String FILTER = "{\"custom_label_0\":{\"eq\":\"Tonight's drop\"}}";

    @Override
    protected String channel() {
        return "instagram";
    }

    @Test
    void set_isMadeOnce_andSelectsWhatWasWritten() {
        Listing tee = Objects.requireNonNull(bench.listings().get(TEE));

        write(tee);
        write(tee);

        assertThat(sets()).singleElement().satisfies(set -> {
            assertThat(set.path("name").asText()).isEqualTo("Tonight's drop");
            assertThat(set.path("filter").asText()).isEqualTo(FILTER);
        });
        assertThat(labelled()).isEqualTo(1);
    }

    @Test
    void set_whoseAnswerWasLost_isFoundAgain_notMadeTwice() {
        Listing tee = Objects.requireNonNull(bench.listings().get(TEE));
        bench.server().loseAnswer(Pattern.compile("product_sets\\?appsecret_proof"));

        write(tee);

        assertThat(sets()).hasSize(1);
    }

    @Test
    void set_whoseAnswerWasAFailureAfterTheWrite_isFoundAgain_notMadeTwice() {
        Listing tee = Objects.requireNonNull(bench.listings().get(TEE));
        bench.platform().flip(Habit.LOSES_ANSWERS.text(), true);

        write(tee);

        assertThat(sets()).hasSize(1);
    }

    @Test
    void set_thatSelectsSomethingElse_isMended() {
        Listing tee = Objects.requireNonNull(bench.listings().get(TEE));
        write(tee);
        ObjectNode set = sets().getFirst();
        ((InstagramSandbox) bench.platform()).rewrite(set.put("filter", "{}"));

        write(tee);

        assertThat(sets())
                .singleElement()
                .satisfies(one -> assertThat(one.path("filter").asText()).isEqualTo(FILTER));
    }

    @Test
    void withoutASetNamed_noneIsMade() {
        channelUnderTest()
                .catalogueWrite(bench.connection())
                .write(List.of(Objects.requireNonNull(bench.listings().get(TEE))));

        assertThat(sets()).isEmpty();
        assertThat(labelled()).isZero();
    }

    private void write(Listing listing) {
        Map<String, String> settings = new HashMap<>(bench.connection().settings());
        settings.put("productSet", "Tonight's drop");
        channelUnderTest().catalogueWrite(bench.connection(settings)).write(List.of(listing));
    }

    private List<ObjectNode> sets() {
        return ((InstagramSandbox) bench.platform()).productSets();
    }

    private int labelled() {
        return ((InstagramSandbox) bench.platform()).selectedBy(FILTER);
    }
}
