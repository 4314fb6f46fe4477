package dev.weir.tiktokshop.internal.sandbox;

import dev.weir.connectors.sandbox.SandboxAnswer;
import dev.weir.connectors.sandbox.SandboxConsentPage;
import dev.weir.connectors.sandbox.SandboxRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
            return lost();
        }
        return new SandboxConsentPage(
                        "TikTok Shop sandbox",
                        "Weir",
                        "Weir demo",
                        List.of("Read and fulfil orders", "Manage products and stock", "Read statements"),
                        "/tiktok-shop/open/authorize/decision",
                        Map.of(
                                "redirect_uri",
                                redirect,
                                "state",
                                request.query().getOrDefault("state", "")))
                .answer();
    }

    /** Back with a code, or without one. */
    SandboxAnswer decision(SandboxRequest request) {
        Map<String, String> form = request.form();
        String redirect = form.getOrDefault("redirect_uri", "");
        if (!redirect.matches("https?://.+")) {
            return lost();
        }
        String query = "app_key=" + Gateway.APP_KEY + "&locale=en&shop_region=US&state="
                + encoded(form.getOrDefault("state", ""));
        if (SandboxConsentPage.APPROVE.equals(form.get(SandboxConsentPage.DECISION))) {
            query += "&code=" + encoded(tokens.code());
        }
        return SandboxAnswer.redirect(URI.create(redirect + (redirect.contains("?") ? "&" : "?") + query));
    }

    private static SandboxAnswer lost() {
        return SandboxAnswer.html(
                400,
                "<!doctype html><html lang=\"en\"><title>TikTok Shop sandbox</title><body><h1>This link does not work</h1>"
                        + "<p>service_id or redirect_uri is wrong.</p></body></html>");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
