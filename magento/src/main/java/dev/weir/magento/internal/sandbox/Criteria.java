package dev.weir.magento.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.magento.internal.sandbox.Quirks.Twist;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What does a {@code searchCriteria} select? Text compares as MySQL does, whatever the case. */
final class Criteria {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern FILTER =
            Pattern.compile("searchCriteria\\[filter_?[gG]roups]\\[(\\d+)]\\[filters]\\[(\\d+)]\\[(\\w+)]");
    private static final Pattern SORT = Pattern.compile("searchCriteria\\[sortOrders]\\[(\\d+)]\\[(\\w+)]");

    private final Map<Integer, Map<Integer, Map<String, String>>> groups = new TreeMap<>();
    private final Map<Integer, Map<String, String>> sorts = new TreeMap<>();
    private final Quirks quirks;
    private int size = Integer.MAX_VALUE;
    private int page = 1;

    private Criteria(Quirks quirks) {
        this.quirks = quirks;
    }

    /** The criteria of a query; one without any is refused. */
    static Criteria of(Map<String, String> query, Quirks quirks) {
        if (query.keySet().stream().noneMatch(name -> name.startsWith("searchCriteria"))) {
            throw Refusal.bad("\"%fieldName\" is required. Enter and try again.", "fieldName", "searchCriteria");
        }
        Criteria criteria = new Criteria(quirks);
        query.forEach(criteria::read);
        return criteria;
    }

    /** The page of {@code rows} with the number of all that match; past the end it is empty as of 2.4, and the last one before. */
    ObjectNode select(List<ObjectNode> rows) {
        groups.values().forEach(group -> group.values().forEach(filter -> column(rows, filter)));
        List<ObjectNode> found =
                new ArrayList<>(rows.stream().filter(this::matches).toList());
        List<Map<String, String>> orders = new ArrayList<>(sorts.values());
        for (Map<String, String> sort : orders.reversed()) {
            found.sort(comparing(sort));
        }
        ArrayNode items = JSON.createArrayNode();
        int last = Math.max(1, (int) (((long) found.size() + size - 1) / size));
        int shown = quirks.on(Twist.REPEAT_LAST_PAGE) ? Math.min(page, last) : page;
        found.stream().skip((long) size * (shown - 1)).limit(size).forEach(items::add);
        ObjectNode answer = JSON.createObjectNode();
        answer.set("items", items.isEmpty() && quirks.on(Twist.NULL_ITEMS) ? JSON.nullNode() : items);
        answer.putObject("search_criteria").put("page_size", size).put("current_page", page);
        return answer.put("total_count", found.size());
    }

    /** A database does not filter by a column that it does not have. */
    private static void column(List<ObjectNode> rows, Map<String, String> filter) {
        String field = filter.getOrDefault("field", "");
        String name = field.equals("entity_id") ? "id" : field;
        if (!rows.isEmpty() && rows.stream().noneMatch(row -> row.has(field) || row.has(name))) {
            throw Refusal.bad("Column not found: " + field);
        }
    }

    private void read(String name, String value) {
        Matcher filter = FILTER.matcher(name);
        Matcher sort = SORT.matcher(name);
        if (filter.matches()) {
            groups.computeIfAbsent(Integer.valueOf(filter.group(1)), group -> new TreeMap<>())
                    .computeIfAbsent(Integer.valueOf(filter.group(2)), one -> new TreeMap<>())
                    .put(filter.group(3).equals("conditionType") ? "condition_type" : filter.group(3), value);
        } else if (sort.matches()) {
            sorts.computeIfAbsent(Integer.valueOf(sort.group(1)), one -> new TreeMap<>())
                    .put(sort.group(2), value);
        } else if (name.equals("searchCriteria[pageSize]")) {
            size = number(value);
        } else if (name.equals("searchCriteria[currentPage]")) {
            page = Math.max(1, number(value));
        }
    }

    private static int number(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw Refusal.bad(
                    "Error occurred during \"pageSize\" processing. The \"%value\" value's type is invalid. The \"int\" type"
                            + " was expected. Verify and try again.",
                    "value", value);
        }
    }

    private boolean matches(ObjectNode row) {
        return groups.values().stream()
                .allMatch(group -> group.values().stream().anyMatch(filter -> matches(row, filter)));
    }

    private static boolean matches(ObjectNode row, Map<String, String> filter) {
        String field = filter.getOrDefault("field", "");
        JsonNode cell = row.path(field.equals("entity_id") && !row.has(field) ? "id" : field);
        String value = filter.getOrDefault("value", "");
        return switch (filter.getOrDefault("condition_type", "eq")) {
            case "eq" -> compare(cell, value) == 0;
            case "neq" -> compare(cell, value) != 0;
            case "gt" -> compare(cell, value) > 0;
            case "gteq", "moreq", "from" -> compare(cell, value) >= 0;
            case "lt" -> compare(cell, value) < 0;
            case "lteq", "to" -> compare(cell, value) <= 0;
            case "null" -> cell.isMissingNode() || cell.isNull();
            case "notnull" -> !cell.isMissingNode() && !cell.isNull();
            case "nin" -> Arrays.stream(value.split(",", -1)).noneMatch(one -> compare(cell, one) == 0);
            case "in" -> Arrays.stream(value.split(",", -1)).anyMatch(one -> compare(cell, one) == 0);
            default -> throw Refusal.bad("Condition type is not known to this sandbox");
        };
    }

    private static Comparator<ObjectNode> comparing(Map<String, String> sort) {
        String field = sort.getOrDefault("field", "");
        Comparator<ObjectNode> ascending = (left, right) -> {
            String name = field.equals("entity_id") && !left.has(field) ? "id" : field;
            return compare(left.path(name), right.path(name).asText());
        };
        return sort.getOrDefault("direction", "DESC").equals("ASC") ? ascending : ascending.reversed();
    }

    private static int compare(JsonNode cell, String value) {
        if (cell.isNumber()) {
            try {
                return cell.decimalValue().compareTo(new BigDecimal(value));
            } catch (NumberFormatException e) {
                return -1;
            }
        }
        return cell.asText().compareToIgnoreCase(value);
    }
}
