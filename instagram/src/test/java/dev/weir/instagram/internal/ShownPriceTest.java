package dev.weir.instagram.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShownPriceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$19.99|USD|19.99 USD",
                "€1.234,50|EUR|1234.50 EUR",
                "1.234,50 €|EUR|1234.50 EUR",
                "1 234,50 €|EUR|1234.50 EUR",
                "$1,234|USD|1234.00 USD",
                "US$20|USD|20.00 USD",
                "19.99 USD|USD|19.99 USD",
                "¥1,990|JPY|1990 JPY",
                "CHF 1'234.50|CHF|1234.50 CHF",
                "BHD 1.234|BHD|1.234 BHD"
            })
    void price_asPeopleWriteIt_isRead(String text, String currency, String expected) {
        assertThat(ShownPrice.parse(text, currency)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "free", "€", "9x9"})
    void price_thatIsNone_isNamed(String text) {
        assertThatThrownBy(() -> ShownPrice.parse(text, "EUR"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("price: " + text);
    }

    @Test
    void price_inNoCurrency_isNamed() {
        assertThatThrownBy(() -> ShownPrice.parse("$1.00", "")).hasMessageContaining("currency");
    }
}
