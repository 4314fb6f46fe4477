package dev.weir.console;

import dev.weir.console.FixtureShop.Answer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What the staff pages ask for. */
final class FixtureDesk {
    private static final String CEILING = """
            {"type":"/problems/invalid","title":"That cannot be accepted","status":422,"detail":"ceiling: 3 (expected: 5..1000000)",
             "errors":[{"field":"ceiling","value":"3","expected":"5..1000000"}]}""";

    final List<String> asked = new CopyOnWriteArrayList<>();
    volatile boolean isReplaying;
    private volatile boolean isRepaired;
    private final FixtureShow show;

    FixtureDesk(FixtureShow show) {
        this.show = show;
    }

    static String shows(String state) {
        return """
            {"items":[{"id":"sh_01","slug":"kiln-night","title":"Kiln night: the autumn glazes","state":"%s","host":"Ines Ortega","startedAt":"%s"},
             {"id":"sh_02","slug":"wheel","title":"First time at the wheel","state":"PLANNED","host":"Tom Brandt","startsAt":"%s"},
             {"id":"sh_00","slug":"spring","title":"Spring seconds sale","state":"ENDED","host":"Ines Ortega","startsAt":"2026-04-02T17:00:00Z"}],"nextCursor":null}""".formatted(
                        state, Instant.now().minusSeconds(1260), Instant.now().plusSeconds(90_000));
    }

    Answer answer(String call, @Nullable String query, String body) {
        if (call.contains("/targets") && !call.startsWith("GET ")) {
            asked.add(call + " " + body);
            return new Answer(call.startsWith("DELETE ") ? 204 : 200, call.startsWith("DELETE ") ? "" : "{}");
        }
        if (call.startsWith("PUT /api/stock/") || call.equals("POST /api/shortfalls/decisions")) {
            asked.add(call + " " + body);
            return body.contains("\"ceiling\":3,") ? new Answer(422, CEILING) : new Answer(200, body);
        }
        if (call.contains("/api/connections") && !call.startsWith("GET ") && !call.endsWith("/check")) {
            asked.add(call + " " + body);
            return connect(call, body);
        }
        if (call.contains("/api/webhook-endpoints") && !call.startsWith("GET ")) {
            asked.add(call + " " + (query == null ? body : query));
            return system(call);
        }
        if (call.startsWith("POST /api/privacy-requests/")) {
            asked.add(call + " " + body);
            return new Answer(200, "{}");
        }
        if (call.startsWith("POST /api/routes")) {
            asked.add(call + " " + body);
            return FixtureRoutes.answer(call, body);
        }
        if (call.startsWith("POST /api/drift/")) {
            asked.add(call + " " + body);
            return drift(call);
        }
        if (call.equals("GET /api/drift") && query != null && query.contains("state=")) {
            return read("GET /api/drift-" + query.replaceAll(".*state=([A-Z]+).*", "$1"));
        }
        if (call.contains("/api/mappings/") && !call.startsWith("GET ")) {
            asked.add(call + " " + body);
            return map(call, body);
        }
        if (call.startsWith("POST /api/webhooks/") || call.equals("GET /api/audit")) {
            asked.add(call + " " + (query == null ? body : query));
        }
        if (call.endsWith(" /api/webhooks") && query != null && query.contains("q=")) {
            return query.contains("5540")
                    ? read("GET /api/webhooks-found")
                    : new Answer(200, "{\"items\":[],\"nextCursor\":null}");
        }
        if (call.startsWith("GET /api/payouts/")) {
            asked.add(call + " " + query);
            return read(query != null && query.contains("verdict=DIFFERS") ? call + "-DIFFERS" : call);
        }
        if (call.equals("GET /api/audit") && query != null && query.contains("after=")) {
            return read("GET /api/audit-older");
        }
        if (call.equals("GET /api/audit") && query != null && query.contains("q=")) {
            return new Answer(200, "{\"items\":[],\"nextCursor\":null,\"acts\":[\"ROUTE_APPLIED\"]}");
        }
        if (call.equals("GET /api/shortfalls") && query != null && query.contains("RESOLVED")) {
            return read("GET /api/shortfalls-RESOLVED");
        }
        return switch (call) {
            case "POST /api/shows/sh_01/pins" -> {
                show.pin(FixtureShop.field(body, "sku"));
                yield new Answer(201, "{}");
            }
            case "DELETE /api/shows/sh_01/pins" -> {
                show.pin("");
                yield new Answer(204, "");
            }
            case "POST /api/shows/sh_01/prices" -> {
                show.reprice(FixtureShop.field(body, "sku"), FixtureShop.field(body, "amount"));
                yield new Answer(201, "{}");
            }
            case "GET /api/reports/gmv" -> new Answer(200, report(query));
            case "GET /api/connections/cn_1/calls" ->
                query != null && query.contains("outcome=FAILED") && query.contains("lane=HOLD")
                        ? new Answer(200, "{\"items\":[]}")
                        : read(call);
            case "POST /api/connections/cn_9/check" -> {
                asked.add(call + " " + body);
                yield new Answer(200, "{\"ok\":true,\"detail\":\"Reached.\"}");
            }
            case "POST /api/connections/cn_1/check" ->
                new Answer(200, "{\"ok\":true,\"detail\":\"Reached tonwerk in 84 ms; all scopes granted.\"}");
            case "POST /api/attribution/runs" -> new Answer(201, "{\"id\":\"r1\"}");
            case "POST /api/webhooks/w3/replay", "POST /api/webhooks/w4/replay" -> new Answer(202, "{}");
            case "POST /api/webhooks/w4/repair/test" ->
                read(body.contains("EUR 24") ? "repair-refused" : "repair-trial");
            case "POST /api/webhooks/w4/repair" -> {
                isRepaired = true;
                yield new Answer(202, "{}");
            }
            case "GET /api/webhooks/aside/dead" ->
                isRepaired ? new Answer(200, "{\"items\":[],\"nextCursor\":null}") : read(call);
            case "GET /api/webhooks/replays" -> read(isReplaying ? call + "-running" : call);
            case "POST /api/webhooks/replays" -> {
                isReplaying = true;
                yield new Answer(202, "{}");
            }
            case "POST /api/webhooks/replays/rp_2/stop" -> {
                isReplaying = false;
                yield new Answer(200, "{}");
            }
            default -> read(call);
        };
    }

    /** The platform's page is the operator's own, so that a test can see the way there and back. */
    private static Answer connect(String call, String body) {
        if (call.equals("POST /api/connections/cn_9/consent")) {
            return new Answer(
                    422,
                    "{\"title\":\"That cannot be accepted\",\"status\":422,\"detail\":\"shopify: setting shop is missing\"}");
        }
        if (call.endsWith("/consent")) {
            return new Answer(200, "{\"page\":\"http://localhost:1/authorise\",\"endsAt\":\"2026-12-05T10:00:00Z\"}");
        }
        return call.startsWith("POST ")
                ? new Answer(201, "{\"id\":\"cn_9\",\"channel\":\"shopify\",\"name\":\"Shopify\"}")
                : new Answer(200, "{\"id\":\"cn_9\",\"channel\":\"shopify\",\"name\":\"Shopify\"}");
    }

    private static Answer system(String call) {
        if (call.startsWith("DELETE ")) {
            return new Answer(204, "");
        }
        if (call.endsWith("/test")) {
            return new Answer(
                    200, "{\"ok\":false,\"millis\":41,\"status\":500,\"error\":\"answered 500\",\"answer\":\"\"}");
        }
        return call.endsWith("/replay")
                ? new Answer(202, "{\"since\":\"2026-11-24T18:00:00Z\",\"queued\":12,\"more\":false}")
                : new Answer(
                        201,
                        "{\"id\":\"we_9\",\"name\":\"ERP\",\"secret\":\"whsec_c2hvd24gb25jZSwgdG8gd2hvZXZlciBhZGRlZCBpdA==\"}");
    }

    private static Answer drift(String call) {
        return call.endsWith("/undo")
                ? new Answer(
                        409,
                        "{\"title\":\"Changed meanwhile\",\"status\":409,\"detail\":\"number: the shop shows 9 meanwhile (expected: 12)\"}")
                : new Answer(call.endsWith("/runs") ? 202 : 200, "{}");
    }

    private static Answer map(String call, String body) {
        if (call.startsWith("DELETE ")) {
            return new Answer(204, "");
        }
        if (body.contains("broken")) {
            return new Answer(
                    422,
                    "{\"title\":\"That cannot be accepted\",\"status\":422,\"detail\":\"shopify/order-webhook, line 1, column 9: broken (expected: JSLT that compiles)\"}");
        }
        if (body.contains("\"basedOn\":2") && body.contains("meanwhile")) {
            return new Answer(
                    409,
                    "{\"title\":\"Somebody was faster\",\"status\":409,\"detail\":\"version 3 is there meanwhile (expected: 2)\"}");
        }
        return call.endsWith("/test")
                ? read("GET /api/mappings/trial" + (body.contains("source") ? "-own" : ""))
                : new Answer(200, "{}");
    }

    private static Answer read(String call) {
        String name =
                call.replace("GET ", "").replaceAll("/api/|/actuator/", "").replace('/', '-');
        try (var in = FixtureDesk.class.getResourceAsStream("/fixture/" + name + ".json")) {
            if (in == null) {
                return new Answer(404, "{\"title\":\"Not found\",\"status\":404,\"detail\":\"" + call + "\"}");
            }
            String text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            Instant now = Instant.now();
            return new Answer(
                    200,
                    text.replace("NOW-", now.minusSeconds(40).toString())
                            .replace("SOON", now.plusSeconds(12).toString()));
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static String report(@Nullable String query) {
        if (query != null && query.contains("format=csv")) {
            return "day,channel,net\n2026-11-20,PLAYER,1204.30\n";
        }
        return FixtureDesk.read("GET /api/reports/gmv").body();
    }
}
