package dev.weir.simulcast.internal.record;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON objects of strings and numbers (RFC 8259), which is all that recordings need. */
final class FlatJson {

    private static final Pattern MEMBER =
            Pattern.compile("\"([A-Za-z]+)\":(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(-?\\d{1,18}))");

    private FlatJson() {}

    static String write(Map<String, ?> members) {
        var out = new StringBuilder("{");
        members.forEach((name, value) -> {
            out.append(out.length() > 1 ? "," : "").append('"').append(name).append("\":");
            if (value instanceof Number) {
                out.append(value);
            } else {
                string(out, value.toString());
            }
        });
        return out.append('}').toString();
    }

    private static void string(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else {
                out.append(c < ' ' ? ' ' : c);
            }
        }
        out.append('"');
    }

    /** What {@link #write} wrote, numbers as text; members that cannot be read are left out. */
    static Map<String, String> read(String text) {
        Map<String, String> members = new LinkedHashMap<>();
        Matcher matcher = MEMBER.matcher(text);
        while (matcher.find()) {
            String string = matcher.group(2);
            members.put(matcher.group(1), string == null ? matcher.group(3) : string.replaceAll("\\\\(.)", "$1"));
        }
        return members;
    }
}
