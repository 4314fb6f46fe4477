package dev.weir.console;

import dev.weir.console.FixtureShop.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What staff is told of comments under a live, of purchases told to platforms, and of the sandbox's bad habits. */
final class FixtureOnAir {
    private static final String COCKPIT = "/api/shows/sh_01/cockpit/";

    final List<String> asked = new CopyOnWriteArrayList<>();
    volatile boolean hasSandbox = true;
    volatile String orders = "{\"items\":[]}";
    private final FixtureShow show;
    private final Map<String, Boolean> habits = new LinkedHashMap<>();
    private volatile String scope = "OFF";
    private volatile boolean parked = true;

    FixtureOnAir(FixtureShow show) {
        this.show = show;
        List.of("instagram/late-deliveries", "instagram/500-after-write", "shopify/throttled", "magento/index-lag")
                .forEach(habit -> habits.put(habit, false));
    }

    Optional<Answer> answer(String call, String body) {
        if (!call.startsWith("GET ")
                && (call.contains("/cockpit/") || call.contains("/rehearsal") || call.contains("/conversions"))) {
            asked.add(call + " " + body);
        }
        if (call.contains(" /api/rehearsal")) {
            return Optional.of(hasSandbox ? rehearsal(call, body) : new Answer(404, "{\"status\":404}"));
        }
        return switch (call) {
            case "GET " + COCKPIT + "chat" -> Optional.of(new Answer(200, show.chatJson()));
            case "GET " + COCKPIT + "comment-orders" -> Optional.of(new Answer(200, orders));
            case "GET " + COCKPIT + "comment-sales" -> Optional.of(new Answer(200, rules()));
            case "PUT " + COCKPIT + "comment-sales" -> {
                scope = body.contains("scope") ? FixtureShop.field(body, "scope") : scope;
                yield Optional.of(new Answer(200, rules()));
            }
            case "POST " + COCKPIT + "comment-orders/co_1/link" ->
                Optional.of(new Answer(200, "{\"link\":\"https://hub.example/shows/kiln-night#hold=h1.tok-h1\"}"));
            case "GET /api/conversions" -> Optional.of(new Answer(200, conversions()));
            case "POST /api/conversions/W-2026-0412/cn_3/retry" -> {
                parked = false;
                yield Optional.of(new Answer(202, ""));
            }
            default -> Optional.empty();
        };
    }

    private String rules() {
        return "{\"scope\":\"" + scope + "\",\"mostUnits\":5,\"keywords\":{\"MUG-OCEAN\":\"TASSE\"}}";
    }

    private String conversions() {
        return parked ? """
                {"items":[{"orderId":"W-2026-0412","connectionId":"cn_3","state":"PARKED","attempts":1,
                 "reason":"REJECTED: events: 1 purchases are older than 7 days","createdAt":"2026-11-24T18:00:00Z"}]}""" : "{\"items\":[]}";
    }

    private Answer rehearsal(String call, String body) {
        String[] path = call.split("/");
        if (call.startsWith("DELETE ")) {
            habits.replaceAll((habit, on) -> false);
        } else if (call.startsWith("PUT ")) {
            if (path[4].equals("index-lag")) {
                return new Answer(409, "{\"title\":\"Not now\",\"status\":409,\"detail\":\"index-lag is stuck\"}");
            }
            habits.put(path[3] + "/" + path[4], body.contains("true"));
            return new Answer(200, platform(path[3]));
        }
        return new Answer(
                200,
                "{\"items\":[" + platform("instagram") + "," + platform("shopify") + "," + platform("magento")
                        + ",{\"channel\":\"stripe\",\"title\":\"stripe\",\"quirks\":[]}]}");
    }

    private String platform(String channel) {
        StringBuilder quirks = new StringBuilder();
        habits.forEach((habit, on) -> {
            if (habit.startsWith(channel + "/")) {
                quirks.append(quirks.isEmpty() ? "" : ",")
                        .append(
                                "{\"name\":\"%s\",\"what\":\"What %s does, and to whom, in a sentence that may be long\",\"on\":%s}"
                                        .formatted(habit.substring(channel.length() + 1), habit, on));
            }
        });
        return "{\"channel\":\"%s\",\"title\":\"%s\",\"quirks\":[%s]}"
                .formatted(
                        channel,
                        channel.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + channel.substring(1),
                        quirks);
    }
}
