package dev.weir.bench.fire;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
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
     * @param effect the state after it, or null when the state would not have given this answer
     */
    record Operation<S>(long invoked, long completed, boolean required, String text, Function<S, @Nullable S> effect) {}

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

    private record Step<S>(Entry call, S before) {}

    private static final class Search<S> {
        private final List<Operation<S>> operations;
        private final int mostSteps;
        private final Entry head = new Entry(-1, false);
        private final BitSet done = new BitSet();
        private final Deque<Step<S>> path = new ArrayDeque<>();
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
            Entry entry = head.next;
            for (int steps = 0; open > 0; steps++) {
                if (steps > mostSteps) {
                    return Result.UNDECIDED;
                }
                if (entry != null && !entry.answer) {
                    entry = goOn(entry) ? head.next : entry.next;
                } else {
                    note(entry);
                    if (path.isEmpty()) {
                        return Result.NO;
                    }
                    entry = goBack();
                }
            }
            return Result.YES;
        }

        private void note(@Nullable Entry blocked) {
            if (blocked != null && path.size() > longest) {
                longest = path.size();
                stuck = operations.get(blocked.index).text + " on " + state;
            }
        }

        private boolean goOn(Entry call) {
            Operation<S> operation = operations.get(call.index);
            S after = operation.effect.apply(state);
            if (after == null) {
                return false;
            }
            done.set(call.index);
            if (!tried.add(new Tried<>((BitSet) done.clone(), after))) {
                done.clear(call.index);
                return false;
            }
            path.push(new Step<>(call, state));
            state = after;
            call.lift();
            if (call.match != null) {
                call.match.lift();
                open--;
            }
            return true;
        }

        private @Nullable Entry goBack() {
            Step<S> step = path.pop();
            Entry call = step.call;
            state = step.before;
            done.clear(call.index);
            if (call.match != null) {
                call.match.putBack();
                open++;
            }
            call.putBack();
            return call.next;
        }
    }
}
