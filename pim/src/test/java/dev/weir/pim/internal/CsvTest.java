package dev.weir.pim.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Are rows read as spreadsheets write them, and is a broken one named? */
class CsvTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sku,title\nA,Mug\n",
                "sku;title\r\nA;Mug\r\n",
                "sku\ttitle\nA\tMug",
                "\uFEFF\"sku\",\"title\"\r\n\"A\",\"Mug\"\r\n\r\n"
            })
    void rows_areObjectsOfTexts_whateverPartsTheirFields(String text) {
        assertThat(Csv.read(text)).map(Object::toString).containsExactly("{\"sku\":\"A\",\"title\":\"Mug\"}");
    }

    @Test
    void quotedField_mayHoldEverything_andAnEmptyOneIsAnEmptyText() {
        assertThat(Csv.read("sku;title;note\nA;\"Mug; \"\"blue\"\"\nlarge\";\n"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.path("title").asText()).isEqualTo("Mug; \"blue\"\nlarge");
                    assertThat(row.path("note").asText("?")).isEmpty();
                });
        assertThat(Csv.read("")).isEmpty();
        assertThat(Csv.read("sku,title\n")).isEmpty();
    }

    @Test
    void brokenRow_isNamed() {
        assertThatThrownBy(() -> Csv.read("sku,title\nA,Mug\nB\n"))
                .isInstanceOfSatisfying(
                        ChannelException.class, e -> assertThat(e.fault()).isEqualTo(Fault.REJECTED))
                .hasMessage("CSV, row 3: 1 fields (expected: 2)");
        assertThatThrownBy(() -> Csv.read("sku,title\nA,\"Mug")).hasMessageContaining("a closing quote");
        assertThatThrownBy(() -> Csv.read("sku,title\nA,\"Mug\"x\n")).hasMessageContaining("behind a quoted field");
    }
}
