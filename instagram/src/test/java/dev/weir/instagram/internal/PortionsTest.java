package dev.weir.instagram.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortionsTest {
    private static final int MOST_BYTES = 28_000_000;

    @Test
    void items_areCutByNumber() {
        List<List<ObjectNode>> portions = CatalogueBatch.portions(Collections.nCopies(5_001, item("A", "x")));

        assertThat(portions).extracting(List::size).containsExactly(2_500, 2_500, 1);
        assertThat(CatalogueBatch.portions(List.of())).isEmpty();
    }

    @Test
    void items_ofLongDescriptions_areCutByBytes_inWhateverAlphabet() {
        for (String letter : List.of("x", "é", "茶", "😀")) {
            List<ObjectNode> items = Collections.nCopies(2_500, item("A", letter.repeat(9_999 / letter.length())));

            List<List<ObjectNode>> portions = CatalogueBatch.portions(items);

            assertThat(portions.stream().mapToInt(List::size).sum()).isEqualTo(2_500);
            assertThat(portions)
                    .allSatisfy(portion -> assertThat(bytes(portion)).isLessThan(MOST_BYTES));
        }
    }

    private static long bytes(List<ObjectNode> portion) {
        long one = portion.getFirst().toString().getBytes(StandardCharsets.UTF_8).length + 64L;
        return one * portion.size();
    }

    private static ObjectNode item(String sku, String description) {
        return GraphClient.JSON.createObjectNode().put("id", sku).put("description", description);
    }
}
