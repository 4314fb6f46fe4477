package dev.weir.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Does docs/events describe what goes out, all of it and nothing else? */
class EventDocsTest {
    private final Map<?, ?> asyncApi = asyncApi();

    @Test
    void everyType_hasASchema_andNothingElseHas() {
        assertThat(schemas()).isEqualTo(typesAndTest());
    }

    @Test
    void everyType_isAMessageOfAsyncApi_onOneTopic_andByWebhook() {
        Set<String> onTopics = new TreeSet<>();
        for (String channel : List.of("orders", "stock", "shows", "money", "deadletters")) {
            Map<?, ?> messages = map(asyncApi, "channels", channel, "messages");
            messages.keySet()
                    .forEach(type -> assertThat(onTopics.add(type.toString())).isTrue());
            assertThat(map(asyncApi, "channels", channel).get("address")).isEqualTo("weir." + channel + ".v1");
        }

        assertThat(onTopics).isEqualTo(new TreeSet<>(types()));
        assertThat(new TreeSet<>(
                        map(asyncApi, "channels", "webhooks", "messages").keySet()))
                .isEqualTo(typesAndTest());
    }

    @Test
    void everyReference_leadsSomewhere() {
        assertThat(asyncApi.get("asyncapi")).isEqualTo("3.0.0");
        references(asyncApi);
    }

    private void references(Object node) {
        switch (node) {
            case Map<?, ?> map -> {
                if (map.get("$ref") instanceof String reference) {
                    assertThat(exists(reference)).as(reference).isTrue();
                }
                map.values().forEach(this::references);
            }
            case List<?> list -> list.forEach(this::references);
            case null, default -> {}
        }
    }

    private boolean exists(String reference) {
        if (!reference.startsWith("#/")) {
            return Files.exists(EventSchemas.FOLDER.resolve(reference));
        }
        Object at = asyncApi;
        for (String step : reference.substring(2).split("/")) {
            at = at instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return at != null;
    }

    private static List<String> types() {
        return dev.weir.routes.internal.EventTypes.all();
    }

    private static Set<String> typesAndTest() {
        Set<String> all = new TreeSet<>(types());
        all.add("webhook.test");
        return all;
    }

    private static Set<String> schemas() {
        try (Stream<Path> files = Files.list(EventSchemas.FOLDER)) {
            return new TreeSet<>(files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".schema.json") && !name.startsWith("common"))
                    .map(name -> name.replace(".schema.json", ""))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<?, ?> asyncApi() {
        try {
            String text = Files.readString(EventSchemas.FOLDER.resolve("asyncapi.yaml"));
            return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<?, ?> map(Map<?, ?> from, String... path) {
        Map<?, ?> at = from;
        for (String step : path) {
            at = (Map<?, ?>) at.get(step);
        }
        return at;
    }
}
