package dev.weir.hub.internal;

import dev.weir.checkout.PaymentGateway;
import dev.weir.checkout.StripeGateway;
import dev.weir.hub.internal.watch.WatchedGateway;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who takes the money: each gateway is there when its settings are. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PaymentConfiguration.StripeSettings.class)
class PaymentConfiguration {
    /**
     * Stripe's account, from the dashboard's developer page.
     *
     * @param webhookSecrets one, or two while the secret is rotated
     */
    @ConfigurationProperties("weir.stripe")
    record StripeSettings(
            @DefaultValue("https://api.stripe.com") java.net.URI apiBase,
            @DefaultValue("") String secretKey,
            @DefaultValue("") String publishableKey,
            @DefaultValue java.util.List<String> webhookSecrets) {
        /** Names no secret. */
        @Override
        public String toString() {
            return "StripeSettings[" + apiBase + "]";
        }
    }

    @Bean
    @ConditionalOnExpression("!'${weir.stripe.secret-key:}'.isBlank()")
    PaymentGateway stripe(StripeSettings settings, MeterRegistry meters, Clock clock) {
        StripeGateway stripe = new StripeGateway(
                new StripeGateway.Settings(
                        settings.apiBase(), settings.secretKey(), settings.publishableKey(), settings.webhookSecrets()),
                clock);
        return new WatchedGateway(stripe, meters);
    }
}
