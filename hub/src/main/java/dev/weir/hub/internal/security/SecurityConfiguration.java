package dev.weir.hub.internal.security;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.PathPatternRequestMatcherBuilderFactoryBean;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Who may call what: viewers need nothing but the show; everything that is not named here is refused. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class SecurityConfiguration {
    private static final String OPERATOR = Role.OPERATOR.name();
    private static final String PRODUCER = Role.PRODUCER.name();
    private static final String OPS = Role.OPS.name();
    private static final String FINANCE = Role.FINANCE.name();

    /** Requests are measured as such; a span around each filter would cost a tap more than its hold. */
    @Bean
    SecurityObservationSettings observations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    PathPatternRequestMatcherBuilderFactoryBean paths() {
        return new PathPatternRequestMatcherBuilderFactoryBean();
    }

    /** Taps come without a key, thousands at once: they go past all that looks for one. */
    @Bean
    @Order(0)
    SecurityFilterChain unasked(HttpSecurity http) throws Exception {
        PathPatternRequestMatcher.Builder path = PathPatternRequestMatcher.withDefaults();
        return http.securityMatcher(path.matcher(HttpMethod.POST, "/api/holds"))
                .csrf(csrf -> csrf.disable())
                .sessionManagement(session -> session.disable())
                .securityContext(context -> context.disable())
                .anonymous(anonymous -> anonymous.disable())
                .servletApi(api -> api.disable())
                .exceptionHandling(handling -> handling.disable())
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .headers(SecurityConfiguration::headers)
                .build();
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.defaultsDisabled();
        SecurityHeaders.WRITERS.forEach(headers::addHeaderWriter);
    }

    @Bean
    SecurityFilterChain chain(
            HttpSecurity http,
            ApiKeys keys,
            ObjectMapper json,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver refusals)
            throws Exception {
        return http.csrf(csrf -> csrf.disable())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .headers(SecurityConfiguration::headers)
                .addFilterBefore(new ApiKeyFilter(keys, refusals), UsernamePasswordAuthenticationFilter.class)
                .exceptionHandling(handling -> handling.authenticationEntryPoint((request, response, e) -> refuse(
                                json,
                                response,
                                401,
                                "unauthenticated",
                                "Authorization: missing or unknown (expected:" + " Bearer <api key>)"))
                        .accessDeniedHandler((request, response, e) -> refuse(
                                json,
                                response,
                                403,
                                "forbidden",
                                "role: this key's role may not call " + request.getMethod() + " "
                                        + request.getRequestURI())))
                .authorizeHttpRequests(SecurityConfiguration::rules)
                .build();
    }

    private static void rules(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry r) {
        r.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.FORWARD)
                .permitAll();
        r.requestMatchers("/api/shows/*/summary", "/api/shows/*/cockpit/**").hasAnyRole(PRODUCER, OPERATOR);
        r.requestMatchers(HttpMethod.GET, "/api/shows/*/targets").hasAnyRole(PRODUCER, OPERATOR);
        r.requestMatchers(HttpMethod.GET, "/api/shows/*/numbers").hasAnyRole(PRODUCER, OPERATOR);
        r.requestMatchers(HttpMethod.GET, "/api/shows/*/ingest").hasAnyRole(PRODUCER, OPERATOR);
        r.requestMatchers("/api/shows/*/targets/**", "/api/target-presets").hasRole(OPERATOR);
        r.requestMatchers(HttpMethod.GET, "/api/shows/**").permitAll();
        r.requestMatchers(HttpMethod.POST, "/api/shows/*/chat").permitAll();
        r.requestMatchers("/api/shows/**").hasAnyRole(PRODUCER, OPERATOR);
        // A viewer needs nothing, and a host brings a stream key: the media engine judges both itself.
        r.requestMatchers("/whep/**", "/whip/**").permitAll();
        r.requestMatchers(HttpMethod.DELETE, "/replays/**").hasRole(OPERATOR);
        r.requestMatchers("/api/recordings/**").hasRole(OPERATOR);
        r.requestMatchers("/api/holds/*/history", "/api/stock/*/history", "/api/proof/**")
                .hasRole(OPERATOR);
        r.requestMatchers("/api/holds/**", "/api/waitlist/**", "/api/checkouts/**", "/webhooks/**", "/sandbox-pay/**")
                .permitAll();
        r.requestMatchers("/api/connections/**", "/api/channels", "/api/rehearsal/**")
                .hasRole(OPERATOR);
        r.requestMatchers("/api/conversions/**").hasAnyRole(OPERATOR, OPS);
        r.requestMatchers(HttpMethod.GET, "/api/stock/**").hasAnyRole(OPERATOR, OPS, PRODUCER);
        r.requestMatchers("/api/stock/*/allocations/*/clamp").hasAnyRole(OPERATOR, PRODUCER);
        r.requestMatchers("/api/stock/**", "/api/channel-windows/**").hasRole(OPERATOR);
        r.requestMatchers("/api/shortfalls/**").hasAnyRole(OPERATOR, OPS);
        r.requestMatchers(HttpMethod.GET, "/api/attribution/**").hasAnyRole(OPERATOR, FINANCE);
        r.requestMatchers("/api/attribution/**").hasRole(OPERATOR);
        r.requestMatchers(HttpMethod.GET, "/api/bundles/**").hasAnyRole(OPERATOR, OPS, PRODUCER);
        r.requestMatchers("/api/bundles/**").hasRole(OPERATOR);
        r.requestMatchers(HttpMethod.POST, "/api/orders/**").hasAnyRole(OPERATOR, OPS);
        r.requestMatchers("/api/orders/**").hasAnyRole(OPERATOR, OPS, FINANCE);
        r.requestMatchers("/api/payouts/**").hasAnyRole(FINANCE, OPERATOR);
        r.requestMatchers("/api/errands/**", "/api/drift/**", "/api/audit").hasAnyRole(OPERATOR, OPS);
        r.requestMatchers("/api/privacy-requests/**").hasRole(OPERATOR);
        r.requestMatchers(HttpMethod.GET, "/api/webhook-endpoints/**").hasAnyRole(OPERATOR, OPS);
        r.requestMatchers("/api/webhook-endpoints/*/replay").hasAnyRole(OPERATOR, OPS);
        r.requestMatchers("/api/webhook-endpoints/**").hasRole(OPERATOR);
        r.requestMatchers(HttpMethod.POST, "/api/routes/*/versions/*/approve").hasAnyRole(OPS, OPERATOR);
        r.requestMatchers(HttpMethod.GET, "/api/routes/*", "/api/routes/*/versions/*")
                .hasAnyRole(OPS, OPERATOR);
        r.requestMatchers("/api/webhooks/**", "/api/routes/**", "/api/budgets", "/api/mappings/**")
                .hasRole(OPS);
        r.requestMatchers("/api/reports/**").hasAnyRole(FINANCE, OPERATOR);
        r.requestMatchers("/actuator/health/**", "/error").permitAll();
        r.requestMatchers("/actuator/**").hasRole(OPS);
        r.requestMatchers("/v3/api-docs/**").authenticated();
        r.requestMatchers("/api/**").denyAll();
        r.requestMatchers(HttpMethod.GET, "/**").permitAll();
        r.anyRequest().denyAll();
    }

    private static void refuse(ObjectMapper json, HttpServletResponse response, int status, String type, String detail)
            throws IOException {
        response.setStatus(status);
        response.setContentType("application/problem+json");
        if (status == 401) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"weir\"");
        }
        json.writeValue(
                response.getOutputStream(),
                Map.of(
                        "type",
                        "/problems/" + type,
                        "title",
                        status == 401 ? "Sign in first" : "Not for this role",
                        "status",
                        status,
                        "detail",
                        detail));
    }
}
