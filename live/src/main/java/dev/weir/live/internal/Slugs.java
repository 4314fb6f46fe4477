package dev.weir.live.internal;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which addresses may a show have, and which does its title suggest? */
final class Slugs {
    /** Leaves room for a suffix. */
    private static final int MAX_BASE = 70;

    private static final Pattern FORM = Pattern.compile("[a-z0-9-]{3,80}");
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHER = Pattern.compile("[^a-z0-9]+");

    private Slugs() {}

    /** Refuses what is not a slug; one that reads as an id would hide the show of that id. */
    static String check(String slug) {
        if (!FORM.matcher(slug).matches() || UUID_FORM.matcher(slug).matches()) {
            throw new IllegalArgumentException(
                    "slug: " + slug + " (expected: 3..80 of a-z, 0-9 and hyphen, not in the form of an id)");
        }
        return slug;
    }

    /** A slug from the title; titles without Latin letters or digits become {@code show}. */
    static String of(String title) {
        String plain =
                MARKS.matcher(Normalizer.normalize(title, Normalizer.Form.NFD)).replaceAll("");
        String dashed = OTHER.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll("-");
        String cut = trim(dashed.length() > MAX_BASE ? dashed.substring(0, MAX_BASE) : dashed);
        if (cut.length() >= 3 && !UUID_FORM.matcher(cut).matches()) {
            return cut;
        }
        return cut.isEmpty() ? "show" : "show-" + cut;
    }

    private static String trim(String dashed) {
        int from = dashed.startsWith("-") ? 1 : 0;
        int to = dashed.endsWith("-") ? dashed.length() - 1 : dashed.length();
        return from >= to ? "" : dashed.substring(from, to);
    }
}
