package dev.weir.hub.internal.web;

import dev.weir.hub.internal.audit.Act;
import dev.weir.routes.RoutesModule;
import dev.weir.routes.SetAside;
import dev.weir.routes.WebhookLog;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Which deliveries of the caller's brand wait for something, which for a person, and how is one repaired? */
@RestController
@RequestMapping("/api/webhooks")
class SetAsideApi {
    private static final int NOTE = 500;

    private final SetAside aside;
    private final WebhookLog log;
    private final Acts acts;
    private final Clock clock;

    SetAsideApi(RoutesModule routes, Acts acts, Clock clock) {
        this.aside = routes.setAside();
        this.log = routes.webhookLog();
        this.acts = acts;
        this.clock = clock;
    }

    /** {@code body}: the whole copy, as text. */
    record Copy(@Nullable String body) {}

    /**
     * @param by the person's own name, null to leave it at the key's
     * @param basedOn how many copies there were when it was written; 0 when it is missing
     */
    record Repair(
            @Nullable String body,
            @Nullable String by,
            @Nullable String note,
            @Nullable Integer basedOn) {}

    @GetMapping("/aside")
    Map<String, Object> counts() {
        SetAside.Counts counts = aside.counts(Callers.current().brand());
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("parked", counts.parked());
        view.put("parkedSince", counts.parkedSince());
        view.put("parkedAlarm", counts.parkedSince() != null && isLate(counts.parkedSince()));
        view.put("dead", counts.dead());
        view.put("deadSince", counts.deadSince());
        view.put("alarmAfterSeconds", SetAside.ALARM.toSeconds());
        return view;
    }

    @GetMapping({"/aside/parked", "/aside/dead"})
    Map<String, Object> board(
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        WebhookLog.State state =
                request.getRequestURI().endsWith("/dead") ? WebhookLog.State.DEAD : WebhookLog.State.PARKED;
        SetAside.Board board = aside.board(
                Callers.current().brand(),
                state,
                cursor == null || cursor.isBlank() ? null : cursor,
                Inputs.range("limit", limit, 1, 200));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("items", board.items().stream().map(this::view).toList());
        view.put("nextCursor", board.next());
        view.put("alarmAfterSeconds", SetAside.ALARM.toSeconds());
        return view;
    }

    /** Reads the copy as the channel would, and changes nothing. */
    @PostMapping("/{id}/repair/test")
    Map<String, Object> test(@PathVariable String id, @RequestBody Copy copy) {
        return view(attempt(own(id).id(), bytes(copy.body())));
    }

    /** 409 when it does not wait for anybody, or somebody else was faster; 422 when the copy cannot be read either. */
    @PostMapping("/{id}/repair")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, Object> repair(@PathVariable String id, @RequestBody Repair repair) {
        WebhookLog.Entry entry = own(id);
        byte[] copy = bytes(repair.body());
        String note =
                repair.note() == null || repair.note().isBlank() ? null : Inputs.text("note", repair.note(), NOTE);
        int basedOn =
                Inputs.range("basedOn", repair.basedOn() == null ? 0 : repair.basedOn(), 0, SetAside.MOST_REPAIRS - 1);
        SetAside.Trial trial = attempt(entry.id(), copy);
        if (trial.refusal() != null) {
            throw new IllegalArgumentException("body: " + trial.refusal() + " (expected: a copy that can be read)");
        }
        String by = Acts.signed(repair.by());
        boolean kept = acts.noted(
                repair.by(),
                () -> aside.repair(entry.id(), copy, basedOn, new SetAside.Signed(by, note)),
                done -> done
                        ? Acts.note(
                                Act.WEBHOOK_REPAIRED,
                                entry.id(),
                                entry.channel() + " " + entry.topic() + ", copy " + (basedOn + 1) + ", "
                                        + trial.differences().size() + " fields read otherwise"
                                        + (note == null ? "" : ": " + note))
                        : null);
        if (!kept) {
            throw new IllegalStateException("Delivery " + entry.id()
                    + " was not repaired (expected: one that is parked or dead and has " + basedOn
                    + " copies; look at it again)");
        }
        return Map.of("id", entry.id(), "state", WebhookLog.State.RECEIVED, "copy", basedOn + 1);
    }

    private SetAside.Trial attempt(UUID id, byte[] copy) {
        return aside.attempt(id, copy)
                .orElseThrow(() -> new IllegalStateException(
                        "Delivery " + id + " was erased (expected: one whose content is still there)"));
    }

    private WebhookLog.Entry own(String id) {
        return log.find(Inputs.uuid("id", id))
                .map(WebhookLog.Detail::entry)
                .filter(found -> found.brand().equals(Callers.current().brand()))
                .orElseThrow(() -> new NotFound("id", id));
    }

    private static byte[] bytes(@Nullable String body) {
        byte[] bytes = Inputs.required("body", body).getBytes(StandardCharsets.UTF_8);
        Inputs.range("body", bytes.length, 1, SetAside.MOST_COPY);
        return bytes;
    }

    private boolean isLate(Instant since) {
        return Duration.between(since, clock.instant()).compareTo(SetAside.ALARM) > 0;
    }

    private Map<String, Object> view(SetAside.Item item) {
        Map<String, Object> view = WebhookLogApi.view(item.entry());
        view.put("waitsFor", item.waitsFor());
        view.put(
                "ageSeconds",
                Math.max(
                        0,
                        Duration.between(item.entry().receivedAt(), clock.instant())
                                .toSeconds()));
        view.put("alarm", isLate(item.entry().receivedAt()));
        return view;
    }

    private static Map<String, Object> view(SetAside.Trial trial) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("ok", trial.refusal() == null);
        view.put("refusal", trial.refusal());
        view.put("refusalBefore", trial.refusalBefore());
        view.put("events", trial.events());
        view.put("differences", trial.differences());
        return view;
    }
}
