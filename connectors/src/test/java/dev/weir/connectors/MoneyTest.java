package dev.weir.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {
    @ParameterizedTest
    @CsvSource({"12.90,EUR,1290", "12.9,EUR,1290", "1200,JPY,1200", "1.005,KWD,1005", "-3.10,USD,-310"})
    void amount_isCountedInTheCurrencysOwnDigits(String amount, String currency, long minor) {
        assertThat(Money.of(amount, currency).minor()).isEqualTo(minor);
    }

    @ParameterizedTest
    @CsvSource({"12.905,EUR", "1.5,JPY", "twelve,EUR", "12.90,EURO"})
    void amountThatWouldNeedRounding_orIsNone_isRefused(String amount, String currency) {
        assertThatThrownBy(() -> Money.of(amount, currency))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }

    @Test
    void json_isADecimalStringAndACurrency_andReadsBackTheSame() throws Exception {
        ObjectMapper json = new ObjectMapper();

        String text = json.writeValueAsString(Money.of("12.90", "EUR"));

        assertThat(text).isEqualTo("{\"amount\":\"12.90\",\"currency\":\"EUR\"}");
        assertThat(json.readValue(text, Money.class)).isEqualTo(Money.of("12.90", "EUR"));
    }

    @Test
    void currencies_areNeverMixed_andOverflowIsNoSilentWrap() {
        Money euro = Money.of("1.00", "EUR");

        assertThatThrownBy(() -> euro.plus(Money.of("1.00", "USD"))).hasMessageContaining("USD (expected: EUR)");
        assertThatThrownBy(() -> Money.ofMinor(Long.MAX_VALUE, "EUR").plus(euro))
                .isInstanceOf(ArithmeticException.class);
    }
}
