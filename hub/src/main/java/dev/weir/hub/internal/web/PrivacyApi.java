package dev.weir.hub.internal.web;

import dev.weir.hub.internal.security.Caller;
import dev.weir.orders.OrderView;
import dev.weir.routes.PrivacyRequests;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What buyers asked through a platform, by when it is to be answered, and what is to be handed over. */
@RestController
@RequestMapping("/api/privacy-requests")
class PrivacyApi {
    private final PrivacyRequests requests;

    PrivacyApi(PrivacyRequests requests) {
        this.requests = requests;
    }

    enum State {
        OPEN,
        ANSWERED
    }

    record Answer(@Nullable String by) {}

    @GetMapping
    Map<String, Object> list(
            @RequestParam(defaultValue = "OPEN") State state, @RequestParam(defaultValue = "100") int limit) {
        return Map.of(
                "items",
                requests.list(Callers.current().brand(), state == State.OPEN, Inputs.range("limit", limit, 1, 200)));
    }

    @GetMapping("/{id}")
    PrivacyRequests.Request find(@PathVariable String id) {
        return own(Inputs.uuid("id", id));
    }

    /** What is kept of the buyer who asks to see it. */
    @GetMapping("/{id}/data")
    Map<String, Object> data(@PathVariable String id) {
        PrivacyRequests.Request request = own(Inputs.uuid("id", id));
        if (request.kind() != PrivacyRequests.Kind.DISCLOSE) {
            throw new IllegalArgumentException("id: " + id + " (expected: a request to hand data over)");
        }
        List<OrderView> orders = requests.data(Callers.current().brand(), request.id());
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("email", request.email());
        data.put("orders", orders);
        return data;
    }

    /** The operator has handed it over; a request that was answered before answers 409. */
    @PostMapping("/{id}/answer")
    PrivacyRequests.Request answer(@PathVariable String id, @RequestBody Answer body) {
        Caller caller = Callers.current();
        PrivacyRequests.Request request = own(Inputs.uuid("id", id));
        String role = caller.role().label();
        String by = body.by() == null ? role : Inputs.text("by", body.by(), 80) + " (" + role + ")";
        if (!requests.answer(caller.brand(), request.id(), by)) {
            throw new IllegalStateException("id: " + id + " (expected: an open request to hand data over; it is "
                    + request.kind()
                    + (request.answeredBy() == null ? "" : ", answered by " + request.answeredBy())
                    + ")");
        }
        return own(request.id());
    }

    private PrivacyRequests.Request own(UUID id) {
        return requests.find(Callers.current().brand(), id).orElseThrow(() -> new NotFound("id", id.toString()));
    }
}
