package dev.weir.hub.internal.watch;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What of a text may be logged? Everything but secrets, tokens, stream keys, users in addresses and e-mail addresses, known by what they are
 * called or by their form. The last line of defence: whoever writes a log line leaves them out. Rather too much goes than too little. Thread-safe.
 */
final class Redaction {
    /** Characters of one text; the rest is cut off. */
    static final int MOST = 16_384;

    private static final String GONE = "[redacted]";
    private static final String SECRET_WORDS =
            "authori[sz]ation|password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|stream[_-]?key|streamid"
                    + "|signature|hmac|credential|cookie|webhook[_-]?key";

    private static final List<Rule> RULES = List.of(
            rule(
                    "(?i)((?:[\\w-]{0,40}(?:" + SECRET_WORDS + ")[\\w-]{0,40})\\\\?[\"']?\\s{0,3}[=:]\\s{0,3})"
                            + "\\[?(?:(?:bearer|basic|digest|oauth)\\s{1,3})?(?:\\\\?\"[^\"\\n]{0,4000}\"?|'[^'\\n]{0,4000}'?|[^\\s,;&\"'}\\])]+)",
                    "$1" + GONE),
            rule("(?i)\\b(bearer)\\s+[\\w.~+/=:-]{6,}", "$1 " + GONE),
            rule("(\\b[a-zA-Z][a-zA-Z0-9+.-]{1,20}://)[^\\s/@\"'<>]{1,500}@", "$1" + GONE + "@"),
            rule("(?i)\\b((?:rtmps?|srt)://[^\\s/?\"'<>]{1,300})[/?][^\\s\"'<>,;)]*", "$1/" + GONE),
            rule("\\b(?:sk|rk)_(?:live|test)_\\w{4,}", GONE),
            rule("\\bwhsec_[\\w+/=-]{4,}", GONE),
            rule("\\bshp(?:at|ss|ca|pa|ua|tka)_\\w{4,}", GONE),
            rule("\\bEAA[A-Za-z0-9]{20,}", GONE),
            rule("\\beyJ[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]*", GONE),
            rule("\\b(?:pi|seti|cs)_\\w{4,}_secret_\\w+", GONE),
            rule("\\bweir_(?:operator|producer|ops|finance|viewer)_[\\w-]{8,}", GONE),
            rule("[\\p{L}\\p{N}._%+-]{1,64}(?:@|%40)(?:[\\p{L}\\p{N}-]{1,63}\\.){1,8}\\p{L}{2,24}\\b", "[e-mail]"));

    private Redaction() {}

    private record Rule(Pattern pattern, String put) {}

    private static Rule rule(String pattern, String put) {
        return new Rule(Pattern.compile(pattern), put);
    }

    /** What may be logged of it. */
    static String of(String text) {
        String safe = text.length() > MOST ? text.substring(0, MOST) + "… (cut)" : text;
        for (Rule rule : RULES) {
            safe = rule.pattern().matcher(safe).replaceAll(rule.put());
        }
        return safe;
    }
}
