package dev.weir.routes.internal;

import java.util.List;

/** Which lines go, and which come? In the usual form: {@code - old}, {@code + new}; lines that stay are left out. */
final class LineDiff {
    private static final int MOST_CELLS = 4_000_000;

    private LineDiff() {}

    static String of(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        int head = 0;
        while (head < Math.min(old.size(), now.size()) && old.get(head).equals(now.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(old.size(), now.size()) - head
                && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
            tail++;
        }
        return between(old.subList(head, old.size() - tail), now.subList(head, now.size() - tail));
    }

    private static String between(List<String> old, List<String> now) {
        boolean small = (long) (old.size() + 1) * (now.size() + 1) <= MOST_CELLS;
        int[][] same = small ? common(old, now) : new int[0][0];
        StringBuilder told = new StringBuilder();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (small && i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                i++;
                j++;
            } else if (i < old.size() && (!small || j >= now.size() || same[i + 1][j] >= same[i][j + 1])) {
                told.append("- ").append(old.get(i++)).append('\n');
            } else {
                told.append("+ ").append(now.get(j++)).append('\n');
            }
        }
        return told.toString();
    }

    /** {@code [i][j]}: the lines that the rest of both from there on share. */
    private static int[][] common(List<String> old, List<String> now) {
        int[][] same = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                same[i][j] = old.get(i).equals(now.get(j))
                        ? same[i + 1][j + 1] + 1
                        : Math.max(same[i + 1][j], same[i][j + 1]);
            }
        }
        return same;
    }
}
