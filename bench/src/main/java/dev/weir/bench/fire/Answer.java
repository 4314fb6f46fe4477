package dev.weir.bench.fire;

/**
 * What did a hub say? On the wire it is the word, a blank and the detail.
 *
 * @param detail the hold's id after GRANTED, {@code onHand held sold available} after LEVEL, else for people
 */
record Answer(Word word, String detail) {

    enum Word {
        /** A hold. */
        GRANTED,
        /** A sale, a release, a payment's start, a change of stock was done; a commit was done now. */
        DONE,
        /** A commit was done before. */
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

    static Answer level(int onHand, int held, int sold, int available) {
        return new Answer(Word.LEVEL, onHand + " " + held + " " + sold + " " + available);
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
