package dev.weir.hub.internal.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.connectors.sandbox.SandboxServer;
import dev.weir.hub.internal.WeirSettings;
import dev.weir.hub.internal.connections.TargetStore;
import dev.weir.hub.internal.live.ShowStreams;
import dev.weir.hub.internal.live.StreamPorts;
import dev.weir.hub.internal.security.ApiKeys;
import dev.weir.hub.internal.security.Role;
import dev.weir.live.CommentSales.Rules;
import dev.weir.live.CommentSales.Scope;
import dev.weir.live.LiveModule;
import dev.weir.live.RunSheet;
import dev.weir.live.Show;
import dev.weir.routes.RoutesModule;
import dev.weir.simulcast.TargetFit;
import dev.weir.simulcast.TargetPreset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What does a demo start with, once its shops are connected? A show on air with targets, a host, and keys. Planting again over an older data folder finds what is there and changes nothing of it.
 */
final class DemoSeed {
    private static final Logger LOG = LoggerFactory.getLogger(DemoSeed.class);
    private static final Duration IMPORT_WAIT = Duration.ofSeconds(30);
    private static final String SLUG = "autumn-kiln";
    private static final Map<String, String> STREAM_TARGETS =
            Map.of("tiktok-shop", "TikTok LIVE", "instagram", "Instagram Live");

    private final WeirSettings settings;
    private final ApiKeys keys;
    private final SandboxServer sandbox;
    private final DemoShops shops;
    private final RoutesModule routes;
    private final LiveModule live;
    private final ShowStreams streams;
    private final StreamPorts ports;
    private final ObjectMapper json;

    DemoSeed(
            WeirSettings settings,
            ApiKeys keys,
            SandboxServer sandbox,
            DemoShops shops,
            RoutesModule routes,
            LiveModule live,
            ShowStreams streams,
            StreamPorts ports,
            ObjectMapper json) {
        this.settings = settings;
        this.keys = keys;
        this.sandbox = sandbox;
        this.shops = shops;
        this.routes = routes;
        this.live = live;
        this.streams = streams;
        this.ports = ports;
        this.json = json;
    }

    /** What was planted, as {@code demo.json} tells it. */
    record Facts(
            String rtmpUrl,
            String streamKey,
            UUID showId,
            String showSlug,
            String sandboxUrl,
            Map<String, String> apiKeys,
            Map<String, Map<String, String>> connections,
            List<Map<String, String>> targets) {}

    Facts plant() throws IOException {
        awaitCatalogue();
        Show show = show();
        List<Map<String, String>> targets = targets(show);
        String streamKey = live.shows().streamKey(show.id());
        if (settings.demo().host()) {
            ports.startGeneratedHost(streamKey, "Autumn kiln opening");
        }
        return new Facts(
                ports.rtmpUrl(),
                streamKey,
                show.id(),
                show.slug(),
                sandbox.url().toString(),
                apiKeys(),
                shops.facts(),
                targets);
    }

    /** A shop that fails once is imported again by itself; the show needs the catalogue of the first that works. */
    private void awaitCatalogue() {
        try {
            routes.firstImport().get(IMPORT_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("The shops' catalogues are not all in yet", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Show show() {
        Show show = live.shows().find(SLUG).orElseGet(() -> {
            Show planned =
                    live.shows().create(DemoShops.BRAND, "Autumn kiln opening", SLUG, "Kiln & Cloth studio", null);
            live.runSheet().set(planned.id(), DemoProducts.runSheet());
            live.commentSales().setRules(planned.id(), new Rules(Scope.PINNED, 5, Map.of()));
            return planned;
        });
        if (show.state() == Show.State.PLANNED) {
            show = live.shows().start(show.id());
            RunSheet.Item first = live.runSheet().items(show.id()).getFirst();
            live.runSheet().pin(show.id(), first.sku());
        }
        return show;
    }

    private List<Map<String, String>> targets(Show show) {
        List<Map<String, String>> targets = new ArrayList<>();
        STREAM_TARGETS.forEach((channel, title) -> {
            UUID id = DemoShops.id("target/" + channel);
            String url = "rtmp://127.0.0.1:" + ports.rtmpPort() + "/" + ShowStreams.SANDBOX_APP + "/" + channel;
            streams.putTarget(new TargetStore.Target(
                    id, show.id(), show.brand(), title, channel, TargetPreset.CUSTOM, TargetFit.AS_IS, url));
            targets.add(Map.of("id", id.toString(), "channel", channel));
        });
        return targets;
    }

    /** Keys of an earlier run still open their doors: a person's bookmarks and scripts go on working. */
    private Map<String, String> apiKeys() throws IOException {
        Path file = settings.data().resolve("demo.json");
        JsonNode old =
                Files.exists(file) ? json.readTree(Files.readString(file)).path("apiKeys") : json.nullNode();
        Map<String, String> all = new LinkedHashMap<>();
        for (Role role : Role.values()) {
            String known = old.path(role.label()).asText("");
            all.put(role.label(), keys.opens(known) ? known : keys.mint(DemoShops.BRAND, role, "demo"));
        }
        return all;
    }
}
