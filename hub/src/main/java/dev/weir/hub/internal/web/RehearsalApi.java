package dev.weir.hub.internal.web;

import dev.weir.connectors.Channel;
import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxPlatform.Quirk;
import dev.weir.connectors.sandbox.SandboxServer;
import dev.weir.hub.internal.connections.Channels;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How do the sandbox's platforms misbehave now? There only while the sandbox runs: a rehearsal of a bad hour. */
@RestController
@ConditionalOnProperty("weir.demo.enabled")
@RequestMapping("/api/rehearsal")
class RehearsalApi {
    private static final Logger LOG = LoggerFactory.getLogger(RehearsalApi.class);

    private final SandboxServer sandbox;
    private final Channels channels;

    RehearsalApi(SandboxServer sandbox, Channels channels) {
        this.sandbox = sandbox;
        this.channels = channels;
    }

    record Switch(@Nullable Boolean on) {}

    record Platform(String channel, String title, List<Quirk> quirks) {}

    @GetMapping
    Map<String, Object> list() {
        return Map.of("items", sandbox.platforms().stream().map(this::view).toList());
    }

    @PutMapping("/{channel}/{quirk}")
    Platform flip(@PathVariable String channel, @PathVariable String quirk, @RequestBody Switch body) {
        SandboxPlatform platform = sandbox.platform(channel);
        if (platform == null
                || platform.quirks().stream().noneMatch(one -> one.name().equals(quirk))) {
            throw new NotFound("quirk", channel + "/" + quirk);
        }
        boolean on = Inputs.required("on", body.on());
        platform.flip(quirk, on);
        LOG.info("Rehearsal: {} of the sandbox of {} is {}", quirk, channel, on ? "on" : "off");
        return view(platform);
    }

    /** Everybody behaves again; repeatable. */
    @DeleteMapping
    Map<String, Object> behave() {
        sandbox.platforms()
                .forEach(platform -> platform.quirks().stream()
                        .filter(Quirk::on)
                        .forEach(quirk -> platform.flip(quirk.name(), false)));
        return list();
    }

    private Platform view(SandboxPlatform platform) {
        String title = channels.find(platform.channel()).map(Channel::title).orElse(platform.channel());
        return new Platform(platform.channel(), title, platform.quirks());
    }
}
