package dev.weir.connectors;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What may pile up, and how is it counted? Each part of the house knows its own tables; whoever watches asks now and then. The
 * text is put together from constants alone.
 *
 * @param name a plural in the house's words with dots, such as {@code weir.outbox.events}
 * @param meaning what one of them is
 * @param counts one for each state, which differ
 */
public record Backlog(String name, String meaning, List<Count> counts) {
    /** Of one state at most so many are counted, so that a look at a large pile is as short as one at a small one. */
    public static final int MOST = 100_000;

    /** Copies the counts. */
    public Backlog {
        counts = List.copyOf(counts);
    }

    /** As above. */
    public static Backlog of(String name, String meaning, Count... counts) {
        return new Backlog(name, meaning, Arrays.asList(counts));
    }

    /**
     * Which rows are counted?
     *
     * @param state what they have in common, in small letters
     * @param since the column that says since when a row is there
     * @param from the table with its condition, which an index answers
     */
    public record Count(String state, String since, String from) {
        private String sql() {
            return "select '%s' as state, count(*) as number, min(since) as oldest from (select %s as since from %s limit %d) %s"
                    .formatted(state, since, from, MOST, "of_" + state);
        }
    }

    /** Answers one row a state: {@code state}, {@code number}, and {@code oldest}, which is null where there is none. */
    public String sql() {
        return counts.stream().map(Count::sql).collect(Collectors.joining(" union all "));
    }
}
