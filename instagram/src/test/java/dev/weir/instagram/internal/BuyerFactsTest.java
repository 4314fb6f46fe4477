package dev.weir.instagram.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuyerFactsTest {
    @ParameterizedTest
    @CsvSource({
        "foo@foo.com,c3a4e32134f513530996852c6fa1b0856972414a2b993bc252f936a27c6cdf1a",
        "buyer@example.com,6a6c26195c3682faa816966af789717c3bfa834eee6c599d667d2b3429c27cfd",
        "' Buyer@Example.COM ',6a6c26195c3682faa816966af789717c3bfa834eee6c599d667d2b3429c27cfd",
        "15551234567,d6736136ea896c1bfdc553e0e86e702c70d060d805696ca3e4e9e0961353860a"
    })
    void fact_ofTheReferenceVectors_isItsHash(String fact, String hash) {
        assertThat(BuyerFacts.hashed(fact)).isEqualTo(hash);
    }

    @Test
    void click_holdsWhenItWasMade_inMilliseconds() {
        assertThat(BuyerFacts.fbc("AbCdEf", Instant.ofEpochMilli(1_794_999_000_000L)))
                .isEqualTo("fb.1.1794999000000.AbCdEf");
    }
}
