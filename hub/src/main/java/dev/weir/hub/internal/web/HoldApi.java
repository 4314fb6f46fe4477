package dev.weir.hub.internal.web;

import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.hub.internal.connections.Channels;
import dev.weir.hub.internal.watch.TapTimes;
import dev.weir.live.RunSheet;
import dev.weir.live.Show;
import dev.weir.reservation.Attribution;
import dev.weir.reservation.Hold;
import dev.weir.reservation.HoldOutcome;
import dev.weir.reservation.HoldRequest;
import dev.weir.reservation.Reservations;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A tap mints a hold. The hold's id is unguessable and is all that reading and releasing it need. */
@RestController
@RequestMapping("/api/holds")
class HoldApi {
    private final RunSheet runSheet;
    private final Reservations reservations;
    private final Channels channels;
    private final TapTimes taps;
    private final Clock clock;
    private final KnownBrands brands;

    HoldApi(
            RunSheet runSheet,
            Reservations reservations,
            Channels channels,
            TapTimes taps,
            KnownBrands brands,
            Clock clock) {
        this.runSheet = runSheet;
        this.reservations = reservations;
        this.channels = channels;
        this.taps = taps;
        this.brands = brands;
        this.clock = clock;
    }

    record LineInput(@Nullable String sku, @Nullable Integer quantity) {}

    record Touch(
            @Nullable String pinSku,
            @Nullable Map<String, String> campaign,
            @Nullable Long replayPosition) {}

    record NewHold(
            @Nullable String showId,
            @Nullable List<LineInput> lines,
            @Nullable String channel,
            @Nullable String buyer,
            @Nullable Touch touch) {}

    record Line(Sku sku, int quantity, Money unitPrice) {}

    @PostMapping
    ResponseEntity<Object> hold(
            @RequestBody NewHold body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
        return answer(taps.counted(() -> tapped(body, key)));
    }

    private HoldOutcome tapped(NewHold body, @Nullable String key) {
        String showId = Inputs.text("showId", body.showId(), 100);
        String tap = key == null || key.isBlank() ? UUID.randomUUID().toString() : key;
        List<Asked> asked = asked(Inputs.required("lines", body.lines()));
        RunSheet.Glance sheet = runSheet.glance(
                        showId, asked.stream().map(Asked::sku).collect(Collectors.toSet()))
                .orElseThrow(
                        () -> new IllegalArgumentException("showId: " + showId + " (expected: a show that exists)"));
        Show show = sheet.show();
        brands.put(showId, show.brand());
        HoldRequest request = new HoldRequest(
                show.brand(),
                show.id(),
                tap,
                Inputs.buyer(body.buyer()),
                asked.stream().map(line -> line.at(sheet)).toList(),
                attribution(show, sheet.pinned(), body));
        return reservations.hold(request);
    }

    @GetMapping("/{id}")
    Map<String, Object> find(@PathVariable String id) {
        return reservations
                .find(Inputs.uuid("id", id))
                .map(hold -> view(hold, null))
                .orElseThrow(() -> new NotFound("id", id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void release(@PathVariable String id) {
        reservations.release(Inputs.uuid("id", id));
    }

    private static List<Asked> asked(List<LineInput> inputs) {
        if (inputs.isEmpty() || inputs.size() > HoldRequest.MAX_LINES) {
            throw new IllegalArgumentException(
                    "lines: " + inputs.size() + " (expected: 1.." + HoldRequest.MAX_LINES + ")");
        }
        List<Asked> asked = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            String field = "lines[" + i + "]";
            asked.add(Asked.of(field, Inputs.required(field, inputs.get(i))));
        }
        return asked;
    }

    /** A line that is well formed; whether the show sells it is not known yet. */
    private record Asked(String field, Sku sku, int quantity) {

        static Asked of(String field, LineInput input) {
            int quantity = Inputs.range(
                    field + ".quantity",
                    Inputs.required(field + ".quantity", input.quantity()),
                    1,
                    HoldRequest.MAX_QUANTITY);
            String code = Inputs.required(field + ".sku", input.sku());
            try {
                return new Asked(field, new Sku(code), quantity);
            } catch (IllegalArgumentException e) {
                throw unknown(field, code);
            }
        }

        HoldRequest.Line at(RunSheet.Glance sheet) {
            Money price = sheet.prices().get(sku);
            if (price == null) {
                throw unknown(field, sku.value());
            }
            return new HoldRequest.Line(sku, quantity, price);
        }
    }

    private static IllegalArgumentException unknown(String field, String code) {
        String shown = code.length() > 80 ? code.substring(0, 80) + "…" : code;
        return new IllegalArgumentException(field + ".sku: " + shown + " (expected: a SKU of this show)");
    }

    private Attribution attribution(Show show, @Nullable Sku pinned, NewHold body) {
        Instant now = clock.instant();
        Touch touch = body.touch();
        Long replay = touch == null ? null : touch.replayPosition();
        String pin = pin(show, pinned, touch);
        Long mediaTime = replay != null
                ? replay
                : show.startedAt() == null
                        ? null
                        : (Long) java.time.Duration.between(show.startedAt(), now)
                                .toMillis();
        String channel = body.channel() == null ? Attribution.PLAYER : Inputs.text("channel", body.channel(), 40);
        if (!channel.equals(Attribution.PLAYER) && channels.find(channel).isEmpty()) {
            throw new IllegalArgumentException("channel: " + channel + " (expected: " + Attribution.PLAYER
                    + " or one of " + channels.all().keySet() + ")");
        }
        Map<String, String> campaign = touch == null || touch.campaign() == null ? Map.of() : touch.campaign();
        if (campaign.size() > 20) {
            throw new IllegalArgumentException("touch.campaign: " + campaign.size() + " (expected: at most 20)");
        }
        return new Attribution(
                channel, show.id(), show.host(), pin, mediaTime, replay != null, campaign, now, "hold/1");
    }

    /** In a replay, what the player says was shown there, if this show ever pinned it; otherwise what is pinned now. */
    private @Nullable String pin(Show show, @Nullable Sku pinned, @Nullable Touch touch) {
        if (touch == null || touch.replayPosition() == null) {
            return pinned == null ? null : pinned.value();
        }
        return runSheet.pins(show.id()).stream()
                .map(then -> then.sku().value())
                .filter(sku -> sku.equals(touch.pinSku()))
                .findFirst()
                .orElse(null);
    }

    static Problem problem(HoldOutcome.SoldOut soldOut) {
        return Problem.of(
                        409,
                        "sold-out",
                        "Sold out",
                        "sku: " + soldOut.sku() + " has " + soldOut.available() + " available (expected: at least "
                                + soldOut.asked() + ")")
                .with("sku", soldOut.sku())
                .with("asked", soldOut.asked())
                .with("available", soldOut.available());
    }

    static ResponseEntity<Object> answer(HoldOutcome outcome) {
        return switch (outcome) {
            case HoldOutcome.Granted granted ->
                ResponseEntity.created(URI.create("/api/holds/" + granted.hold().id()))
                        .body(view(granted.hold(), granted.token()));
            case HoldOutcome.SoldOut soldOut -> problem(soldOut).answer();
            case HoldOutcome.UnknownSku unknown ->
                Problem.invalid(422, "sku: " + unknown.sku() + " (expected: one in stock)")
                        .answer();
            case HoldOutcome.OverCap over ->
                Problem.of(
                                409,
                                "over-cap",
                                "You have your share",
                                "sku: you have " + over.has() + " of " + over.sku()
                                        + " in this show (expected: at most " + over.cap() + " with those asked for)")
                        .with("sku", over.sku())
                        .with("cap", over.cap())
                        .with("has", over.has())
                        .answer();
            case HoldOutcome.BuyerNeeded needed ->
                Problem.invalid(
                                422,
                                "buyer: missing (expected: an id, because " + needed.sku() + " is capped per buyer)")
                        .answer();
            case HoldOutcome.KeyReused reused ->
                Problem.invalid(
                                409,
                                "Idempotency-Key: " + reused.idempotencyKey()
                                        + " (expected: a key not used for another request)")
                        .answer();
            case HoldOutcome.Unavailable unavailable ->
                Problem.retryLater(
                        "Holds cannot be granted right now; nothing was held.",
                        unavailable.retryAfter().toSeconds());
        };
    }

    private static Map<String, Object> view(Hold hold, @Nullable String token) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", hold.id());
        if (token != null) {
            view.put("token", token);
        }
        view.put("showId", hold.showId());
        view.put("state", hold.state());
        view.put("expiresAt", hold.expiresAt());
        view.put(
                "lines",
                hold.lines().stream()
                        .map(line -> new Line(line.sku(), line.quantity(), line.unitPrice()))
                        .toList());
        view.put("total", hold.total());
        // Units that are not there yet, which the buyer is to know before paying.
        view.put("preOrder", hold.preOrder());
        return view;
    }
}
