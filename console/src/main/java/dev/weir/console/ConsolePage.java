package dev.weir.console;

/**
 * Which web pages are there, and at which path does a server offer each?
 *
 * <p>Constants are immutable and safe to share between threads.
 */
public enum ConsolePage {
    /** The list of shows. */
    INDEX("index.html", "/"),
    /** The player of one show, for viewers; its path carries the slug of the show. */
    PLAYER("player.html", "/shows/{slug}"),
    /** Going live from a browser, for hosts and producers; its path carries the slug of the show. */
    STUDIO("studio.html", "/shows/{slug}/studio"),
    /** The producer's page; {@code ?show=} names the show. */
    COCKPIT("cockpit.html", "/cockpit"),
    /** Shops, stream targets, shows, stock and orders. */
    OPERATOR("operator.html", "/operator"),
    /** Webhook log, routes, rate budgets and health. */
    OPS("ops.html", "/ops"),
    /** Reports from the journal. */
    FINANCE("finance.html", "/finance");

    private final String file;
    private final String path;

    ConsolePage(String file, String path) {
        this.file = file;
        this.path = path;
    }

    /** The classpath name of the page as it is stored, still without its import map. */
    public String resource() {
        return ConsolePages.ROOT + file;
    }

    /** The path that the page is made for, with {@code {slug}} as its only variable. */
    public String path() {
        return path;
    }
}
