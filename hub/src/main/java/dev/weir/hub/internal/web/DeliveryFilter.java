package dev.weir.hub.internal.web;

import dev.weir.connectors.RawWebhook;
import dev.weir.hub.internal.security.SecurityHeaders;
import dev.weir.routes.Inbox;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * The marketplaces' door: {@code POST /webhooks/stripe} and {@code POST /webhooks/{channel}/{connectionId}}. A rush of deliveries costs the
 * hub less here than behind security and MVC, which would take three times what proving and storing one takes.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class DeliveryFilter extends OncePerRequestFilter {
    private static final String BELOW = "/webhooks/";

    private final Deliveries deliveries;
    private final EarlyRefusals refusals;
    private final HandlerExceptionResolver failures;
    private final MeterRegistry meters;
    private final Clock clock;

    DeliveryFilter(
            Deliveries deliveries,
            EarlyRefusals refusals,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver failures,
            MeterRegistry meters,
            Clock clock) {
        this.deliveries = deliveries;
        this.refusals = refusals;
        this.failures = failures;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String[] address = address(request);
        if (address == null) {
            chain.doFilter(request, response);
            return;
        }
        long began = System.nanoTime();
        SecurityHeaders.write(request, response);
        try {
            RawWebhook raw = raw(request);
            answer(
                    request,
                    response,
                    address.length == 1 ? deliveries.ofStripe(raw) : deliveries.ofShop(address[0], address[1], raw));
        } catch (RuntimeException e) {
            if (failures.resolveException(request, response, null, e) == null) {
                throw e;
            }
        }
        meters.timer("weir.webhooks.answered", "status", String.valueOf(response.getStatus()))
                .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, Deliveries.Taken taken)
            throws IOException {
        switch (taken) {
            case Deliveries.Taken.Forged forged ->
                refusals.refuse(
                        request,
                        response,
                        Problem.of(
                                401,
                                "bad-signature",
                                "Not signed by the platform",
                                "signature: " + forged.reason() + " (expected: the platform's own)"));
            case Deliveries.Taken.Stored stored -> {
                byte[] body =
                        ("{\"stored\":true,\"repeated\":" + stored.repeated() + "}").getBytes(StandardCharsets.UTF_8);
                response.setContentType(MediaType.APPLICATION_JSON_VALUE);
                response.setContentLength(body.length);
                response.getOutputStream().write(body);
            }
        }
    }

    /** Whose door is pushed at: Stripe's, or that of a channel and a connection; null when none is. */
    private static String @Nullable [] address(HttpServletRequest request) {
        String path = request.getRequestURI();
        if (!request.getMethod().equals(HttpMethod.POST.name())
                || !path.startsWith(BELOW)
                || path.indexOf(';') >= 0
                || path.indexOf('%') >= 0) {
            return null;
        }
        String[] parts = path.substring(BELOW.length()).split("/", -1);
        boolean isDoor = parts.length == 1
                ? parts[0].equals(Inbox.STRIPE_CHANNEL)
                : parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty();
        return isDoor ? parts : null;
    }

    private RawWebhook raw(HttpServletRequest request) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), request.getHeader(name));
        }
        String query = request.getQueryString() == null ? "" : request.getQueryString();
        return new RawWebhook(headers, query, request.getInputStream().readAllBytes(), clock.instant());
    }
}
