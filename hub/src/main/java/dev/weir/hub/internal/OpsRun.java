package dev.weir.hub.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What came in, what waits, what are the shops worth now and who did what? Asks a hub that runs, over its API, and prints the answer. */
final class OpsRun {
    private static final long MOST_COPY = 64 << 10;

    private final CommandLine.Ops command;
    private final HubCalls hub;
    private final Terminal terminal;
    private final PrintStream out;
    private final ObjectMapper json = new ObjectMapper();

    OpsRun(CommandLine.Ops command, Map<String, String> environment, Terminal terminal) {
        this.command = command;
        this.hub = new HubCalls(command.hub(), command.key(), environment);
        this.terminal = terminal;
        this.out = terminal.out();
    }

    /** 0 when it is done, 1 when it is refused or the hub does not answer, 2 when it was called wrongly. */
    int run() {
        return hub.status("an ops user", "interrupted", terminal, () -> switch (command.what()) {
            case WEBHOOKS_LIST -> told(ask("/api/webhooks", "state", command.state(), "q", command.find()));
            case PARKED_LIST -> told(ask("/api/webhooks/aside/parked"));
            case DEAD_LIST -> told(ask("/api/webhooks/aside/dead"));
            case AUDIT_LIST -> told(ask("/api/audit", "q", command.find()));
            case CONNECTIONS_LIST -> told(hub.call("GET", "/api/budgets", null));
            case WEBHOOKS_SHOW -> told(hub.call("GET", "/api/webhooks/" + command.id(), null));
            case WEBHOOKS_REPLAY, DEAD_REPLAY ->
                told(hub.call("POST", "/api/webhooks/" + command.id() + "/replay", "{}"));
            case DEAD_REPAIR -> repair();
        });
    }

    private JsonNode ask(String path, @Nullable String... query)
            throws HubCalls.Refused, IOException, InterruptedException {
        StringBuilder asked = new StringBuilder(path).append("?limit=").append(command.limit());
        for (int i = 0; i < query.length; i += 2) {
            append(asked, Objects.requireNonNull(query[i]), query[i + 1]);
        }
        append(asked, path.equals("/api/audit") ? "after" : "cursor", command.after());
        return hub.call("GET", asked.toString(), null);
    }

    private static void append(StringBuilder asked, String name, @Nullable String value) {
        if (value != null) {
            asked.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    /** Based on the copies there are now: who repairs meanwhile makes this be refused. */
    private int repair() throws HubCalls.Refused, IOException, InterruptedException {
        ObjectNode copy = json.createObjectNode().put("body", copy());
        String path = "/api/webhooks/" + command.id() + "/repair";
        if (command.test()) {
            JsonNode trial = hub.call("POST", path + "/test", copy.toString());
            told(trial);
            return trial.path("ok").asBoolean() ? 0 : 1;
        }
        int copies = hub.call("GET", "/api/webhooks/" + command.id(), null)
                .path("repairs")
                .size();
        copy.put("note", command.note()).put("basedOn", copies);
        return told(hub.call("POST", path, copy.toString()));
    }

    private String copy() throws IOException {
        Path file = Objects.requireNonNull(command.file());
        if (!Files.isReadable(file) || Files.size(file) > MOST_COPY) {
            throw new IllegalArgumentException(
                    "FILE: " + file + " (expected: a file that can be read, of " + MOST_COPY + " bytes at most)");
        }
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("FILE: " + file + " (expected: UTF-8)", e);
        }
    }

    private int told(JsonNode answer) {
        if (command.json()) {
            terminal.json(answer);
            return 0;
        }
        switch (command.what()) {
            case WEBHOOKS_LIST, PARKED_LIST, DEAD_LIST -> rows(answer, "Nothing is there.", OpsWords::delivery);
            case AUDIT_LIST -> rows(answer, "Nothing was done.", OpsWords::act);
            case CONNECTIONS_LIST -> OpsWords.connections(answer).forEach(out::println);
            case WEBHOOKS_SHOW -> OpsWords.whole(answer).forEach(out::println);
            case WEBHOOKS_REPLAY, DEAD_REPLAY ->
                out.println("Delivery " + command.id()
                        + " is handled again; ./weir webhooks show tells what became of it.");
            case DEAD_REPAIR ->
                (command.test() ? OpsWords.trial(answer) : OpsWords.repaired(answer)).forEach(out::println);
        }
        return 0;
    }

    private void rows(JsonNode answer, String none, Function<JsonNode, String> words) {
        answer.path("items").forEach(item -> out.println(words.apply(item)));
        boolean isMore = answer.path("nextCursor").isTextual();
        if (answer.path("items").isEmpty() && !isMore) {
            out.println(none);
        }
        if (isMore) {
            out.println("  … and more: --after '" + answer.path("nextCursor").asText() + "'");
        }
    }
}
