package dev.weir.hub.internal.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.mapping.Difference;
import dev.weir.connectors.mapping.MapName;
import dev.weir.connectors.mapping.MapText;
import dev.weir.connectors.mapping.MapTrial;
import dev.weir.connectors.mapping.Mappings;
import dev.weir.connectors.mapping.Shape;
import dev.weir.hub.internal.connections.Channels;
import dev.weir.hub.internal.maps.MapCatalog;
import dev.weir.hub.internal.maps.MapStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How a channel's fields become ours, for the caller's brand: what is in force, what was, and what another map would do. */
@RestController
@RequestMapping("/api/mappings")
class MappingApi {
    private static final int NOTE = 500;

    private final Mappings mappings;
    private final MapStore store;
    private final Channels channels;
    private final List<MapName> shipped = MapCatalog.shipped();

    MappingApi(Mappings mappings, MapStore store, Channels channels) {
        this.mappings = mappings;
        this.store = store;
        this.channels = channels;
    }

    record Change(
            @Nullable String source,
            @Nullable String by,
            @Nullable String note,
            @Nullable Integer basedOn) {}

    record Back(
            @Nullable Integer version,
            @Nullable String by,
            @Nullable String note) {}

    record Attempt(@Nullable JsonNode payload, @Nullable String source) {}

    @GetMapping
    Map<String, Object> list() {
        String brand = Callers.current().brand();
        List<Map<String, Object>> items = Stream.concat(shipped.stream(), store.names(brand).stream())
                .distinct()
                .filter(name -> channels.find(name.channel()).isPresent())
                .map(name -> row(brand, name))
                .toList();
        return Map.of("items", items);
    }

    @GetMapping({"/{channel}/{name}", "/{channel}/tables/{table}"})
    Map<String, Object> one(
            @PathVariable Map<String, String> path, @RequestParam(required = false) @Nullable Integer version) {
        String brand = Callers.current().brand();
        MapName name = name(path);
        if (version != null) {
            return view(store.version(brand, name, version).orElseThrow(() -> new NotFound("version", version)));
        }
        Map<String, Object> view = row(brand, name);
        mappings.inForce(brand, name).ifPresent(text -> view.put("source", text.text()));
        view.put("shipped", mappings.shipped(name).map(MapText::text).orElse(null));
        List<MapStore.Version> versions = store.versions(brand, name);
        if (versions.isEmpty() && !view.containsKey("source")) {
            throw new NotFound("name", name);
        }
        view.put("versions", versions.stream().map(MappingApi::view).toList());
        return view;
    }

    @PutMapping({"/{channel}/{name}", "/{channel}/tables/{table}"})
    Map<String, Object> change(@PathVariable Map<String, String> path, @RequestBody Change body) {
        return save(name(path), Inputs.required("source", body.source()), body.by(), body.note(), body.basedOn());
    }

    /** The default is in force again; the versions stay. */
    @DeleteMapping({"/{channel}/{name}", "/{channel}/tables/{table}"})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void giveUp(@PathVariable Map<String, String> path, @RequestParam(required = false) @Nullable String by) {
        MapName name = name(path);
        if (store.find(Callers.current().brand(), name).isPresent()) {
            save(name, null, by, null, null);
        }
    }

    /** An older version, taken as a new one. */
    @PostMapping({"/{channel}/{name}/rollback", "/{channel}/tables/{table}/rollback"})
    Map<String, Object> rollback(@PathVariable Map<String, String> path, @RequestBody Back body) {
        MapName name = name(path);
        int version = Inputs.required("version", body.version());
        MapStore.Version older = store.version(Callers.current().brand(), name, version)
                .orElseThrow(() -> new NotFound("version", version));
        String note = body.note() == null ? "back to version " + version : body.note();
        return save(name, older.source(), body.by(), note, null);
    }

    /** Runs a map on a payload, against the one in force (or, without a source, that one against the default). */
    @PostMapping("/{channel}/{name}/test")
    Map<String, Object> test(@PathVariable Map<String, String> path, @RequestBody Attempt body) {
        String brand = Callers.current().brand();
        MapName name = name(path);
        JsonNode payload = Inputs.required("payload", body.payload());
        String inForce = mappings.inForce(brand, name).map(MapText::text).orElse(null);
        String tried = body.source() == null ? inForce : body.source();
        String against = body.source() == null
                ? mappings.inForce(null, name).map(MapText::text).orElse(null)
                : inForce;
        if (tried == null) {
            throw new NotFound("name", name);
        }
        MapTrial trial = mappings.attempt(brand, name, tried, payload);
        Map<String, Object> view = view(trial);
        if (against != null) {
            MapTrial before = mappings.attempt(body.source() == null ? null : brand, name, against, payload);
            view.put("against", view(before));
            view.put("differences", Difference.between(before.result(), trial.result()));
        }
        return view;
    }

    private Map<String, Object> save(
            MapName name,
            @Nullable String source,
            @Nullable String by,
            @Nullable String note,
            @Nullable Integer basedOn) {
        String brand = Callers.current().brand();
        boolean read = name.isTable()
                || mappings.inForce(null, name).isPresent()
                || Shape.ofMap(name.name()).isPresent();
        if (!read) {
            throw new NotFound("name", name);
        }
        String told = note == null || note.isBlank() ? null : Inputs.text("note", note, NOTE);
        store.save(brand, name, source, Acts.signed(by), told, basedOn);
        return row(brand, name);
    }

    private MapName name(Map<String, String> path) {
        String channel = Objects.requireNonNull(path.get("channel"), "channel");
        if (channels.find(channel).isEmpty()) {
            throw new NotFound("channel", channel);
        }
        String table = path.get("table");
        return table == null
                ? new MapName(channel, Objects.requireNonNull(path.get("name"), "name"))
                : MapName.table(channel, table);
    }

    private Map<String, Object> row(String brand, MapName name) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("brand", brand);
        row.put("channel", name.channel());
        row.put("name", name.name());
        row.put(
                "shape",
                name.isTable()
                        ? null
                        : Shape.ofMap(name.name()).map(Shape::name).orElse(null));
        MapText text = mappings.inForce(brand, name).orElse(null);
        row.put("origin", text == null ? null : text.origin());
        row.put(
                "version",
                text == null || text.origin() != MapText.Origin.BRAND ? null : Integer.valueOf(text.version()));
        return row;
    }

    private static Map<String, Object> view(MapStore.Version version) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("version", version.version());
        view.put("author", version.author());
        view.put("note", version.note());
        view.put("at", version.at());
        view.put("source", version.source());
        return view;
    }

    private static Map<String, Object> view(MapTrial trial) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("ok", trial.ok());
        view.put("result", trial.result());
        view.put("refusal", trial.refusal());
        view.put("faults", trial.faults());
        view.put("unread", trial.unread());
        return view;
    }
}
