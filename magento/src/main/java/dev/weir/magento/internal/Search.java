package dev.weir.magento.internal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is looked for? Magento's {@code searchCriteria}: groups are joined by AND, filters within a group by OR. */
final class Search {
    private final List<Map.Entry<String, String>> pairs = new ArrayList<>();
    private int groups;
    private int sorts;

    /** Adds a group of one filter; {@code condition} as Magento names it, such as {@code gteq}. */
    Search where(String field, String condition, String value) {
        filter(0, field, value);
        add("[filter_groups][" + groups + "][filters][0][condition_type]", condition);
        groups++;
        return this;
    }

    /** Adds a group that any of {@code values} satisfies; unlike the condition {@code in}, values may hold commas. */
    Search whereAny(String field, List<String> values) {
        for (int at = 0; at < values.size(); at++) {
            filter(at, field, values.get(at));
        }
        groups++;
        return this;
    }

    Search ascending(String field) {
        return sort(field, "ASC");
    }

    Search descending(String field) {
        return sort(field, "DESC");
    }

    /** Without it Magento answers with every row. */
    Search page(int size, int current) {
        add("[pageSize]", Integer.toString(size));
        add("[currentPage]", Integer.toString(current));
        return this;
    }

    /** The parameters, decoded, in order. */
    List<Map.Entry<String, String>> pairs() {
        return List.copyOf(pairs);
    }

    /** {@code pairs} as a query string. */
    static String query(List<Map.Entry<String, String>> pairs) {
        return pairs.stream()
                .map(pair -> encode(pair.getKey()) + "=" + encode(pair.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** Percent-encoded as RFC 3986 asks; {@link URLEncoder} does not know that form. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private Search sort(String field, String direction) {
        add("[sortOrders][" + sorts + "][field]", field);
        add("[sortOrders][" + sorts + "][direction]", direction);
        sorts++;
        return this;
    }

    private void filter(int at, String field, String value) {
        add("[filter_groups][" + groups + "][filters][" + at + "][field]", field);
        add("[filter_groups][" + groups + "][filters][" + at + "][value]", value);
    }

    private void add(String name, String value) {
        pairs.add(Map.entry("searchCriteria" + name, value));
    }
}
