package dev.weir.reservation.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.weir.reservation.PreOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How does the row of a hold keep what its buyer was told of units to come? Null for none, which is nearly always. */
final class PreOrders {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();
    private static final TypeReference<List<PreOrder>> LIST = new TypeReference<>() {};

    private PreOrders() {}

    static @Nullable String json(List<PreOrder> told) {
        try {
            return told.isEmpty() ? null : JSON.writeValueAsString(told);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("preOrder: cannot be written as JSON", e);
        }
    }

    static List<PreOrder> read(@Nullable String json) {
        try {
            return json == null ? List.of() : JSON.readValue(json, LIST);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("preOrder: not readable (expected: what was written)", e);
        }
    }
}
