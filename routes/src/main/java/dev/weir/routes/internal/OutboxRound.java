package dev.weir.routes.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which of a round's rows need to be told, and which are told by them? In a drop one product's level changes hundreds of times a second, and
 * its topics keep only the newest anyway: of the levels of one key in a round, the newest goes out and stands for the others.
 */
final class OutboxRound {
    private final List<OutboxRow> rows;
    private final Map<String, OutboxRow> newest = new HashMap<>();

    /** {@code rows} in the order of their ids. */
    OutboxRound(List<OutboxRow> rows) {
        this.rows = rows;
        rows.stream()
                .filter(OutboxRow::isLevel)
                .forEach(row ->
                        newest.merge(row.key(), row, (old, fresh) -> fresh.version() < old.version() ? old : fresh));
    }

    /** What is to be sent, in the order of the ids. */
    List<OutboxRow.Outgoing> outgoing() {
        return rows.stream()
                .filter(row -> standsIn(row).id() == row.id())
                .map(OutboxRow::outgoing)
                .toList();
    }

    /** All rows that are told once those with the ids {@code sent} are. */
    List<Long> told(Collection<Long> sent) {
        Set<Long> ids = new HashSet<>(sent);
        List<Long> told = new ArrayList<>(rows.size());
        for (OutboxRow row : rows) {
            if (ids.contains(standsIn(row).id())) {
                told.add(row.id());
            }
        }
        return told;
    }

    private OutboxRow standsIn(OutboxRow row) {
        return row.isLevel() ? Objects.requireNonNull(newest.get(row.key())) : row;
    }
}
