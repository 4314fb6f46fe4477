package dev.weir.routes.internal;

import java.util.List;

/** Which events does an endpoint ask for? By type, by {@code order.*}, or by {@code *}. */
final class HookTypes {
    private static final int MOST = 30;

    private HookTypes() {}

    /** As entered, each once; refuses what no event can match. */
    static List<String> check(List<String> types) {
        List<String> distinct = types.stream().distinct().toList();
        if (distinct.isEmpty() || distinct.size() > MOST) {
            throw new IllegalArgumentException("types: " + distinct.size() + " of them (expected: 1.." + MOST + ")");
        }
        for (String type : distinct) {
            boolean isPattern = type.equals("*") || type.endsWith(".*");
            if (PublicFeed.types().stream().noneMatch(known -> isPattern ? matches(type, known) : known.equals(type))) {
                throw new IllegalArgumentException("types: " + Sql.cut(type, 60) + " (expected: *, or of "
                        + PublicFeed.types() + ", or the part before the dot and .*)");
            }
        }
        return distinct;
    }

    static boolean matches(List<String> types, String type) {
        return types.stream().anyMatch(one -> matches(one, type));
    }

    private static boolean matches(String pattern, String type) {
        return pattern.equals("*")
                || pattern.equals(type)
                || (pattern.endsWith(".*") && type.startsWith(pattern.substring(0, pattern.length() - 1)));
    }

    /** For {@code like any(…)}; types hold neither % nor _. */
    static String[] like(List<String> types) {
        return types.stream().map(type -> type.replace('*', '%')).toArray(String[]::new);
    }
}
