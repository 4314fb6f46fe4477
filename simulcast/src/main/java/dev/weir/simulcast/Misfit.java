package dev.weir.simulcast;

/**
 * What about a stream does a target not take? In words for people.
 *
 * @param what for example {@code bitrate}
 * @param is what the host sends, for example {@code 8200 kbit/s}
 * @param takes what the target takes, for example {@code up to 6000}
 */
public record Misfit(String what, String is, String takes) {

    /** In one line, for example {@code bitrate: 8200 kbit/s (this target takes up to 6000)}. */
    public String words() {
        return "%s: %s (this target takes %s)".formatted(what, is, takes);
    }
}
