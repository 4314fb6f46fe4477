package dev.weir.hub.internal;

import dev.weir.routes.DriftSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** How often are shops compared, and how much may be healed without asking? Keys below {@code weir.drift.}, as {@link DriftSettings} has them. */
@ConfigurationProperties("weir.drift")
record DriftLimits(
        @DefaultValue("1h") Duration every,
        @DefaultValue("true") boolean heals,
        @DefaultValue("500") int mostSkus,
        @DefaultValue("5") int mostPercent,
        @DefaultValue("0") long mostWorth,
        @DefaultValue("2d") Duration window) {
    DriftSettings settings() {
        return new DriftSettings(every, heals, mostSkus, mostPercent, mostWorth, window);
    }
}
