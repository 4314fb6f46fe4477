package dev.weir.connectors.mapping;

/**
 * What does a map or table say, and where does that text come from?
 *
 * @param version tells two texts of one origin apart: a brand's count, a file's time, or {@code shipped}
 */
public record MapText(Origin origin, String version, String text) {
    /** Where a text comes from; of those that have one, the first wins. */
    public enum Origin {
        /** A brand's own. */
        BRAND,
        /** The override folder of this hub. */
        FOLDER,
        /** What ships. */
        SHIPPED
    }
}
