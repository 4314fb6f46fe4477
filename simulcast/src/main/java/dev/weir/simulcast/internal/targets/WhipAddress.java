package dev.weir.simulcast.internal.targets;

import dev.weir.simulcast.TargetSpec;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where is a stream published by WHIP, and with which key? {@code whips://key@host/path} stands for an HTTPS address and a
 * Bearer key (RFC 9725 §4.1), {@code whip://} for the same without TLS.
 *
 * @param endpoint to be posted to
 * @param key Bearer key; empty for none
 */
record WhipAddress(URI endpoint, String key) {

    private static final Pattern FORM = Pattern.compile("(?i)^(whips?|https)://(?:([^/?#@]*)@)?([^/?#]+)([^#]*).*$");

    /** True when the address is one for WHIP. */
    static boolean isOne(TargetSpec spec) {
        return FORM.matcher(spec.url()).matches();
    }

    /** Reads the address of a target for which {@link #isOne} holds. */
    static WhipAddress of(TargetSpec spec) {
        Matcher form = FORM.matcher(spec.url());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "url: %s (expected: whip://, whips:// or https://)".formatted(spec.redactedUrl()));
        }
        String scheme = form.group(1).equalsIgnoreCase("whip") ? "http" : "https";
        String key = form.group(2) == null ? "" : form.group(2).replace("+", "%2B");
        return new WhipAddress(
                URI.create(scheme + "://" + form.group(3) + form.group(4)),
                URLDecoder.decode(key, StandardCharsets.UTF_8));
    }

    /** The text without anything of the address that may be secret. */
    String redact(String text) {
        String path = endpoint.getRawPath() == null ? "" : endpoint.getRawPath();
        String clean = key.isEmpty() ? text : text.replace(key, "***");
        return path.length() < 2 ? clean : clean.replace(path, "/***");
    }

    @Override
    public String toString() {
        return "WhipAddress[endpoint=%s://%s/***]".formatted(endpoint.getScheme(), endpoint.getAuthority());
    }
}
