package dev.weir.simulcast;

/**
 * What should the generated host show, and where should it go?
 *
 * @param title large text in the picture, upper-cased; A-Z, 0-9 and a few marks are drawn, at most 40 characters
 * @param url RTMP address with the stream key; a secret
 */
public record HostSpec(String title, String url) {

    private static final int MAX_TITLE = 40;

    /** Checks the title. */
    public HostSpec {
        if (title.length() > MAX_TITLE) {
            throw new IllegalArgumentException(
                    "title: %d characters (expected: 0..%d)".formatted(title.length(), MAX_TITLE));
        }
    }

    @Override
    public String toString() {
        return "HostSpec[title=%s, url=%s]".formatted(title, Redaction.url(url));
    }
}
