package dev.weir.hub.internal.web;

import dev.weir.connectors.Sku;
import dev.weir.live.RunSheet;
import dev.weir.live.Show;
import dev.weir.live.Shows;
import dev.weir.reservation.Attribution;
import dev.weir.reservation.HoldRequest;
import dev.weir.reservation.Waitlist;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

/** The line for what is sold out. An entry's id is unguessable and is all that reading and leaving it need. */
@RestController
@RequestMapping("/api/waitlist")
class WaitlistApi {
    private final Shows shows;
    private final RunSheet runSheet;
    private final Waitlist waitlist;
    private final Clock clock;

    WaitlistApi(Shows shows, RunSheet runSheet, Waitlist waitlist, Clock clock) {
        this.shows = shows;
        this.runSheet = runSheet;
        this.waitlist = waitlist;
        this.clock = clock;
    }

    record Wish(
            @Nullable String showId,
            @Nullable String sku,
            @Nullable Integer quantity,
            @Nullable String buyer) {}

    @PostMapping
    ResponseEntity<Object> join(
            @RequestBody Wish body, @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
        String showId = Inputs.text("showId", body.showId(), 100);
        Show show = shows.find(showId)
                .orElseThrow(
                        () -> new IllegalArgumentException("showId: " + showId + " (expected: a show that exists)"));
        Sku sku = new Sku(Inputs.required("sku", body.sku()));
        RunSheet.Item item = runSheet.item(show.id(), sku)
                .orElseThrow(() -> new IllegalArgumentException("sku: " + sku + " (expected: a SKU of this show)"));
        int quantity =
                Inputs.range("quantity", body.quantity() == null ? 1 : body.quantity(), 1, HoldRequest.MAX_QUANTITY);
        return answer(waitlist.join(new HoldRequest(
                show.brand(),
                show.id(),
                key == null || key.isBlank() ? UUID.randomUUID().toString() : key,
                Inputs.buyer(body.buyer()),
                List.of(new HoldRequest.Line(sku, quantity, item.price())),
                attribution(show))));
    }

    @GetMapping("/{id}")
    Map<String, Object> find(@PathVariable String id) {
        return waitlist.find(Inputs.uuid("id", id)).map(WaitlistApi::view).orElseThrow(() -> new NotFound("id", id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void leave(@PathVariable String id) {
        waitlist.leave(Inputs.uuid("id", id));
    }

    private Attribution attribution(Show show) {
        Instant now = clock.instant();
        String pin = runSheet.pinned(show.id()).map(p -> p.sku().value()).orElse(null);
        return new Attribution(
                Attribution.PLAYER, show.id(), show.host(), pin, null, false, Map.of(), now, "waitlist/1");
    }

    private static ResponseEntity<Object> answer(Waitlist.JoinOutcome outcome) {
        return switch (outcome) {
            case Waitlist.JoinOutcome.Joined joined ->
                ResponseEntity.created(
                                URI.create("/api/waitlist/" + joined.entry().id()))
                        .body(view(joined.entry()));
            case Waitlist.JoinOutcome.NoLine none ->
                Problem.of(409, "no-line", "No waitlist", "sku: " + none.sku() + " (expected: one with a waitlist)")
                        .with("sku", none.sku())
                        .answer();
            case Waitlist.JoinOutcome.NotSoldOut left ->
                Problem.of(
                                409,
                                "not-sold-out",
                                "Not sold out",
                                "sku: " + left.sku() + " has " + left.available() + " (expected: a hold of these)")
                        .with("sku", left.sku())
                        .with("available", left.available())
                        .answer();
            case Waitlist.JoinOutcome.AlreadyWaiting already ->
                Problem.of(
                                409,
                                "already-waiting",
                                "You are in line already",
                                "buyer: waits for " + already.sku() + " in this show (expected: one place a buyer)")
                        .with("sku", already.sku())
                        .answer();
            case Waitlist.JoinOutcome.Refused(var reason) -> HoldApi.answer(reason);
        };
    }

    private static Map<String, Object> view(Waitlist.Entry entry) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", entry.id());
        view.put("showId", entry.showId());
        view.put("sku", entry.sku());
        view.put("quantity", entry.quantity());
        view.put("unitPrice", entry.unitPrice());
        view.put("state", entry.state());
        view.put("place", entry.place());
        view.put("position", entry.position());
        view.put("joinedAt", entry.joinedAt());
        if (entry.hold() != null) {
            view.put("holdId", entry.hold());
            view.put("holdToken", entry.token());
        }
        return view;
    }
}
