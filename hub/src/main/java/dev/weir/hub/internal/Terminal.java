package dev.weir.hub.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;

/**
 * Where does a command say what it found, and where what kept it from that? A script reads the first, whoever started it the second.
 *
 * @param err for {@link #refuse} alone
 */
record Terminal(PrintStream out, PrintStream err) {
    /** That of the process. */
    static Terminal ofTheProcess() {
        return new Terminal(System.out, System.err);
    }

    /** One line of what is wrong; the command then ends with a status other than 0. */
    void refuse(String why) {
        err.println("weir: " + why);
    }

    /** The hub's answer as it is. */
    void json(JsonNode answer) {
        out.println(answer.toPrettyString());
    }
}
