package dev.weir.routes;

import java.time.Duration;
import java.util.Set;

/**
 * Where may webhooks to the brand's systems go, and how long is waited for an answer?
 *
 * @param schemes that an address may have
 * @param connect how long a connection may take to stand, 10 ms..30 s
 * @param answer how long a whole attempt may take, 10 ms..60 s
 * @param look how often due deliveries are looked for, 10 ms..10 s
 */
public record HookSettings(Set<String> schemes, Duration connect, Duration answer, Duration look) {
    /** Refuses values out of range, naming them. */
    public HookSettings {
        schemes = Set.copyOf(schemes);
        range("connect", connect, Duration.ofSeconds(30));
        range("answer", answer, Duration.ofSeconds(60));
        range("look", look, Duration.ofSeconds(10));
    }

    /** Over HTTPS; 5 s to connect, 15 s in all, a look every 250 ms. */
    public static HookSettings defaults() {
        return new HookSettings(Set.of("https"), Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofMillis(250));
    }

    /** The same, over plain HTTP as well: for closed networks. */
    public HookSettings withPlainHttp() {
        return new HookSettings(Set.of("http", "https"), connect, answer, look);
    }

    private static void range(String name, Duration value, Duration most) {
        if (value.compareTo(Duration.ofMillis(10)) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: PT0.01S.." + most + ")");
        }
    }
}
