package dev.weir.hub.internal.web;

import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.hub.internal.live.ShowStreams;
import dev.weir.hub.internal.live.StreamNumbers;
import dev.weir.hub.internal.live.StreamPorts;
import dev.weir.live.RunSheet;
import dev.weir.live.Show;
import dev.weir.live.ShowEvents;
import dev.weir.live.Shows;
import dev.weir.orders.GmvReport;
import dev.weir.reservation.Allocations;
import dev.weir.reservation.StockLedger;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Shows for viewers, and their controls for producers. */
@RestController
@RequestMapping("/api/shows")
class ShowApi {
    private final Shows shows;
    private final RunSheet runSheet;
    private final StockLedger stock;
    private final ShowEvents events;
    private final ShowStreams streams;
    private final StreamPorts ports;
    private final StreamNumbers numbers;
    private final GmvReport gmv;
    private final Allocations allocations;

    ShowApi(
            Shows shows,
            RunSheet runSheet,
            StockLedger stock,
            ShowEvents events,
            ShowStreams streams,
            StreamPorts ports,
            StreamNumbers numbers,
            GmvReport gmv,
            Allocations allocations) {
        this.shows = shows;
        this.runSheet = runSheet;
        this.stock = stock;
        this.events = events;
        this.streams = streams;
        this.ports = ports;
        this.numbers = numbers;
        this.gmv = gmv;
        this.allocations = allocations;
    }

    /**
     * @param preOrder how many of {@code available} are not on hand yet
     * @param line whether viewers may wait in line when it is sold out
     */
    record Product(
            Sku sku,
            String title,
            Money price,
            @Nullable Money listPrice,
            int available,
            int preOrder,
            @Nullable LocalDate shipsFrom,
            boolean line,
            @Nullable URI imageUrl) {}

    record PinView(Sku sku, Instant pinnedAt) {}

    record NewShow(
            @Nullable String title,
            @Nullable String slug,
            @Nullable String host,
            @Nullable Instant startsAt,
            @Nullable List<Sku> products) {}

    /** {@code clamp}: the most that any channel may have of its own from now until the show is over. */
    record NewPin(@Nullable Sku sku, @Nullable Integer clamp) {}

    record NewPrice(
            @Nullable Sku sku,
            @Nullable Money price,
            @Nullable Instant until) {}

    @GetMapping
    Map<String, Object> list() {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("items", shows.list(null, 100).stream().map(ShowApi::summary).toList());
        page.put("nextCursor", null);
        return page;
    }

    @GetMapping("/{id}")
    Map<String, Object> show(@PathVariable String id) {
        return detail(Callers.any(shows, id));
    }

    @PostMapping
    ResponseEntity<Map<String, Object>> create(@RequestBody NewShow body) {
        String brand = Callers.current().brand();
        Show show = shows.create(
                brand,
                Inputs.text("title", body.title(), 200),
                body.slug(),
                Inputs.text("host", body.host(), 100),
                body.startsAt());
        if (body.products() != null) {
            runSheet.set(show.id(), body.products());
        }
        return ResponseEntity.created(URI.create("/api/shows/" + show.id())).body(detail(show));
    }

    @PatchMapping("/{id}")
    Map<String, Object> edit(@PathVariable String id, @RequestBody NewShow body) {
        Show show = Callers.own(shows, id);
        if (body.products() != null) {
            runSheet.set(show.id(), body.products());
        }
        return detail(shows.edit(show.id(), body.title(), body.host(), body.startsAt()));
    }

    @PostMapping("/{id}/start")
    Map<String, Object> start(@PathVariable String id) {
        return detail(shows.start(Callers.own(shows, id).id()));
    }

    @PostMapping("/{id}/end")
    Map<String, Object> end(@PathVariable String id) {
        Show ended = shows.end(Callers.own(shows, id).id());
        streams.end(ended.id());
        ports.end(ended.id());
        return detail(ended);
    }

    @PostMapping("/{id}/pins")
    @ResponseStatus(HttpStatus.CREATED)
    PinView pin(@PathVariable String id, @RequestBody NewPin body) {
        Show show = Callers.own(shows, id);
        Sku sku = Inputs.required("sku", body.sku());
        Integer clamp = body.clamp();
        if (clamp != null && runSheet.item(show.id(), sku).isPresent()) {
            allocations
                    .of(show.brand(), sku)
                    .forEach(one -> allocations.clamp(show.brand(), sku, one.channel(), clamp, "pin/" + show.id()));
        }
        RunSheet.Pin pin = runSheet.pin(show.id(), sku);
        return new PinView(pin.sku(), pin.since());
    }

    @DeleteMapping("/{id}/pins")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unpin(@PathVariable String id) {
        runSheet.unpin(Callers.own(shows, id).id());
    }

    @PostMapping("/{id}/prices")
    @ResponseStatus(HttpStatus.CREATED)
    RunSheet.Item price(@PathVariable String id, @RequestBody NewPrice body) {
        Money price = Inputs.required("price", body.price());
        if (price.minor() <= 0) {
            throw new IllegalArgumentException("price: " + price + " (expected: above 0)");
        }
        return runSheet.flashPrice(
                Callers.own(shows, id).id(), Inputs.required("sku", body.sku()), price, body.until());
    }

    @GetMapping("/{id}/summary")
    Map<String, Object> cockpit(@PathVariable String id) {
        Show show = Callers.own(shows, id);
        GmvReport.Totals totals = gmv.ofShow(show.id(), currencyOf(show));
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("gmv", totals.net());
        summary.put("units", totals.units());
        summary.put("orders", totals.orders());
        summary.put("viewers", events.listeners(show.id()));
        summary.put("host", numbers.host(show.id()));
        return summary;
    }

    private Currency currencyOf(Show show) {
        return runSheet.items(show.id()).stream()
                .map(item -> item.price().currency())
                .findFirst()
                .orElse(Currency.getInstance("EUR"));
    }

    private static Map<String, Object> summary(Show show) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", show.id());
        view.put("slug", show.slug());
        view.put("title", show.title());
        view.put("host", show.host());
        view.put("brand", show.brand());
        view.put("state", show.state());
        view.put("startsAt", show.startsAt());
        view.put("startedAt", show.startedAt());
        view.put("endedAt", show.endedAt());
        return view;
    }

    private static Product product(RunSheet.Item item, StockLedger.@Nullable Level level) {
        return new Product(
                item.sku(),
                item.title(),
                item.price(),
                item.listPrice(),
                level == null ? 0 : level.available(),
                level == null ? 0 : level.preOrder(),
                level == null ? null : level.shipsFrom(),
                level != null && level.line(),
                item.imageUrl());
    }

    private Map<String, Object> detail(Show show) {
        Map<String, Object> view = summary(show);
        List<Product> products = new ArrayList<>();
        for (RunSheet.Item item : runSheet.items(show.id())) {
            products.add(product(item, stock.level(show.brand(), item.sku()).orElse(null)));
        }
        view.put("products", products);
        view.put(
                "pin",
                runSheet.pinned(show.id())
                        .map(pin -> new PinView(pin.sku(), pin.since()))
                        .orElse(null));
        view.put("viewers", events.listeners(show.id()));
        view.put("hostConnected", streams.hostConnected(show.id()));
        return view;
    }
}
