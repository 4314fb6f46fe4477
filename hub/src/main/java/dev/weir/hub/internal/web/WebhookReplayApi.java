package dev.weir.hub.internal.web;

import dev.weir.hub.internal.audit.Act;
import dev.weir.hub.internal.replays.Replays;
import dev.weir.routes.RoutesModule;
import dev.weir.routes.WebhookLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Many deliveries that are handled again, so many a second. */
@RestController
@RequestMapping("/api/webhooks/replays")
class WebhookReplayApi {
    private static final int PAGE = 200;
    /** Of a search each page looks at 5,000 deliveries; what is older is left to another replay. */
    private static final int PAGES = 25;

    private static final int RATE = 10;

    private final WebhookLog log;
    private final Replays replays;
    private final Acts acts;

    WebhookReplayApi(RoutesModule routes, Replays replays, Acts acts) {
        this.log = routes.webhookLog();
        this.replays = replays;
        this.acts = acts;
    }

    /**
     * @param state PARKED, DEAD or PROCESSED, null for all three
     * @param q as the log is searched, null for all
     * @param rate deliveries a second, 1..50; 10 when it is missing
     * @param most the newest so many, 1..1000; 1000 when it is missing
     */
    record Many(
            @Nullable String state,
            @Nullable String q,
            @Nullable Integer rate,
            @Nullable Integer most) {}

    @GetMapping
    Map<String, Object> list() {
        return Map.of("items", replays.list(Callers.current().brand()));
    }

    /** 409 while another goes on, 422 when nothing is found. The oldest of them begins. */
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    Replays.Replay start(@RequestBody Many body) {
        WebhookLog.State state = WebhookLogApi.state(body.state());
        String text = WebhookLogApi.text(body.q());
        int rate = Inputs.range("rate", body.rate() == null ? RATE : body.rate(), 1, Replays.FASTEST);
        int most = Inputs.range("most", body.most() == null ? Replays.MOST : body.most(), 1, Replays.MOST);
        List<UUID> found = found(state, text, most);
        return acts.noted(
                () -> replays.start(Callers.current().brand(), Acts.signed(null), rate, found),
                replay -> Acts.note(
                        Act.WEBHOOKS_REPLAYED,
                        replay.id(),
                        found.size() + " at " + rate + " a second; "
                                + (state == null
                                        ? "parked, dead and processed"
                                        : state.name().toLowerCase(Locale.ROOT))
                                + (text == null ? "" : ", \"" + text + "\"")));
    }

    /** What has begun again goes on; the rest stays as it is. */
    @PostMapping("/{id}/stop")
    Replays.Replay stop(@PathVariable String id) {
        String brand = Callers.current().brand();
        UUID replay = Inputs.uuid("id", id);
        Replays.Replay known = replays.find(brand, replay).orElseThrow(() -> new NotFound("id", id));
        acts.noted(
                () -> replays.stop(brand, replay, Acts.signed(null)),
                stopped -> stopped
                        ? Acts.note(Act.WEBHOOKS_STOPPED, replay, "of " + known.total() + " deliveries")
                        : null);
        return replays.find(brand, replay).orElseThrow(() -> new NotFound("id", id));
    }

    /** Oldest first. What is under way, or of no consequence, is left out. */
    private List<UUID> found(WebhookLog.@Nullable State state, @Nullable String text, int most) {
        List<UUID> found = new ArrayList<>();
        String cursor = null;
        for (int page = 0; page < PAGES && found.size() < most; page++) {
            WebhookLog.Page next = log.list(Callers.current().brand(), state, text, cursor, PAGE);
            next.items().stream()
                    .filter(WebhookReplayApi::isReplayable)
                    .map(WebhookLog.Entry::id)
                    .limit(most - found.size())
                    .forEach(found::add);
            cursor = next.next();
            if (cursor == null) {
                break;
            }
        }
        return found.reversed();
    }

    private static boolean isReplayable(WebhookLog.Entry entry) {
        return switch (entry.state()) {
            case PARKED, DEAD, PROCESSED -> true;
            case RECEIVED, IGNORED -> false;
        };
    }
}
