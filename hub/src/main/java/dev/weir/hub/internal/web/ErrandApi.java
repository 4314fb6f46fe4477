package dev.weir.hub.internal.web;

import dev.weir.routes.ChannelErrands;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What shops refused to be told, and another try once its cause was mended. */
@RestController
@RequestMapping("/api/errands")
class ErrandApi {
    private final ChannelErrands errands;

    ErrandApi(ChannelErrands errands) {
        this.errands = errands;
    }

    record Retry(
            ChannelErrands.@Nullable Kind kind,
            @Nullable UUID connectionId,
            @Nullable String key) {}

    @GetMapping
    Map<String, Object> refused(@RequestParam(defaultValue = "100") int limit) {
        return Map.of("items", errands.refused(Callers.current().brand(), Inputs.range("limit", limit, 1, 200)));
    }

    @PostMapping("/retries")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void retry(@RequestBody Retry body) {
        String key = Inputs.text("key", body.key(), 200);
        if (!errands.retry(
                Callers.current().brand(),
                Inputs.required("kind", body.kind()),
                Inputs.required("connectionId", body.connectionId()),
                key)) {
            throw new NotFound("key", key);
        }
    }
}
