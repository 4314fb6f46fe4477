package dev.weir.simulcast.internal.targets;

import java.io.IOException;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;

/** Says why a server did not take an offer, in its own words where it has some; holds no key. */
final class WhipRefusedException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int MAX_REASON = 300;

    private final boolean lasting;

    private WhipRefusedException(boolean lasting, String reason) {
        super(reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON));
        this.lasting = lasting;
    }

    /** The server answered with a status other than 201; those of overload and trouble pass. */
    static WhipRefusedException of(int status, String body) {
        boolean passes = status >= 500 || status == 408 || status == 409 || status == 425 || status == 429;
        String words = body.replaceAll("<[^>]*>", " ")
                .replaceAll("[\\s\\p{Cntrl}]+", " ")
                .strip();
        String said = "HTTP " + status + (words.isEmpty() ? "" : ": " + words);
        return new WhipRefusedException(!passes, passes ? said : "the server refused: " + said);
    }

    /** There was no answer. */
    static WhipRefusedException of(IOException failure, UnaryOperator<String> redact) {
        boolean untrusted = failure instanceof SSLException;
        String words = failure.getMessage() == null
                ? "no connection to the server"
                : redact.apply(String.valueOf(failure.getMessage()));
        return new WhipRefusedException(
                untrusted, untrusted ? "the server's certificate is not trusted: " + words : words);
    }

    /** What this means for the target. */
    SessionEnd end() {
        String reason = String.valueOf(getMessage());
        return lasting ? new SessionEnd.Rejected(reason) : new SessionEnd.Failed(reason);
    }
}
