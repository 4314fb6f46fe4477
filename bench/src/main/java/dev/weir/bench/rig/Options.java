package dev.weir.bench.rig;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What did the caller ask for? Arguments of the form {@code name=value}; an unknown name is refused. */
public final class Options {

    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * Reads arguments.
     *
     * @throws IllegalArgumentException for one that is not {@code name=value} with a known name
     */
    public Options(String[] args, String... names) {
        Set<String> known = Set.of(names);
        for (String arg : args) {
            int equals = arg.indexOf('=');
            String name = equals < 0 ? arg : arg.substring(0, equals);
            if (equals < 0 || !known.contains(name)) {
                throw new IllegalArgumentException("argument: %s (expected: name=value with a name of %s)"
                        .formatted(arg, known.stream().sorted().toList()));
            }
            values.put(name, arg.substring(equals + 1));
        }
    }

    /** The value, or that. */
    public String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /** The value as a whole number, or that. */
    public int number(String name, int otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    /** The value as whole numbers with commas between them, or those. */
    public List<Integer> numbers(String name, String otherwise) {
        return Arrays.stream(text(name, otherwise).split(","))
                .map(Integer::valueOf)
                .toList();
    }
}
