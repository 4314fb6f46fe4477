package dev.weir.instagram.internal.sandbox;

/** Which of Meta's bad habits can be switched on? */
enum Habit {
    SLOW_BATCHES("slow-batches", "Batches stay in progress, and change nothing, until this is switched off"),
    NAMELESS_ERRORS("nameless-errors", "Errors of a batch do not say which item they are about"),
    CAPPED_ERRORS("capped-errors", "Of a batch's errors only the first is listed; the count is of all"),
    HANDLES_EXPIRE("handles-expire", "A batch's handle is not known any more when it is asked for"),
    ACCEPTS_NOTHING("accepts-nothing", "A batch is answered without a handle"),
    LOSES_ANSWERS("500-after-write", "Every other write is carried out and answered with HTTP 500"),
    TOKENS_ENDED("tokens-ended", "The token has ended (190/463)"),
    TOKENS_REVOKED("tokens-revoked", "The password was changed, so the token is void (190/460)"),
    NEW_CATALOGUE("new-catalogue", "Nobody has seen the catalogue yet: 8 batch calls a minute"),
    THROTTLED("throttled", "Batch calls are refused with 80014, to be tried in a minute"),
    ABRUPT_VOLUME("abrupt-volume", "Batch calls are refused with 613/1996, without a wait being named"),
    LEAVES_OUT("leaves-out-permission", "Whoever consents leaves out catalog_management"),
    FORGETS(
            "forgets-subscriptions",
            "The webhook subscriptions are gone, and nothing is pushed until they are made again"),
    REPEATS("repeats-deliveries", "What is pushed is pushed twice, the second time with another time in it"),
    LATE("late-deliveries", "Comments are held back and pushed three at once, the newest first"),
    LIVE_ENDED("live-ended", "The live is over at the platform: private replies to its comments are refused"),
    OLD_SHAPES("old-shapes", "Deliveries have the flat shape, and comments a comment_id"),
    UPPER_CASE("upper-case-signature", "Signatures are in upper case");

    private final String text;
    private final String what;

    Habit(String text, String what) {
        this.text = text;
        this.what = what;
    }

    String text() {
        return text;
    }

    String what() {
        return what;
    }
}
