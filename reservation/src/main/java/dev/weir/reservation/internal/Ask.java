package dev.weir.reservation.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.weir.connectors.Sku;
import dev.weir.reservation.Attribution;
import dev.weir.reservation.Hold;
import dev.weir.reservation.HoldRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What is asked of the gate and the ledger, summed and hashed once?
 *
 * @param units per SKU, in order of SKU
 * @param epoch of the gate that let it in, and {@code seq} its number there; both 0 when the ledger decides alone
 * @param hash equal for repeats of one request: who asks for which lines; not when or how it was attributed
 */
record Ask(
        HoldRequest request,
        UUID holdId,
        String token,
        byte[] hash,
        String attribution,
        NavigableMap<Sku, Integer> units,
        Instant at,
        Instant expiresAt,
        long epoch,
        long seq) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    static Ask of(HoldRequest request, Secrets secrets, Instant at, Duration life) {
        UUID id = secrets.holdId(request.brand(), request.idempotencyKey());
        String attribution = json(request.attribution());
        if (attribution.contains("\\u0000")) {
            throw new IllegalArgumentException("attribution: has the character NUL (expected: text without it)");
        }
        NavigableMap<Sku, Integer> units = Collections.unmodifiableNavigableMap(sum(request.lines()));
        byte[] hash = Secrets.sha256(request.showId() + "\n" + request.buyer() + "\n" + request.lines());
        return new Ask(request, id, secrets.token(id), hash, attribution, units, at, at.plus(life), 0, 0);
    }

    /** The same, let in by the gate. */
    Ask admitted(long inEpoch, long asSeq) {
        return new Ask(request, holdId, token, hash, attribution, units, at, expiresAt, inEpoch, asSeq);
    }

    /** The same, for the ledger to decide alone. */
    Ask notAdmitted() {
        return admitted(0, 0);
    }

    Hold hold() {
        return new Hold(
                holdId,
                request.brand(),
                request.showId(),
                Hold.State.HELD,
                at,
                expiresAt,
                request.lines(),
                request.attribution());
    }

    String brand() {
        return request.brand();
    }

    /** Units per SKU, in order of SKU. */
    static NavigableMap<Sku, Integer> sum(Collection<HoldRequest.Line> lines) {
        NavigableMap<Sku, Integer> units = new TreeMap<>();
        lines.forEach(line -> units.merge(line.sku(), line.quantity(), Math::addExact));
        return units;
    }

    static Attribution attribution(String json) {
        try {
            return JSON.readValue(json, Attribution.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("attribution: not readable (expected: what was written)", e);
        }
    }

    private static String json(Attribution attribution) {
        try {
            return JSON.writeValueAsString(attribution);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("attribution: cannot be written as JSON", e);
        }
    }

    /** SKUs in order. */
    List<Sku> skus() {
        return List.copyOf(units.keySet());
    }
}
