package dev.weir.hub.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** What would other rules say of old orders? Asks a hub that runs, over its API, waits, and prints the answer. */
final class AttributionRerun {
    private static final Duration BACK = Duration.ofDays(90);
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** The hub goes on without us. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final CommandLine.Rerun command;
    private final HubCalls hub;
    private final Clock clock;
    private final Terminal terminal;
    private final PrintStream out;
    private final ObjectMapper json = new ObjectMapper();

    AttributionRerun(CommandLine.Rerun command, Map<String, String> environment, Clock clock, Terminal terminal) {
        this.command = command;
        this.hub = new HubCalls(command.hub(), command.key(), environment);
        this.clock = clock;
        this.terminal = terminal;
        this.out = terminal.out();
    }

    /** 0 when the run is through, 1 when it is not, 2 without a key. */
    int run() {
        return hub.status("an operator", "interrupted; the hub goes on with the run", terminal, () -> {
            report(finished(begun()));
            return 0;
        });
    }

    private String begun() throws HubCalls.Refused, IOException, InterruptedException {
        Instant to = command.to() == null ? clock.instant() : command.to();
        Instant from = command.from() == null ? to.minus(BACK) : command.from();
        out.println("Judging orders without a hold, placed from " + from + " to " + to + ", by set " + command.version()
                + " …");
        String body = json.writeValueAsString(
                Map.of("ruleset", command.version(), "from", from.toString(), "to", to.toString()));
        return hub.call("POST", "/api/attribution/runs", body).path("id").asText();
    }

    private JsonNode finished(String id) throws HubCalls.Refused, IOException, InterruptedException {
        long began = System.nanoTime();
        long told = -1;
        while (System.nanoTime() - began < LONGEST.toNanos()) {
            JsonNode answer = hub.call("GET", "/api/attribution/runs/" + id, null);
            JsonNode run = answer.path("run");
            if (run.path("isDone").asBoolean()) {
                return answer;
            }
            if (run.path("done").asLong() != told) {
                told = run.path("done").asLong();
                out.println("  " + told + " of " + run.path("total").asLong());
            }
            Thread.sleep(PAUSE);
        }
        throw new HubCalls.Refused("run: " + id + " is not through after " + LONGEST + "; the hub goes on with it");
    }

    private void report(JsonNode answer) throws HubCalls.Refused, IOException, InterruptedException {
        JsonNode run = answer.path("run");
        out.println(run.path("done").asLong() + " orders judged, "
                + (run.path("changed").asLong() == 0
                        ? "none"
                        : run.path("changed").asText())
                + " would be another show's. What is booked stays booked.");
        for (JsonNode shift : answer.path("shifts")) {
            out.printf(
                    "  %5d  %s %s  %s -> %s%n",
                    shift.path("orders").asLong(),
                    shift.path("total").path("amount").asText(),
                    shift.path("total").path("currency").asText(),
                    show(shift.path("fromShow")),
                    show(shift.path("toShow")));
        }
        out.println("Run " + run.path("id").asText());
    }

    private String show(JsonNode id) throws HubCalls.Refused, IOException, InterruptedException {
        return id.isTextual()
                ? hub.call("GET", "/api/shows/" + id.asText(), null)
                        .path("title")
                        .asText(id.asText())
                : "no show";
    }
}
