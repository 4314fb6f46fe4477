package dev.weir.connectors.sandbox;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What does a platform's own page ask an operator who is about to let us in? A plain form without script, with two buttons;
 * it comes back as a POST to {@code action} whose {@link SandboxRequest#form()} has {@code fields} and {@link #DECISION}.
 *
 * @param platform what people call the platform
 * @param app who asks to be let in
 * @param shop whose data it is about
 * @param wanted what the app wants to do, a line each
 * @param action path on the sandbox, such as {@code /shopify/admin/oauth/decide}
 * @param fields carried through the form unchanged
 */
public record SandboxConsentPage(
        String platform, String app, String shop, List<String> wanted, String action, Map<String, String> fields) {
    /** The field that says which button was pressed: {@link #APPROVE} or {@link #REFUSE}. */
    public static final String DECISION = "decision";

    /** The operator lets us in. */
    public static final String APPROVE = "approve";

    /** The operator does not. */
    public static final String REFUSE = "refuse";

    /** The page. */
    public SandboxAnswer answer() {
        String lines =
                wanted.stream().map(line -> "<li>" + escape(line) + "</li>").collect(Collectors.joining());
        String carried = fields.entrySet().stream()
                .map(field -> "<input type=\"hidden\" name=\"" + escape(field.getKey()) + "\" value=\""
                        + escape(field.getValue()) + "\">")
                .collect(Collectors.joining());
        return SandboxAnswer.html(
                200, """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s</title><style>
                body { max-width: 30rem; margin: 10vh auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
                button { min-height: 44px; padding: 0 1.2rem; font: inherit; }
                </style></head><body><main>
                <h1>%1$s</h1>
                <p><b>%2$s</b> asks for access to <b>%3$s</b>:</p>
                <ul>%4$s</ul>
                <form method="post" action="%5$s">%6$s
                <button name="decision" value="approve">Approve</button>
                <button name="decision" value="refuse">Refuse</button>
                </form></main></body></html>
                """.formatted(escape(platform), escape(app), escape(shop), lines, escape(action), carried));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
