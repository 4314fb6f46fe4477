package dev.weir.hub.internal;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A terminal that keeps what a command said, and what it said was wrong. */
final class HeardTerminal {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ByteArrayOutputStream wrong = new ByteArrayOutputStream();
    private final Terminal terminal = new Terminal(
            new PrintStream(said, true, StandardCharsets.UTF_8), new PrintStream(wrong, true, StandardCharsets.UTF_8));

    Terminal terminal() {
        return terminal;
    }

    String said() {
        return text(said);
    }

    String wrong() {
        return text(wrong);
    }

    void forget() {
        said.reset();
        wrong.reset();
    }

    private static String text(ByteArrayOutputStream of) {
        return of.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
