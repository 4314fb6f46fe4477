package dev.weir.hub.internal.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.connectors.Sku;
import dev.weir.hub.internal.watch.TapTimes;
import dev.weir.reservation.HoldOutcome;
import dev.weir.reservation.HoldRequest;
import dev.weir.reservation.Reservations;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Is this tap too late? In a drop nearly every one is: it is told so after one look into Redis, before the filters and converters that
 * cost more than that look. Everything else, and all that is odd about a tap, is left to {@link HoldApi}.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class TooLateFilter extends OncePerRequestFilter {
    private final ObjectMapper json;
    private final EarlyRefusals refusals;
    private final Reservations reservations;
    private final KnownBrands brands;
    private final TapTimes taps;

    TooLateFilter(
            ObjectMapper json, EarlyRefusals refusals, Reservations reservations, KnownBrands brands, TapTimes taps) {
        this.json = json;
        this.refusals = refusals;
        this.reservations = reservations;
        this.brands = brands;
        this.taps = taps;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals(HttpMethod.POST.name())
                || !request.getRequestURI().equals("/api/holds");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long began = System.nanoTime();
        Optional<HoldOutcome.SoldOut> soldOut = soldOut(request);
        if (soldOut.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        taps.count(soldOut.get(), began);
        refusals.refuse(request, response, HoldApi.problem(soldOut.get()));
    }

    private Optional<HoldOutcome.SoldOut> soldOut(HttpServletRequest request) throws IOException {
        HoldApi.NewHold tap;
        try {
            tap = json.readValue(request.getInputStream(), HoldApi.NewHold.class);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        String brand = tap == null || tap.showId() == null ? null : brands.get(tap.showId());
        Map<Sku, Integer> units = tap == null ? Map.of() : units(tap.lines());
        if (brand == null || units.isEmpty()) {
            return Optional.empty();
        }
        String key = request.getHeader("Idempotency-Key");
        if (key == null || key.isBlank()) {
            return reservations.soldOut(brand, UUID.randomUUID().toString(), units);
        }
        return key.length() > HoldRequest.MAX_KEY ? Optional.empty() : reservations.soldOut(brand, key, units);
    }

    /** Empty when a line cannot be a tap's. */
    private static Map<Sku, Integer> units(@Nullable List<HoldApi.LineInput> lines) {
        if (lines == null || lines.size() > HoldRequest.MAX_LINES) {
            return Map.of();
        }
        Map<Sku, Integer> units = new HashMap<>();
        for (HoldApi.LineInput line : lines) {
            Integer quantity = line.quantity();
            String sku = line.sku();
            if (sku == null || quantity == null || quantity < 1 || quantity > HoldRequest.MAX_QUANTITY) {
                return Map.of();
            }
            try {
                units.merge(new Sku(sku), quantity, Integer::sum);
            } catch (IllegalArgumentException e) {
                return Map.of();
            }
        }
        return units;
    }
}
