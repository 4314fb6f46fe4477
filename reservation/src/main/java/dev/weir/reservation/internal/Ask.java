package dev.weir.reservation.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.weir.connectors.Sku;
import dev.weir.reservation.Attribution;
import dev.weir.reservation.Hold;
import dev.weir.reservation.HoldOutcome;
import dev.weir.reservation.HoldRequest;
import dev.weir.reservation.PreOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What is asked of the gate and the ledger, summed and hashed once?
 *
 * @param units per SKU of stock, in order of SKU: a bundle is asked for as its components
 * @param epoch of the gate that let it in, and {@code seq} its number there; both 0 when the ledger decides alone
 * @param hash equal for repeats of one request: who asks for which lines; not when or how it was attributed
 * @param preOrder what its buyer is told of units to come; known once it is granted
 * @param recipes by which the lines became units
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
        long seq,
        List<PreOrder> preOrder,
        Recipes recipes) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    /** How keys begin that holds handed over have, and no others. */
    static final String WAITLIST_KEYS = "waitlist/";

    /** What a buyer waits for: units of stock, not bundles, for which there is no line. */
    static Ask waiting(HoldRequest request, Secrets secrets, Instant at) {
        return of(request, secrets, Recipes.NONE, at, Duration.ZERO);
    }

    static Ask of(HoldRequest request, Secrets secrets, Recipes recipes, Instant at, Duration life) {
        UUID id = secrets.holdId(request.brand(), request.idempotencyKey());
        String attribution = json(request.attribution());
        if (attribution.contains("\\u0000")) {
            throw new IllegalArgumentException("attribution: has the character NUL (expected: text without it)");
        }
        NavigableMap<Sku, Integer> units = Collections.unmodifiableNavigableMap(recipes.units(request.lines()));
        byte[] hash = Secrets.sha256(request.showId() + "\n" + request.buyer() + "\n" + request.lines());
        return new Ask(
                request, id, secrets.token(id), hash, attribution, units, at, at.plus(life), 0, 0, List.of(), recipes);
    }

    /** The same, let in by the gate. */
    Ask admitted(long inEpoch, long asSeq) {
        return new Ask(
                request, holdId, token, hash, attribution, units, at, expiresAt, inEpoch, asSeq, preOrder, recipes);
    }

    /** The same, of units of which some are to come. */
    Ask toCome(List<PreOrder> told) {
        return new Ask(request, holdId, token, hash, attribution, units, at, expiresAt, epoch, seq, told, recipes);
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
                request.attribution(),
                preOrder);
    }

    String brand() {
        return request.brand();
    }

    /** Too few of {@code scarce}, said in the words of the asker. */
    HoldOutcome.SoldOut soldOut(Sku scarce, int available) {
        Map<Sku, Integer> asked = new TreeMap<>();
        request.lines().forEach(line -> asked.merge(line.sku(), line.quantity(), Integer::sum));
        return recipes.soldOut(asked, scarce, available);
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
