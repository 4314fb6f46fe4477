package dev.weir.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What does a server send for a web page, and what may that page load?
 *
 * <p>Pages are HTML in UTF-8. Their one inline script is the import map, the same bytes on every page, so one hash in
 * the content policy covers it. Assets lie under {@link #ASSETS} and belong at {@code /assets/**}; the libraries are
 * WebJars and belong at {@code /webjars/**}. All methods are safe to call from any thread; their answers do not change
 * while the program runs.
 *
 * <p>Outside rules: <a href="https://html.spec.whatwg.org/multipage/webappapis.html#import-maps">import maps</a> and <a
 * href="https://www.w3.org/TR/CSP3/">Content Security Policy 3</a>.
 */
public final class ConsolePages {
    /** The classpath folder of everything in this module, ending in a slash. */
    public static final String ROOT = "console/";

    /** The classpath folder of style sheets, modules and pictures, ending in a slash. */
    public static final String ASSETS = ROOT + "assets/";

    /** The classpath folder of the libraries, ending in a slash. */
    public static final String WEBJARS = "META-INF/resources/webjars/";

    /** The classpath name of the import map. */
    public static final String IMPORT_MAP = ROOT + "importmap.json";

    private static final String PLACE = "<!--importmap-->";
    private static final Pattern ORIGIN = Pattern.compile("https?://(?:[\\w.-]+|\\[[0-9a-fA-F:]+])(?::\\d{1,5})?");

    private ConsolePages() {}

    /** The page, ready to send as {@code text/html;charset=UTF-8}. */
    public static String html(ConsolePage page) {
        String sheets = page.sheets().stream()
                .map(sheet -> "<link rel=\"stylesheet\" href=\"/assets/css/" + sheet + ".css\">")
                .collect(Collectors.joining("\n  "));
        return text(ROOT + "page.html")
                .replace("{scheme}", page.look().equals("stage") ? "dark" : "light dark")
                .replace("{title}", page.title())
                .replace("{description}", page.description())
                .replace("{sheets}", sheets)
                .replace("{module}", page.module())
                .replace("{look}", page.look())
                .replace("{element}", page.module().substring(page.module().indexOf('/') + 1))
                .replace(PLACE, "<script type=\"importmap\">" + importMap() + "</script>");
    }

    /** The import map, as JSON. */
    public static String importMap() {
        return text(IMPORT_MAP);
    }

    /** The source expression that allows the import map, with its quotes: {@code 'sha256-…'}. */
    public static String importMapSource() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(importMap().getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is missing from this Java", impossible);
        }
    }

    /** The {@code Content-Security-Policy} of every page whose payments stay on the hub (the sandbox gateway). */
    public static String contentSecurityPolicy() {
        return contentSecurityPolicy(false, List.of());
    }

    /**
     * The policy for a hub whose viewers may be handed to media servers elsewhere.
     *
     * @param withStripe whether Stripe's script, frames and API are allowed
     * @param mediaOrigins where WHEP and HLS may come from besides the hub, for example {@code https://edge.example:8889}
     * @throws IllegalArgumentException when one is no origin of http or https
     */
    public static String contentSecurityPolicy(boolean withStripe, List<String> mediaOrigins) {
        String media = mediaOrigins.stream().map(ConsolePages::source).collect(Collectors.joining());
        String policy = "default-src 'self'; img-src 'self' data: blob: https:; media-src 'self' blob:" + media
                + "; style-src 'self' 'unsafe-inline'; script-src 'self' " + importMapSource()
                + (withStripe ? " https://js.stripe.com" : "")
                + "; connect-src 'self'" + media + (withStripe ? " https://api.stripe.com" : "")
                + "; worker-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        return withStripe ? policy + "; frame-src https://js.stripe.com https://hooks.stripe.com" : policy;
    }

    private static String source(String origin) {
        if (!ORIGIN.matcher(origin).matches()) {
            throw new IllegalArgumentException(
                    "mediaOrigins: " + origin + " (expected: an origin like https://edge.example:8889)");
        }
        return " " + origin;
    }

    private static String text(String resource) {
        try (InputStream in = ConsolePages.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + ": not on the classpath (expected: in weir-console)");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(resource + ": cannot be read", failure);
        }
    }
}
