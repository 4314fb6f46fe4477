package dev.weir.hub.internal.web;

import dev.weir.connectors.Sku;
import dev.weir.reservation.AllocationOutcome;
import dev.weir.reservation.Allocations;
import dev.weir.reservation.Allotment;
import dev.weir.reservation.ChannelLevels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Units that are a channel's own: seen, changed, clamped, confirmed by hand. */
@RestController
class AllocationApi {
    private static final int MOST_SECONDS = 3_600;

    private final Allocations allocations;
    private final ChannelLevels levels;
    private final AllotmentViews views;

    AllocationApi(Allocations allocations, ChannelLevels levels, AllotmentViews views) {
        this.allocations = allocations;
        this.levels = levels;
        this.views = views;
    }

    record Size(@Nullable Integer units) {}

    record Window(@Nullable Integer seconds) {}

    @GetMapping("/api/stock/{sku}/allocations")
    Map<String, Object> allocations(@PathVariable String sku) {
        String brand = Callers.current().brand();
        return Map.of("items", views.of(brand, new Sku(sku)));
    }

    @PutMapping("/api/stock/{sku}/allocations/{channel}")
    Map<String, Object> resize(@PathVariable String sku, @PathVariable String channel, @RequestBody Size body) {
        String brand = Callers.current().brand();
        int units = Inputs.required("units", body.units());
        return answer(brand, sku, allocations.resize(brand, new Sku(sku), channel(channel), units, "operator"));
    }

    @PutMapping("/api/stock/{sku}/allocations/{channel}/clamp")
    Map<String, Object> clamp(@PathVariable String sku, @PathVariable String channel, @RequestBody Size body) {
        String brand = Callers.current().brand();
        int units = Inputs.required("units", body.units());
        return answer(brand, sku, allocations.clamp(brand, new Sku(sku), channel(channel), units, "operator/clamp"));
    }

    @DeleteMapping("/api/stock/{sku}/allocations/{channel}/clamp")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unclamp(@PathVariable String sku, @PathVariable String channel) {
        allocations.unclamp(Callers.current().brand(), new Sku(sku), channel(channel));
    }

    /** For a channel that no hub writes to: a person says that it shows the number it was to be told. */
    @PostMapping("/api/stock/{sku}/allocations/{channel}/confirm")
    Map<String, Object> confirm(@PathVariable String sku, @PathVariable String channel) {
        String brand = Callers.current().brand();
        Sku code = new Sku(sku);
        levels.confirmed(
                brand,
                channel(channel),
                List.copyOf(levels.published(brand, channel, List.of(code)).values()));
        return allocations(sku);
    }

    @GetMapping("/api/channel-windows/{channel}")
    Map<String, Object> window(@PathVariable String channel) {
        return Map.of(
                "channel",
                channel,
                "seconds",
                allocations
                        .inFlight(Callers.current().brand(), channel(channel))
                        .toSeconds());
    }

    @PutMapping("/api/channel-windows/{channel}")
    Map<String, Object> setWindow(@PathVariable String channel, @RequestBody Window body) {
        int seconds = Inputs.range("seconds", Inputs.required("seconds", body.seconds()), 0, MOST_SECONDS);
        allocations.setInFlight(Callers.current().brand(), channel(channel), Duration.ofSeconds(seconds));
        return window(channel);
    }

    private Map<String, Object> answer(String brand, String sku, AllocationOutcome outcome) {
        return switch (outcome) {
            case AllocationOutcome.UnknownSku() -> throw new NotFound("sku", sku);
            case AllocationOutcome.Shrinking(Allotment now) -> views.of(brand, now);
            case AllocationOutcome.Set(Allotment now, int missing) -> {
                Map<String, Object> view = views.of(brand, now);
                view.put("missing", missing);
                yield view;
            }
        };
    }

    static String channel(String name) {
        return Inputs.text("channel", name, 40);
    }
}
