package dev.weir.tiktokshop.internal.sandbox;

import dev.weir.connectors.sandbox.SandboxAnswer;
import dev.weir.connectors.sandbox.SandboxRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What does the seller see at the platform's consent page, and where do they go from there? */
final class ConsentDesk {
    static final String SERVICE_ID = "7400000000000000777";

    private final Tokens tokens;

    ConsentDesk(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Who asks, and two ways to go on; the platform's own page is told its way back in Partner Center. */
    SandboxAnswer page(SandboxRequest request) {
        String redirect = request.query().getOrDefault("redirect_uri", "");
        if (!SERVICE_ID.equals(request.query().get("service_id")) || !redirect.matches("https?://.+")) {
            return html(400, "<h1>This link does not work</h1><p>service_id or redirect_uri is wrong.</p>");
        }
        String back = encoded(redirect);
        String state = encoded(request.query().getOrDefault("state", ""));
        String link = "authorize/decision?redirect_uri=" + back + "&amp;state=" + state + "&amp;decision=";
        return html(
                200,
                "<h1>TikTok Shop sandbox</h1><p>Weir asks for orders, products and finance of <b>Weir demo</b>.</p>"
                        + "<p><a id=\"approve\" href=\"" + link + "approve\">Authorize</a> "
                        + "<a id=\"refuse\" href=\"" + link + "refuse\">Cancel</a></p>");
    }

    /** Back with a code, or without one. */
    SandboxAnswer decision(SandboxRequest request) {
        String redirect = request.query().getOrDefault("redirect_uri", "");
        if (!redirect.matches("https?://.+")) {
            return html(400, "<h1>This link does not work</h1>");
        }
        String query = "app_key=" + Gateway.APP_KEY + "&locale=en&shop_region=US&state="
                + encoded(request.query().getOrDefault("state", ""));
        if ("approve".equals(request.query().get("decision"))) {
            query += "&code=" + encoded(tokens.code());
        }
        URI location = URI.create(redirect + (redirect.contains("?") ? "&" : "?") + query);
        return new SandboxAnswer(
                302, Map.of("Location", location.toString(), "Cache-Control", "no-store"), new byte[0]);
    }

    private static SandboxAnswer html(int status, String body) {
        return new SandboxAnswer(
                status,
                Map.of("Content-Type", "text/html; charset=utf-8", "Cache-Control", "no-store"),
                ("<!doctype html><html lang=\"en\"><title>TikTok Shop sandbox</title><body>" + body + "</body></html>")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
