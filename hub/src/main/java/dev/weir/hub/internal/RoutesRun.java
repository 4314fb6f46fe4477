package dev.weir.hub.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which routes run, and what becomes of a changed file? Asks a hub that runs. */
final class RoutesRun {
    private static final int MOST_SHOWN = 20;

    private final CommandLine.Routes command;
    private final HubCalls hub;
    private final Terminal terminal;
    private final PrintStream out;
    private final ObjectMapper json = new ObjectMapper();

    RoutesRun(CommandLine.Routes command, Map<String, String> environment, Terminal terminal) {
        this.command = command;
        this.hub = new HubCalls(command.hub(), command.key(), environment);
        this.terminal = terminal;
        this.out = terminal.out();
    }

    /** 0 when it is done, 1 when it is not, 2 without a key or file. */
    int run() {
        return hub.status("an ops user", "interrupted", terminal, () -> switch (command.act()) {
            case LIST -> list();
            case VALIDATE -> validate();
            case APPLY -> apply();
            case APPROVE -> approve();
            case ROLLBACK -> standing(hub.call("POST", "/api/routes/" + route() + "/rollback", "{}"));
        });
    }

    private int list() throws HubCalls.Refused, IOException, InterruptedException {
        JsonNode answer = hub.call("GET", "/api/routes", null);
        for (JsonNode route : answer.path("changeable")) {
            String refusal = route.path("refusal").asText("");
            out.printf(
                    "%-22s version %-4d %s%s%n",
                    route.path("route").asText(),
                    route.path("running").asInt(),
                    route.path("description").asText(),
                    route.path("refusal").isNull() || refusal.isEmpty() ? "" : "  NOT IN FORCE: " + refusal);
        }
        return 0;
    }

    private int validate() throws HubCalls.Refused, IOException, InterruptedException {
        JsonNode wrongs = hub.call("POST", "/api/routes/validate", body(Map.of("yaml", file())))
                .path("wrongs");
        for (JsonNode wrong : wrongs) {
            out.printf(
                    "%s:%d: %s: %s (expected: %s)%n",
                    command.file(),
                    wrong.path("line").asInt(),
                    wrong.path("place").asText(),
                    wrong.path("value").asText(),
                    wrong.path("expected").asText());
        }
        out.println(wrongs.isEmpty() ? "Nothing is wrong with it." : wrongs.size() + " places are wrong.");
        return wrongs.isEmpty() ? 0 : 1;
    }

    private int apply() throws HubCalls.Refused, IOException, InterruptedException {
        Map<String, @Nullable Object> proposal = new HashMap<>();
        proposal.put("yaml", file());
        proposal.put("note", command.note());
        JsonNode versions = hub.call("POST", "/api/routes", body(proposal)).path("items");
        if (versions.isEmpty()) {
            out.println("Nothing differs from what is in force.");
        }
        int status = 0;
        for (JsonNode version : versions) {
            status = Math.max(status, bring(version));
        }
        return status;
    }

    private int bring(JsonNode version) throws HubCalls.Refused, IOException, InterruptedException {
        String route = version.path("route").asText();
        int number = version.path("version").asInt();
        out.println("Route " + route + ", version " + number + ", written against version "
                + version.path("basedOn").asInt() + ":");
        version.path("diff").asText().lines().forEach(line -> out.println("  " + line));
        verdict(version.path("verdict"));
        if (!version.path("verdict").path("blocks").isEmpty()) {
            out.println("It is kept, and does not come into force.");
            return 1;
        }
        if (version.path("needsApproval").asBoolean()) {
            out.println("It waits for another person: ./weir routes approve " + route + " " + number);
            return 1;
        }
        return standing(hub.call("POST", "/api/routes/" + route + "/versions/" + number + "/apply", "{}"));
    }

    private void verdict(JsonNode verdict) {
        JsonNode differences = verdict.path("differences");
        out.println("Rehearsed with " + verdict.path("messages").asInt() + " messages: "
                + (differences.isEmpty() ? "no field differs." : differences.size() + " fields differ."));
        int shown = 0;
        for (JsonNode one : differences) {
            if (shown++ < MOST_SHOWN) {
                out.println("  " + one.path("message").asText() + "  "
                        + one.path("field").asText() + ": " + one.path("before").asText() + " -> "
                        + one.path("after").asText());
            }
        }
        verdict.path("blocks").forEach(why -> out.println("  BLOCKED: " + why.asText()));
    }

    /** The second person's word, and what it was waited for. */
    private int approve() throws HubCalls.Refused, IOException, InterruptedException {
        String version = "/api/routes/" + route() + "/versions/" + command.version();
        JsonNode approved = hub.call("POST", version + "/approve", "{}");
        out.println("Approved by " + approved.path("approver").asText() + ".");
        return standing(hub.call("POST", version + "/apply", "{}"));
    }

    private int standing(JsonNode standing) {
        String name = standing.path("route").asText();
        if (standing.path("refusal").isTextual()) {
            out.println("Route " + name + " still runs in version "
                    + standing.path("running").asInt() + ": "
                    + standing.path("refusal").asText());
            return 1;
        }
        out.println(
                "Route " + name + " runs in version " + standing.path("running").asInt() + ".");
        return 0;
    }

    private String route() {
        String route = Objects.requireNonNull(command.route());
        if (!route.matches("[a-z][a-z0-9-]{0,60}")) {
            throw new IllegalArgumentException("ROUTE: " + route + " (expected: the id of a route)");
        }
        return route;
    }

    private String file() {
        Path file = Objects.requireNonNull(command.file());
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("FILE: " + file + " (expected: a file that can be read)", e);
        }
    }

    private String body(Map<String, ?> fields) throws IOException {
        return json.writeValueAsString(fields);
    }
}
