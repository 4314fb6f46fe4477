package dev.weir.hub.internal.web;

import dev.weir.connectors.Capability;
import dev.weir.hub.internal.audit.Act;
import dev.weir.hub.internal.connections.Channels;
import dev.weir.hub.internal.connections.ConnectionStore;
import dev.weir.routes.Drifts;
import dev.weir.routes.Drifts.Ask;
import dev.weir.routes.Drifts.Mode;
import dev.weir.routes.Drifts.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What shops show otherwise than we expect, why, and what is done about it. */
@RestController
@RequestMapping("/api/drift")
class DriftApi {
    private static final int RUNS = 20;

    private final Drifts drifts;
    private final ConnectionStore connections;
    private final Channels channels;
    private final Acts acts;

    DriftApi(Drifts drifts, ConnectionStore connections, Channels channels, Acts acts) {
        this.drifts = drifts;
        this.connections = connections;
        this.channels = channels;
        this.acts = acts;
    }

    /**
     * @param mode {@code HEAL} when it is missing
     * @param force heal above the limits
     * @param listings compare listings as well
     */
    record NewRun(
            @Nullable UUID connectionId,
            @Nullable Mode mode,
            @Nullable Boolean force,
            @Nullable Boolean listings,
            @Nullable String by) {}

    record Sign(@Nullable String by) {}

    /** Entries, what is alive in all, the shops that can be compared, and the last runs. */
    @GetMapping
    Map<String, Object> list(
            @RequestParam(required = false) @Nullable UUID connection,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable UUID run,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        String brand = Callers.current().brand();
        Drifts.Page page = drifts.list(
                brand,
                connection,
                state == null || state.isBlank() ? null : state(state),
                run,
                cursor == null || cursor.isBlank() ? null : cursor,
                Inputs.range("limit", limit, 1, 200));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("items", page.items());
        view.put("nextCursor", page.next());
        view.put("sums", drifts.alive(brand));
        view.put("shops", shops(brand));
        view.put("runs", drifts.runs(brand, RUNS));
        return view;
    }

    private List<Map<String, Object>> shops(String brand) {
        return connections.ofBrand(brand).stream()
                .map(stored -> {
                    Map<String, Object> shop = new LinkedHashMap<>();
                    shop.put("id", stored.connection().id());
                    shop.put("name", stored.connection().name());
                    shop.put("channel", stored.connection().channel());
                    shop.put(
                            "isComparable",
                            stored.enabled()
                                    && channels.find(stored.connection().channel())
                                            .map(channel ->
                                                    channel.capabilities().contains(Capability.STOCK_READ))
                                            .orElse(false));
                    return shop;
                })
                .toList();
    }

    /** 202 with the run; a run of the same kind that is not through yet is answered instead of a second one. */
    @PostMapping("/runs")
    ResponseEntity<Object> ask(@RequestBody NewRun body) {
        Mode mode = body.mode() == null ? Mode.HEAL : body.mode();
        boolean force = Boolean.TRUE.equals(body.force());
        UUID shop = Inputs.required("connectionId", body.connectionId());
        Ask ask = new Ask(mode, force, Boolean.TRUE.equals(body.listings()), signed(body.by()));
        Drifts.Run run = acts.noted(
                body.by(),
                () -> drifts.ask(Callers.current().brand(), shop, ask),
                asked -> force ? Acts.note(Act.DRIFT_FORCED, shop, "run " + asked.id()) : null);
        return ResponseEntity.accepted()
                .header(HttpHeaders.LOCATION, "/api/drift/runs/" + run.id())
                .body(run);
    }

    /** How far it has come, what it found and why. */
    @GetMapping("/runs/{id}")
    Map<String, Object> run(@PathVariable String id) {
        Drifts.Run run =
                drifts.run(Callers.current().brand(), Inputs.uuid("id", id)).orElseThrow(() -> new NotFound("id", id));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("run", run);
        view.put("sums", drifts.sums(run.id()));
        return view;
    }

    /** 409 when the shop shows something else meanwhile. */
    @PostMapping("/{id}/heal")
    Drifts.Entry heal(@PathVariable String id, @RequestBody(required = false) @Nullable Sign body) {
        return noted(
                Act.DRIFT_HEALED,
                body,
                found(id, drifts.heal(Callers.current().brand(), Inputs.uuid("id", id), signed(body))));
    }

    /** 409 when the shop shows something else meanwhile, or our own number has changed. */
    @PostMapping("/{id}/undo")
    Drifts.Entry undo(@PathVariable String id, @RequestBody(required = false) @Nullable Sign body) {
        return noted(
                Act.DRIFT_UNDONE,
                body,
                found(id, drifts.undo(Callers.current().brand(), Inputs.uuid("id", id), signed(body))));
    }

    private static Drifts.Entry found(String id, Optional<Drifts.Entry> entry) {
        return entry.orElseThrow(() -> new NotFound("id", id));
    }

    /** After the shop was written to, which no transaction of ours holds; the heal's own row was there before. */
    private Drifts.Entry noted(Act act, @Nullable Sign body, Drifts.Entry entry) {
        String words = "expected " + entry.expected() + ", showed " + entry.seen() + "; drift " + entry.id();
        acts.note(body == null ? null : body.by(), Acts.note(act, entry.subject(), words));
        return entry;
    }

    private static String signed(@Nullable Sign body) {
        return signed(body == null ? null : body.by());
    }

    /** The key tells the role; who holds it may say their name. */
    private static String signed(@Nullable String by) {
        String role = Callers.current().role().label();
        return by == null || by.isBlank() ? role : Inputs.text("by", by, 80) + " (" + role + ")";
    }

    private static State state(String name) {
        try {
            return State.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "state: %s (expected: one of %s)"
                            .formatted(name.length() > 40 ? name.substring(0, 40) : name, List.of(State.values())),
                    e);
        }
    }
}
