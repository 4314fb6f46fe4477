package dev.weir.console;

import java.util.List;

/**
 * Which web pages are there, and at which path does a server offer each?
 *
 * <p>Constants are immutable and safe to share between threads.
 */
public enum ConsolePage {
    /** The list of shows. */
    INDEX(
            "/",
            "home/weir-home",
            "Weir",
            "One host stream out to every screen, one stock level across every shop.",
            "desk"),
    /** The player of one show, for viewers; its path carries the slug of the show. */
    PLAYER(
            "/shows/{slug}",
            "player/weir-player",
            "Live show · Weir",
            "Watch the live show and buy without leaving it.",
            "stage"),
    /** Going live from a browser, for hosts and producers; its path carries the slug of the show. */
    STUDIO(
            "/shows/{slug}/studio",
            "studio/weir-studio",
            "Go live · Weir",
            "Send your camera, microphone or screen to a live show from this browser.",
            "desk",
            "studio"),
    /** The producer's page; {@code ?show=} names the show. */
    COCKPIT(
            "/cockpit",
            "cockpit/weir-cockpit",
            "Cockpit · Weir",
            "Pin products, change prices and follow the sales of a live show.",
            "desk"),
    /** Shops, stream targets, shows, stock and orders. */
    OPERATOR(
            "/operator",
            "operator/weir-operator",
            "Operator · Weir",
            "Connect shops and stream targets, plan shows, watch stock and orders.",
            "desk"),
    /** Webhook log, routes, rate budgets, field maps and health. */
    OPS(
            "/ops",
            "ops/weir-ops",
            "Ops · Weir",
            "Webhook log, routes, rate budgets, field maps, health, and who did what.",
            "desk"),
    /** Reports from the journal. */
    FINANCE(
            "/finance",
            "finance/weir-finance",
            "Finance · Weir",
            "What was sold, where, and because of which show.",
            "desk");

    private final String path;
    private final String module;
    private final String title;
    private final String description;
    private final List<String> sheets;

    /** The first of {@code sheets} is the page's look: dark for the stage, light or dark for a desk. */
    ConsolePage(String path, String module, String title, String description, String... sheets) {
        this.path = path;
        this.module = module;
        this.title = title;
        this.description = description;
        this.sheets = List.of(sheets);
    }

    /** The path that the page is made for, with {@code {slug}} as its only variable. */
    public String path() {
        return path;
    }

    /** The script that draws it, below {@code assets/js}, without its ending; named like its element. */
    String module() {
        return module;
    }

    String title() {
        return title;
    }

    String description() {
        return description;
    }

    String look() {
        return sheets.getFirst();
    }

    /** Style sheets besides the common one, without their ending. */
    List<String> sheets() {
        return sheets;
    }
}
