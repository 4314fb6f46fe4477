package dev.weir.hub.internal.web;

import dev.weir.hub.internal.audit.Act;
import dev.weir.routes.RoutesModule;
import dev.weir.routes.SetAside;
import dev.weir.routes.WebhookLog;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What the platforms delivered to the caller's brand, and what became of it. */
@RestController
class WebhookLogApi {
    private final WebhookLog log;
    private final SetAside aside;
    private final Acts acts;

    WebhookLogApi(RoutesModule routes, Acts acts) {
        this.log = routes.webhookLog();
        this.aside = routes.setAside();
        this.acts = acts;
    }

    @GetMapping("/api/webhooks")
    Map<String, Object> webhooks(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        WebhookLog.Page page = log.list(
                Callers.current().brand(),
                state(state),
                text(q),
                cursor == null || cursor.isBlank() ? null : cursor,
                Inputs.range("limit", limit, 1, 200));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("items", page.items().stream().map(WebhookLogApi::view).toList());
        view.put("nextCursor", page.next());
        return view;
    }

    @GetMapping("/api/webhooks/{id}")
    Map<String, Object> webhook(@PathVariable String id) {
        WebhookLog.Detail detail = own(id);
        Map<String, Object> view = view(detail.entry());
        view.put("headers", detail.headers());
        view.put("body", detail.body());
        view.put("size", detail.size());
        view.put("repairs", aside.repairs(detail.entry().id()));
        return view;
    }

    /** 409 when nothing is left of it to be handled. */
    @PostMapping("/api/webhooks/{id}/replay")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, Object> replay(@PathVariable String id) {
        WebhookLog.Entry entry = own(id).entry();
        boolean begun = acts.noted(
                () -> log.replay(entry.id()),
                found -> found
                        ? Acts.note(
                                Act.WEBHOOK_REPLAYED,
                                entry.id(),
                                entry.channel() + " " + entry.topic() + ", was "
                                        + entry.state().name().toLowerCase(Locale.ROOT))
                        : null);
        if (!begun) {
            throw new IllegalStateException(
                    "Delivery " + entry.id() + " was erased (expected: one whose content is still there)");
        }
        return Map.of("id", entry.id(), "state", WebhookLog.State.RECEIVED);
    }

    /** Deliveries of the payment gateway belong to the house, not to a brand, and are not shown here. */
    private WebhookLog.Detail own(String id) {
        return log.find(Inputs.uuid("id", id))
                .filter(found -> found.entry().brand().equals(Callers.current().brand()))
                .orElseThrow(() -> new NotFound("id", id));
    }

    static @Nullable String text(@Nullable String q) {
        return q == null || q.isBlank() ? null : Inputs.text("q", q, WebhookLog.LONGEST_TEXT);
    }

    static WebhookLog.@Nullable State state(@Nullable String state) {
        if (state == null || state.isBlank()) {
            return null;
        }
        try {
            return WebhookLog.State.valueOf(state);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "state: " + state + " (expected: one of " + Arrays.toString(WebhookLog.State.values()) + ")", e);
        }
    }

    static Map<String, Object> view(WebhookLog.Entry entry) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", entry.id());
        view.put("channel", entry.channel());
        view.put("connectionId", entry.connectionId());
        view.put("topic", entry.topic());
        view.put("deliveryId", entry.deliveryId());
        view.put("state", entry.state());
        view.put("reason", entry.reason());
        view.put("attempts", entry.attempts());
        view.put("receivedAt", entry.receivedAt());
        view.put("nextTryAt", entry.nextTryAt());
        view.put("processedAt", entry.doneAt());
        return view;
    }
}
