package dev.weir.hub.internal.web;

import dev.weir.hub.internal.security.Caller;
import dev.weir.reservation.Shortfall;
import dev.weir.reservation.Shortfalls;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Sales that a channel made beyond its units, and what was decided about each. */
@RestController
@RequestMapping("/api/shortfalls")
class ShortfallApi {
    private static final int MOST_NOTE = 500;

    private final Shortfalls shortfalls;

    ShortfallApi(Shortfalls shortfalls) {
        this.shortfalls = shortfalls;
    }

    enum State {
        OPEN,
        RESOLVED
    }

    record Decision(
            @Nullable String cause,
            Shortfall.@Nullable Remedy remedy,
            @Nullable String from,
            @Nullable String by,
            @Nullable String note) {}

    @GetMapping
    Map<String, Object> list(
            @RequestParam(defaultValue = "OPEN") State state, @RequestParam(defaultValue = "100") int limit) {
        return Map.of(
                "items",
                shortfalls
                        .list(Callers.current().brand(), state == State.OPEN, Inputs.range("limit", limit, 1, 200))
                        .stream()
                        .map(ShortfallApi::view)
                        .toList());
    }

    /** A case that was decided before answers that decision with 409. */
    @PostMapping("/decisions")
    Map<String, Object> decide(@RequestBody Decision body) {
        Caller caller = Callers.current();
        String cause = Inputs.text("cause", body.cause(), 200);
        String note = body.note() == null || body.note().isBlank() ? "" : Inputs.text("note", body.note(), MOST_NOTE);
        Shortfall.Remedy remedy = Inputs.required("remedy", body.remedy());
        boolean decided = shortfalls.resolve(caller.brand(), cause, remedy, body.from(), by(caller, body), note);
        Shortfall now = shortfalls.find(caller.brand(), cause).orElseThrow(() -> new NotFound("cause", cause));
        Shortfall.Resolution resolution = now.resolution();
        if (!decided && resolution != null) {
            throw new IllegalStateException("cause: " + cause + " (expected: an open case; "
                    + resolution.chosen().remedy() + " was chosen by " + resolution.by() + ")");
        }
        return view(now);
    }

    /** A key stands for a role, not for a person; who signs by name is kept with both. */
    private static String by(Caller caller, Decision body) {
        String role = caller.role().label();
        return body.by() == null ? role : Inputs.text("by", body.by(), 80) + " (" + role + ")";
    }

    private static Map<String, Object> view(Shortfall shortfall) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("cause", shortfall.cause());
        view.put("channel", shortfall.channel());
        view.put("state", shortfall.resolution() == null ? State.OPEN : State.RESOLVED);
        view.put("openedAt", shortfall.openedAt());
        view.put("lines", shortfall.lines());
        view.put("remedies", shortfall.remedies());
        view.put("resolution", shortfall.resolution());
        return view;
    }
}
