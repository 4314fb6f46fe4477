package dev.weir.reservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

class ReservationSettingsTest {
    @Test
    void defaults_areThePromisedOnes() {
        assertThat(ReservationSettings.defaults().holdFor()).isEqualTo(Duration.ofSeconds(90));
        assertThat(ReservationSettings.defaults().payingFor()).isEqualTo(Duration.ofSeconds(180));
        assertThat(ReservationSettings.defaults().serverTime()).isTrue();
        assertThat(ReservationSettings.defaults().atModuleTime().serverTime()).isFalse();
    }

    @Test
    void valuesOutOfRange_areNamed() {
        Duration fine = Duration.ofSeconds(2);
        assertThatThrownBy(() -> new ReservationSettings(Duration.ZERO, fine, fine, fine, true))
                .hasMessage("holdFor: PT0S (expected: PT1S..PT10M)");
        assertThatThrownBy(() -> new ReservationSettings(fine, fine, Duration.ofSeconds(6), fine, true))
                .hasMessage("redisTimeout: PT6S (expected: PT0.01S..PT5S)");
    }

    @Test
    void shortSecret_isRefused() {
        assertThatThrownBy(() -> ReservationModule.create(
                        Servers.database(),
                        new DataSourceTransactionManager(Servers.database()),
                        null,
                        new byte[15],
                        events -> {},
                        Clock.systemUTC()))
                .hasMessage("secret: 15 bytes (expected: 16 or more)");
    }
}
