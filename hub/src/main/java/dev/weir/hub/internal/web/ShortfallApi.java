package dev.weir.hub.internal.web;

import dev.weir.hub.internal.security.Caller;
import dev.weir.reservation.Shortfall;
import dev.weir.reservation.Shortfalls;
import dev.weir.routes.OrderCancels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
    private final OrderCancels cancels;

    ShortfallApi(Shortfalls shortfalls, OrderCancels cancels) {
        this.shortfalls = shortfalls;
        this.cancels = cancels;
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
                        .map(this::view)
                        .toList());
    }

    /** A case that was decided before answers that decision with 409. */
    @PostMapping("/decisions")
    Map<String, Object> decide(@RequestBody Decision body) {
        Caller caller = Callers.current();
        String cause = Inputs.text("cause", body.cause(), 200);
        String note = body.note() == null || body.note().isBlank() ? "" : Inputs.text("note", body.note(), MOST_NOTE);
        Shortfall.Remedy remedy = Inputs.required("remedy", body.remedy());
        if (remedy == Shortfall.Remedy.CANCEL_ON_CHANNEL) {
            cancels.refusal(caller.brand(), cause).ifPresent(words -> {
                throw new IllegalArgumentException("remedy: " + remedy + " (" + words + ")");
            });
        }
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

    private Map<String, Object> view(Shortfall shortfall) {
        Optional<String> noCancel = shortfall.state() == Shortfall.State.OPEN
                ? cancels.refusal(shortfall.brand(), shortfall.cause())
                : Optional.empty();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("cause", shortfall.cause());
        view.put("channel", shortfall.channel());
        view.put("state", shortfall.state());
        view.put("openedAt", shortfall.openedAt());
        view.put("lines", shortfall.lines());
        view.put(
                "remedies",
                shortfall.remedies().stream()
                        .filter(option -> noCancel.isEmpty() || option.remedy() != Shortfall.Remedy.CANCEL_ON_CHANNEL)
                        .toList());
        view.put("noCancel", noCancel.orElse(null));
        view.put("resolution", shortfall.resolution());
        view.put("refusal", shortfall.refusal());
        return view;
    }
}
