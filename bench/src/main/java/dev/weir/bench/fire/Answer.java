package dev.weir.bench.fire;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What did a hub say? On the wire it is the word, a blank and the detail.
 *
 * @param detail the hold's id after GRANTED, numbers after LEVEL ({@code onHand held sold available allocated}), else for people
 */
record Answer(Word word, String detail) {

    enum Word {
        /** A hold. */
        GRANTED,
        /** A sale, a release, a payment's start, a change of stock was done; a commit was done now. */
        DONE,
        /** A commit, a sale was done before. */
        ALREADY,
        /** Certainly not done: sold out, too late, released. */
        REFUSED,
        /** Numbers. */
        LEVEL,
        /** Nobody was there to ask. */
        NOT_SENT,
        /** Perhaps done, perhaps not. */
        UNSURE
    }

    static Answer of(Word word) {
        return new Answer(word, "");
    }

    static Answer doneIf(boolean done) {
        return of(done ? Word.DONE : Word.REFUSED);
    }

    static Answer level(int onHand, int held, int sold, int available, int allocated) {
        return numbers(onHand, held, sold, available, allocated);
    }

    static Answer numbers(long... numbers) {
        return new Answer(
                Word.LEVEL, Arrays.stream(numbers).mapToObj(Long::toString).collect(Collectors.joining(" ")));
    }

    int number(int which) {
        return Integer.parseInt(detail.split(" ")[which]);
    }

    /** Done, now or before. */
    boolean done() {
        return word == Word.DONE || word == Word.ALREADY;
    }

    static Answer parse(String text) {
        int blank = text.indexOf(' ');
        return new Answer(Word.valueOf(text.substring(0, blank)), text.substring(blank + 1));
    }

    @Override
    public String toString() {
        return word + " " + detail;
    }
}
