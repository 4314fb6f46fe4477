package dev.weir.hub.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How are the hub's answers to ops written in a terminal? One line a row, in columns. */
final class OpsWords {
    private OpsWords() {}

    static String delivery(JsonNode one) {
        String waits = one.path("waitsFor").isTextual()
                ? "  waits for " + one.path("waitsFor").asText()
                : "";
        String alarm = one.path("alarm").asBoolean() ? "  OVER A DAY" : "";
        return "%s  %s  %-9s %3d  %-12s %-28s %s%s%s"
                .formatted(
                        one.path("id").asText(),
                        one.path("receivedAt").asText(),
                        one.path("state").asText(),
                        one.path("attempts").asInt(),
                        one.path("channel").asText(),
                        one.path("topic").asText(),
                        one.path("reason").asText(""),
                        waits,
                        alarm)
                .stripTrailing();
    }

    static String act(JsonNode one) {
        return "%s  %-20s %-24s %s  %s"
                .formatted(
                        one.path("at").asText(),
                        one.path("act").asText(),
                        one.path("by").asText(),
                        one.path("subject").asText(),
                        one.path("words").asText())
                .stripTrailing();
    }

    static List<String> whole(JsonNode one) {
        List<String> lines = new ArrayList<>();
        lines.add(delivery(one));
        one.path("headers")
                .properties()
                .forEach(header ->
                        lines.add(header.getKey() + ": " + header.getValue().asText()));
        lines.add("");
        lines.add(one.path("body").asText());
        for (JsonNode copy : one.path("repairs")) {
            lines.add("");
            lines.add("Copy " + copy.path("n").asInt() + ", " + copy.path("by").asText() + ", "
                    + copy.path("at").asText() + ": " + copy.path("note").asText(""));
            lines.add(copy.path("body").asText());
        }
        return lines;
    }

    static List<String> connections(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        for (JsonNode stake : answer.path("stakes")) {
            String id = stake.path("connectionId").asText();
            lines.add(id + "  " + stake.path("name").asText());
            lines.add(
                    "  waiting: %d orders%s, %d stock levels (%d s behind), %d errands; %d held units it does not hear of"
                            .formatted(
                                    stake.path("orders").asInt(),
                                    worth(stake.path("worth")),
                                    stake.path("levels").asInt(),
                                    stake.path("behindSeconds").asLong(),
                                    stake.path("errands").asInt(),
                                    stake.path("heldUnits").asInt()));
            for (JsonNode lane : answer.path("items")) {
                if (lane.path("connectionId").asText().equals(id)) {
                    lines.add("  budget: %d of %d left, %d waiting; breaker %s %s"
                            .formatted(
                                    lane.path("remaining").asLong(),
                                    lane.path("limit").asLong(),
                                    lane.path("waiting").asLong(),
                                    lane.path("breaker").asText().toLowerCase(Locale.ROOT),
                                    lane.path("bucket").asText(""))
                            .stripTrailing());
                }
            }
        }
        return lines.isEmpty() ? List.of("No shop is connected.") : lines;
    }

    private static String worth(JsonNode worth) {
        List<String> each = new ArrayList<>();
        worth.forEach(money -> each.add(
                money.path("amount").asText() + " " + money.path("currency").asText()));
        return each.isEmpty() ? "" : " worth " + String.join(" and ", each);
    }

    static List<String> trial(JsonNode trial) {
        List<String> lines = new ArrayList<>();
        lines.add(
                trial.path("ok").asBoolean()
                        ? "It can be read."
                        : "It cannot be read: " + trial.path("refusal").asText());
        trial.path("differences")
                .forEach(one -> lines.add("  "
                        + (one.path("field").asText().isEmpty()
                                ? "the whole"
                                : one.path("field").asText()) + ": "
                        + one.path("before") + " -> " + one.path("after")));
        return lines;
    }

    static List<String> repaired(JsonNode answer) {
        return List.of("Copy " + answer.path("copy").asInt() + " of delivery "
                + answer.path("id").asText() + " is handled in its place.");
    }
}
