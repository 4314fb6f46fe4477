package dev.weir.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest {
    private static Connection with(String value) {
        return new Connection(UUID.randomUUID(), "kiln", "shop", "Shop", Map.of("pages", value));
    }

    @Test
    void settingThatIsBlank_isNotSet() {
        assertThat(with("  ").setting("pages", "7")).isEqualTo("7");
        assertThat(with(" 9 ").setting("pages", "7")).isEqualTo("9");
        assertThat(with("").number("pages", 7, 1, 10)).isEqualTo(7);
        assertThat(with("10").number("pages", 7, 1, 10)).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "11", "-1", "1.5", "many", "99999999999"})
    void numberThatIsNone_orOutOfRange_namesSettingValueAndRange(String entered) {
        assertThatThrownBy(() -> with(entered).number("pages", 7, 1, 10))
                .isInstanceOfSatisfying(
                        ChannelException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNAUTHORISED))
                .hasMessage("pages: " + entered + " (expected: 1..10)");
    }
}
