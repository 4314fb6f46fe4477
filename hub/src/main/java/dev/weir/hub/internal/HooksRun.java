package dev.weir.hub.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/** Which of the brand's own systems are told, and tell one of them once more? Asks a hub that runs. */
final class HooksRun {
    private final CommandLine.Hooks command;
    private final HubCalls hub;
    private final Terminal terminal;
    private final PrintStream out;

    HooksRun(CommandLine.Hooks command, Map<String, String> environment, Terminal terminal) {
        this.command = command;
        this.hub = new HubCalls(command.hub(), command.key(), environment);
        this.terminal = terminal;
        this.out = terminal.out();
    }

    /** 0 when it is done, 1 when it is not, 2 without a key. */
    int run() {
        return hub.status("an operator or ops user", "interrupted", terminal, () -> {
            switch (command) {
                case CommandLine.HookList list -> list();
                case CommandLine.HookReplay replay -> replay(replay);
            }
            return 0;
        });
    }

    private void list() throws HubCalls.Refused, IOException, InterruptedException {
        for (JsonNode endpoint : endpoints()) {
            String why = endpoint.path("needsYou").asText("");
            out.printf(
                    "%s  %-3s  %5d waiting  %5d given up  %s  %s%s%n",
                    endpoint.path("id").asText(),
                    endpoint.path("on").asBoolean() ? "on" : "off",
                    endpoint.path("due").asLong(),
                    endpoint.path("failed").asLong(),
                    endpoint.path("name").asText(),
                    endpoint.path("url").asText(),
                    endpoint.path("needsYou").isNull() || why.isEmpty() ? "" : "  NEEDS YOU: " + why);
        }
    }

    private void replay(CommandLine.HookReplay replay) throws HubCalls.Refused, IOException, InterruptedException {
        String since = URLEncoder.encode(replay.since().toString(), StandardCharsets.UTF_8);
        JsonNode answer =
                hub.call("POST", "/api/webhook-endpoints/" + id(replay.endpoint()) + "/replay?since=" + since, "{}");
        out.println(answer.path("queued").asInt() + " deliveries are due again, of what happened since "
                + answer.path("since").asText()
                + (answer.path("more").asBoolean() ? "; there is more: replay again once they are through" : ""));
    }

    /** By id or by name. */
    private UUID id(String wanted) throws HubCalls.Refused, IOException, InterruptedException {
        for (JsonNode endpoint : endpoints()) {
            if (wanted.equals(endpoint.path("id").asText())
                    || wanted.equals(endpoint.path("name").asText())) {
                return UUID.fromString(endpoint.path("id").asText());
            }
        }
        throw new HubCalls.Refused("endpoint: " + wanted + " (expected: an id or name that ./weir hooks list shows)");
    }

    private JsonNode endpoints() throws HubCalls.Refused, IOException, InterruptedException {
        return hub.call("GET", "/api/webhook-endpoints", null).path("items");
    }
}
