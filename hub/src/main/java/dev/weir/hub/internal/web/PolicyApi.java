package dev.weir.hub.internal.web;

import dev.weir.connectors.Sku;
import dev.weir.reservation.Allocations;
import dev.weir.reservation.ChannelPolicy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How channels may sell a SKU. */
@RestController
@RequestMapping("/api/stock/{sku}/policies")
class PolicyApi {
    private static final int MOST_UNITS = 1_000_000;

    private final Allocations allocations;

    PolicyApi(Allocations allocations) {
        this.allocations = allocations;
    }

    enum Mode {
        ASK,
        ALLOCATE,
        MIRROR
    }

    /** {@code aimUnits} or {@code aimPercent} with ALLOCATE, one of them; floor, ceiling and aim only with it. */
    record Body(
            @Nullable Mode mode,
            @Nullable Integer safety,
            @Nullable Integer floor,
            @Nullable Integer ceiling,
            @Nullable Integer aimUnits,
            @Nullable Integer aimPercent) {}

    @GetMapping
    Map<String, Object> policies(@PathVariable String sku) {
        return Map.of(
                "items",
                allocations.policies(Callers.current().brand(), new Sku(sku)).stream()
                        .map(PolicyApi::view)
                        .toList());
    }

    @PutMapping("/{channel}")
    Map<String, Object> set(@PathVariable String sku, @PathVariable String channel, @RequestBody Body body) {
        String name = AllocationApi.channel(channel);
        ChannelPolicy policy = policy(body);
        if (!allocations.setPolicy(Callers.current().brand(), new Sku(sku), name, policy, "operator/policy")) {
            throw new NotFound("sku", sku);
        }
        return view(new Allocations.PolicyOf(name, policy));
    }

    private static ChannelPolicy policy(Body body) {
        int safety = orElse(body.safety(), 0);
        return switch (Inputs.required("mode", body.mode())) {
            case ASK -> plain(body, new ChannelPolicy.Ask(safety));
            case MIRROR -> plain(body, new ChannelPolicy.Mirror(safety));
            case ALLOCATE ->
                new ChannelPolicy.Allocate(
                        safety, orElse(body.floor(), 0), orElse(body.ceiling(), MOST_UNITS), aim(body));
        };
    }

    private static ChannelPolicy plain(Body body, ChannelPolicy policy) {
        if (body.floor() != null || body.ceiling() != null || body.aimUnits() != null || body.aimPercent() != null) {
            throw new IllegalArgumentException("mode: " + body.mode()
                    + " with floor, ceiling or aim (expected: ALLOCATE, or mode and safety alone)");
        }
        return policy;
    }

    private static ChannelPolicy.Aim aim(Body body) {
        Integer units = body.aimUnits();
        Integer percent = body.aimPercent();
        if (units != null && percent == null) {
            return new ChannelPolicy.Aim.Units(units);
        }
        if (percent != null && units == null) {
            return new ChannelPolicy.Aim.Share(percent);
        }
        throw new IllegalArgumentException(
                "aimUnits: " + units + " and aimPercent " + percent + " (expected: exactly one of them)");
    }

    private static int orElse(@Nullable Integer value, int fallback) {
        return value == null ? fallback : value;
    }

    static Map<String, Object> view(Allocations.PolicyOf of) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("channel", of.channel());
        switch (of.policy()) {
            case ChannelPolicy.Ask _ -> view.put("mode", Mode.ASK);
            case ChannelPolicy.Mirror _ -> view.put("mode", Mode.MIRROR);
            case ChannelPolicy.Allocate(int _, int floor, int ceiling, ChannelPolicy.Aim aim) -> {
                view.put("mode", Mode.ALLOCATE);
                view.put("floor", floor);
                view.put("ceiling", ceiling);
                switch (aim) {
                    case ChannelPolicy.Aim.Units(int units) -> view.put("aimUnits", units);
                    case ChannelPolicy.Aim.Share(int percent) -> view.put("aimPercent", percent);
                }
            }
        }
        view.put("safety", of.policy().safety());
        return view;
    }
}
