package dev.weir.instagram.internal.sandbox;

import dev.weir.connectors.sandbox.SandboxPlatform.Quirk;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which habits are on? Thread-safe. */
final class Habits {
    private final Set<Habit> on = EnumSet.noneOf(Habit.class);

    synchronized boolean has(Habit habit) {
        return on.contains(habit);
    }

    synchronized void set(Habit habit, boolean switchedOn) {
        if (switchedOn) {
            on.add(habit);
        } else {
            on.remove(habit);
        }
    }

    synchronized List<Quirk> all() {
        return Arrays.stream(Habit.values())
                .map(habit -> new Quirk(habit.text(), habit.what(), on.contains(habit)))
                .toList();
    }

    static Habit named(String name) {
        return Arrays.stream(Habit.values())
                .filter(habit -> habit.text().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("quirk: " + name + " (expected: one of "
                        + Arrays.stream(Habit.values()).map(Habit::text).toList() + ")"));
    }
}
