package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which SKUs did an answer of code 0 refuse? They are named in {@code data.errors}; those not named were taken. */
final class Refusals {
    private Refusals() {}

    /** Refusals by the platform's id of the SKU. */
    static Map<String, ChannelException> of(String operation, JsonNode data) {
        Map<String, ChannelException> refusals = new LinkedHashMap<>();
        for (JsonNode error : data.path("errors")) {
            JsonNode cause = cause(error);
            int code = cause.path("code").asInt();
            String text =
                    error.path("code").asText() + " " + error.path("message").asText()
                            + (cause.equals(error)
                                    ? ""
                                    : ": " + code + " " + cause.path("message").asText());
            refusals.put(
                    sku(error),
                    new ChannelException(
                            TikTokCodes.fault(code, cause.path("message").asText(), true), operation + ": " + text));
        }
        return refusals;
    }

    /** SKUs whose stock is only taken together with that of all other warehouses. */
    static Set<String> forWantOfWarehouses(JsonNode data) {
        Set<String> skus = new TreeSet<>();
        for (JsonNode error : data.path("errors")) {
            if (cause(error).path("code").asInt() == TikTokCodes.EVERY_WAREHOUSE
                    || error.path("code").asInt() == TikTokCodes.EVERY_WAREHOUSE) {
                skus.add(sku(error));
            }
        }
        return skus;
    }

    private static JsonNode cause(JsonNode error) {
        JsonNode extra = error.path("detail").path("extra_errors").path(0);
        return extra.isMissingNode() ? error : extra;
    }

    private static String sku(JsonNode error) {
        return error.path("detail").path("sku_id").asText();
    }
}
