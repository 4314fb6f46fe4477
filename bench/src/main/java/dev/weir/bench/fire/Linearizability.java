package dev.weir.bench.fire;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Could one counter, asked by one buyer after the other, have given these answers? The search of Wing and Gong with Lowe's
 * memo of what was tried: it orders the operations so that each takes effect between its call and its answer. Bounded, so
 * it may also not know.
 */
final class Linearizability {

    /** What came of the search. */
    enum Result {
        YES,
        NO,
        /** The bound was reached first. */
        UNDECIDED
    }

    /**
     * One operation.
     *
     * @param completed {@link Long#MAX_VALUE} when no answer came
     * @param required false when it may also never have happened
     * @param kind what it does at most
     * @param rank where it is tried among those that could come next: lowest first. A hint that saves time, no more
     * @param effect the state after it, or null when the state would not have given this answer
     */
    record Operation<S>(
            long invoked,
            long completed,
            boolean required,
            Kind kind,
            double rank,
            String text,
            Function<S, @Nullable S> effect) {}

    /** What does an operation do at most? */
    enum Kind {
        /** Leaves the state as it is: takes effect as soon as it may, since nothing is lost by that. */
        READ,
        /** Changes it. */
        WRITE
    }

    private Linearizability() {}

    /**
     * A result and its evidence.
     *
     * @param stuck the answer that the longest order could not reach past, and the state there; empty for YES
     */
    record Outcome(Result result, String stuck) {}

    /** Searches, {@code mostSteps} at most. */
    static <S> Outcome check(List<Operation<S>> operations, S initial, int mostSteps) {
        Search<S> search = new Search<>(operations, initial, mostSteps);
        Result result = search.run();
        return new Outcome(result, result == Result.YES ? "" : search.stuck);
    }

    /** A call, or an answer when {@code answer}; a list with removal and return. */
    private static final class Entry {
        final int index;
        final boolean answer;

        @Nullable
        Entry match;

        @Nullable
        Entry next;

        @Nullable
        Entry previous;

        Entry(int index, boolean answer) {
            this.index = index;
            this.answer = answer;
        }

        void lift() {
            if (previous != null) {
                previous.next = next;
            }
            if (next != null) {
                next.previous = previous;
            }
        }

        void putBack() {
            if (previous != null) {
                previous.next = this;
            }
            if (next != null) {
                next.previous = this;
            }
        }
    }

    private record Tried<S>(BitSet done, S state) {}

    /** What may come next, and what was taken of it; {@code before} is the state that it found. */
    private static final class Level<S> {
        final Iterator<Entry> candidates;
        final S before;

        @Nullable
        Entry taken;

        Level(Iterator<Entry> candidates, S before) {
            this.candidates = candidates;
            this.before = before;
        }
    }

    private static final class Search<S> {
        private final List<Operation<S>> operations;
        private final int mostSteps;
        private final Entry head = new Entry(-1, false);
        private final BitSet done = new BitSet();
        private final Deque<Level<S>> path = new ArrayDeque<>();
        private final Set<Tried<S>> tried = new HashSet<>();
        private S state;
        private int open;
        private int longest = -1;
        private String stuck = "";

        Search(List<Operation<S>> operations, S initial, int mostSteps) {
            this.operations = operations;
            this.mostSteps = mostSteps;
            this.state = initial;
            this.open = (int) operations.stream().filter(Operation::required).count();
            link();
        }

        private void link() {
            record At(long time, boolean answer, Entry entry) {}
            List<At> all = new ArrayList<>();
            for (int i = 0; i < operations.size(); i++) {
                Operation<S> operation = operations.get(i);
                Entry call = new Entry(i, false);
                all.add(new At(operation.invoked, false, call));
                if (operation.required) {
                    Entry answer = new Entry(i, true);
                    call.match = answer;
                    all.add(new At(operation.completed, true, answer));
                }
            }
            // Of the same moment, calls come first: they overlap.
            all.sort(Comparator.comparingLong(At::time).thenComparing(At::answer));
            Entry last = head;
            for (At at : all) {
                last.next = at.entry;
                at.entry.previous = last;
                last = at.entry;
            }
        }

        Result run() {
            path.push(level());
            for (int steps = 0; open > 0; steps++) {
                if (steps > mostSteps) {
                    return Result.UNDECIDED;
                }
                Level<S> level = path.element();
                if (level.candidates.hasNext()) {
                    goOn(level, level.candidates.next());
                } else {
                    path.pop();
                    if (path.isEmpty()) {
                        return Result.NO;
                    }
                    goBack(path.element());
                }
            }
            return Result.YES;
        }

        /** All calls before the first answer; a read that fits is taken at once, and nothing else is tried instead. */
        private Level<S> level() {
            List<Entry> calls = new ArrayList<>();
            Entry entry = head.next;
            for (; entry != null && !entry.answer; entry = entry.next) {
                Operation<S> operation = operations.get(entry.index);
                if (operation.kind == Kind.READ && operation.effect.apply(state) != null) {
                    return new Level<>(List.of(entry).iterator(), state);
                }
                if (operation.kind != Kind.READ) {
                    calls.add(entry);
                }
            }
            if (entry != null && path.size() > longest) {
                longest = path.size();
                stuck = operations.get(entry.index).text + " on " + state;
            }
            calls.sort(Comparator.comparingDouble(call -> operations.get(call.index).rank));
            return new Level<>(calls.iterator(), state);
        }

        private void goOn(Level<S> level, Entry call) {
            S after = operations.get(call.index).effect.apply(level.before);
            if (after == null) {
                return;
            }
            done.set(call.index);
            if (!tried.add(new Tried<>((BitSet) done.clone(), after))) {
                done.clear(call.index);
                return;
            }
            level.taken = call;
            state = after;
            call.lift();
            if (call.match != null) {
                call.match.lift();
                open--;
            }
            path.push(level());
        }

        private void goBack(Level<S> level) {
            Entry call = level.taken;
            if (call == null) {
                throw new IllegalStateException("level: nothing was taken (expected: what is to be put back)");
            }
            state = level.before;
            done.clear(call.index);
            if (call.match != null) {
                call.match.putBack();
                open++;
            }
            call.putBack();
        }
    }
}
