package dev.weir.hub.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What does a shop show otherwise than we expect? Asks a hub that runs, over its API, waits where it takes long, and prints the answer. */
final class DriftRun {
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** The hub goes on without us. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final CommandLine.Drift command;
    private final HubCalls hub;
    private final Terminal terminal;
    private final PrintStream out;
    private final ObjectMapper json = new ObjectMapper();

    DriftRun(CommandLine.Drift command, Map<String, String> environment, Terminal terminal) {
        this.command = command;
        this.hub = new HubCalls(command.hub(), command.key(), environment);
        this.terminal = terminal;
        this.out = terminal.out();
    }

    /** 0 when it is done and nothing asks, 1 when something does or it is refused, 2 without a key. */
    int run() {
        return hub.status(
                "ops or an operator",
                "interrupted; the hub goes on with the run",
                terminal,
                () -> switch (command.what()) {
                    case "list" -> list("/api/drift?limit=200", null);
                    case "run" -> compare();
                    case "heal", "undo" -> decide();
                    default ->
                        throw new HubCalls.Refused("drift: " + command.what() + " (expected: list, run, heal or undo)");
                });
    }

    private int decide() throws HubCalls.Refused, IOException, InterruptedException {
        JsonNode entry = hub.call("POST", "/api/drift/" + command.subject() + "/" + command.what(), "{}");
        if (command.json()) {
            terminal.json(entry);
        } else {
            print(entry);
        }
        return 0;
    }

    private int compare() throws HubCalls.Refused, IOException, InterruptedException {
        Map<String, Object> body = new HashMap<>();
        body.put("connectionId", shop(String.valueOf(command.subject())));
        body.put("mode", command.mode().toUpperCase(Locale.ROOT));
        body.put("force", command.force());
        body.put("listings", command.listings());
        String id = hub.call("POST", "/api/drift/runs", json.writeValueAsString(body))
                .path("id")
                .asText();
        JsonNode run = finished(id);
        if (!command.json()) {
            sum(run);
        }
        return list("/api/drift?limit=200&run=" + id, run);
    }

    private void sum(JsonNode run) {
        out.println(run.path("skus").asLong() + " SKUs, " + run.path("orders").asLong() + " orders and "
                + run.path("listings").asLong() + " listings compared: "
                + run.path("found").asLong() + " differ, "
                + run.path("gone").asLong() + " of before are over.");
        if (run.path("heldBack").isTextual()) {
            out.println("Nothing was healed: " + run.path("heldBack").asText() + ". --force heals them all the same.");
        }
    }

    /** A connection's id, or the name or channel of the only one that has it. */
    private String shop(String named) throws HubCalls.Refused, IOException, InterruptedException {
        String id = null;
        int count = 0;
        for (JsonNode shop : hub.call("GET", "/api/drift?limit=1", null).path("shops")) {
            if (shop.path("id").asText().equals(named)) {
                return named;
            }
            if (shop.path("name").asText().equalsIgnoreCase(named)
                    || shop.path("channel").asText().equals(named)) {
                id = shop.path("id").asText();
                count++;
            }
        }
        if (id == null || count > 1) {
            throw new HubCalls.Refused(
                    "SHOP: " + named + " (expected: the id, name or channel of one shop; " + count + " match)");
        }
        return id;
    }

    private JsonNode finished(String id) throws HubCalls.Refused, IOException, InterruptedException {
        long began = System.nanoTime();
        String told = "";
        while (System.nanoTime() - began < LONGEST.toNanos()) {
            JsonNode run = hub.call("GET", "/api/drift/runs/" + id, null).path("run");
            String state = run.path("state").asText();
            if (state.equals("DONE")) {
                return run;
            }
            if (state.equals("FAILED")) {
                throw new HubCalls.Refused("run: failed: " + run.path("trouble").asText());
            }
            String now = "  " + run.path("phase").asText().toLowerCase(Locale.ROOT) + ", "
                    + run.path("skus").asLong() + " SKUs"
                    + (run.path("trouble").isTextual()
                            ? ": " + run.path("trouble").asText()
                            : "");
            if (!now.equals(told) && !command.json()) {
                told = now;
                out.println(now);
            }
            Thread.sleep(PAUSE);
        }
        throw new HubCalls.Refused("run: " + id + " is not through after " + LONGEST + "; the hub goes on with it");
    }

    /** {@code run}: whose they are, null for what differs now. As JSON it stands beside them. */
    private int list(String path, @Nullable JsonNode run) throws HubCalls.Refused, IOException, InterruptedException {
        JsonNode answer = hub.call("GET", path, null);
        if (!command.json()) {
            tell(answer);
        } else if (run != null && answer instanceof ObjectNode whole) {
            terminal.json(whole.set("run", run));
        } else {
            terminal.json(answer);
        }
        boolean asks = answer.path("items")
                .valueStream()
                .anyMatch(entry -> entry.path("state").asText().equals("ASKS"));
        return asks ? 1 : 0;
    }

    private void tell(JsonNode answer) {
        answer.path("items").forEach(this::print);
        if (answer.path("items").isEmpty()) {
            out.println("Nothing differs.");
        }
        if (answer.path("nextCursor").isTextual()) {
            out.println("  … and more: the Drift page shows them");
        }
    }

    private void print(JsonNode entry) {
        out.printf(
                "%s  %-8s %-7s %s: expected %s, seen %s (%s)%n    %s%n",
                entry.path("id").asText(),
                entry.path("state").asText(),
                entry.path("kind").asText(),
                entry.path("subject").asText(),
                entry.path("expected").asText(),
                entry.path("seen").asText(),
                entry.path("cause").asText(),
                entry.path("words").asText());
    }
}
