package dev.weir.connectors.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What were the last 1,000 calls of one connection from this hub? Thread-safe. */
final class CallLog {
    private static final int MOST = 1_000;

    private final Deque<CallRecord> newestFirst = new ArrayDeque<>();

    synchronized void add(CallRecord call) {
        if (newestFirst.size() == MOST) {
            newestFirst.removeLast();
        }
        newestFirst.addFirst(call);
    }

    synchronized List<CallRecord> newestFirst() {
        return new ArrayList<>(newestFirst);
    }
}
